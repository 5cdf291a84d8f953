import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Context, type Emitter, Liquid, Tag } from 'liquidjs';
import type { InputFile } from '../../nodes/common/files';
import { CodeList, NEXT_FILE } from '../../nodes/Braze/promotionCodes/codeList';
import { codesOfItem } from '../../nodes/Braze/promotionCodes/codesOfItem';
import { piecesOfFiles, piecesOfItems, type CsvForm } from '../../nodes/Braze/promotionCodes/pieces';
import { problemOf } from '../../nodes/Braze/promotionCodes/problem';
import { snippet } from '../../nodes/Braze/promotionCodes/snippet';
import { InvalidInput } from '../../nodes/common/failure';
import { anyText } from './any-text.mts';
import { MANY_CASES } from './many-cases.mts';
import { inPieces } from './pieces.mts';

const FORM: CsvForm = { column: '', firstRow: 'auto', delimiter: 0x2c };

async function listOf(
	text: string | Buffer,
	{ form = FORM, largest = 1e8, lengths = [7, 1, 3] as Iterable<number> } = {},
): Promise<{ files: string[]; list: CodeList }> {
	const list = new CodeList(largest);
	async function* open(): AsyncGenerator<Buffer> {
		yield* inPieces(Buffer.from(text), lengths);
	}
	const file: InputFile = {
		name: 'a.csv',
		mimeType: 'text/csv',
		size: undefined,
		stored: true,
		open: async () => open(),
	};
	const files = [''];
	for await (const piece of piecesOfFiles([file], open(), list, form, undefined)) {
		if (piece === NEXT_FILE) files.push('');
		else files[files.length - 1] += piece.toString();
	}
	return { files, list };
}

const plainCode = fc.string({
	unit: fc.constantFrom('A', 'a', 'B', '7', '-', '_', ' '),
	minLength: 0,
	maxLength: 14,
});
const anyCode = fc.oneof(
	{ weight: 5, arbitrary: plainCode },
	{ weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
	{
		weight: 1,
		arbitrary: fc.string({
			unit: fc.constantFrom(',', '"', '\n', '\r', '\t', ' ', 'A', '\u200B', '\u00A0', 'é'),
			maxLength: 6,
		}),
	},
	{ weight: 1, arbitrary: fc.string({ unit: fc.constantFrom('x', 'Y'), minLength: 250, maxLength: 260 }) },
);

function cell(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

describe('the files of a promotion code list', () => {
	it('hold each usable code once, in the order of the input, one a row, however the input is quoted and cut up', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(anyCode, { size: 'medium' }),
				fc.constantFrom('\n', '\r\n'),
				fc.integer({ min: 0, max: 2 }),
				fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
				async (codes, end, columnsBefore, lengths) => {
					const row = (text: string): string => '"x, ""y""",'.repeat(columnsBefore) + cell(text) + end;
					const { files, list } = await listOf(['Code', ...codes].map(row).join(''), { lengths });
					const usable = codes.map((code) => code.trim()).filter((code) => problemOf(code) === undefined);
					const expected = [...new Set(usable)];
					expect(files).toEqual([expected.map((code) => `${code}\n`).join('')]);
					expect(list.size).toBe(expected.length);
					expect(list.report.dropped).toBe(1 + codes.length - expected.length);
				},
			),
			{ numRuns: 1_000 },
		);
	});

	it('are cut so that none is larger than asked for and no code is lost or cut in two', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(fc.string({ unit: fc.constantFrom('A', 'B', 'C'), minLength: 1, maxLength: 9 }), {
					size: 'medium',
				}),
				fc.integer({ min: 10, max: 60 }),
				fc.constantFrom('\n', '\r\n'),
				fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
				async (codes, largest, end, lengths) => {
					const text = codes.map((code) => code + end).join('');
					const { files, list } = await listOf(text, { largest, lengths });
					expect(files.join('')).toBe(codes.map((code) => `${code}\n`).join(''));
					expect(files.every((file) => file.length <= largest)).toBe(true);
					expect(list.files.map(({ size }) => size)).toEqual(files.map((file) => file.length));
					expect(list.files.map((file) => file.codes)).toEqual(
						files.map((file) => file.split('\n').length - 1),
					);
					// Each file but the last is so full that the next code would not fit.
					files.slice(1).forEach((file, index) => {
						expect((files[index]?.length ?? 0) + file.indexOf('\n') + 1).toBeGreaterThan(largest);
					});
				},
			),
			{ numRuns: 500 },
		);
	});

	it('pass long runs of good codes on as they are, and leave out what lies between them', async () => {
		const rows = Array.from({ length: 20_000 }, (_, index) => `CODE-${index}`);
		const expected = `${rows.join('\n')}\n`;
		const withTwice = [...rows.slice(0, 9_000), 'CODE-5', ...rows.slice(9_000)];
		const { files, list } = await listOf(withTwice.join('\n'), { lengths: [70_000] });
		expect(files).toEqual([expected]);
		expect(list.report.toJson()).toEqual({
			duplicate: { count: 1, examples: [{ row: 9_001, code: 'CODE-5' }] },
		});
	});

	it('are the same from items as from a file', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(anyCode), async (codes) => {
				const list = new CodeList(1e8);
				let text = '';
				for await (const piece of piecesOfItems(
					codes.map((code, index) => ({ index, codes: [code] })),
					list,
					undefined,
				)) {
					if (piece !== NEXT_FILE) text += piece.toString();
				}
				const { files } = await listOf(codes.map((code) => `${cell(code)}\n`).join(''), {
					form: { ...FORM, firstRow: 'code' },
				});
				expect(text).toBe(files[0]);
			}),
		);
	});
});

describe('the report of a promotion code list', () => {
	it('counts what was left out by reason, with where it was and what it read', async () => {
		const { list } = await listOf(
			`Code\nA\n\nB\nA\n  \n"C,D"\n"say ""hi"""\n"E\nF"\n"tab\there"\n${'x'.repeat(256)}\n B \nb\n`,
		);
		expect(list.report.toJson()).toEqual({
			header: { count: 1, examples: [{ row: 1, code: 'Code' }] },
			blank: {
				count: 2,
				examples: [
					{ row: 3, code: '' },
					{ row: 6, code: '' },
				],
			},
			duplicate: {
				count: 2,
				examples: [
					{ row: 5, code: 'A' },
					{ row: 12, code: 'B' },
				],
			},
			comma: { count: 1, examples: [{ row: 7, code: 'C,D' }] },
			quote: { count: 1, examples: [{ row: 8, code: 'say "hi"' }] },
			lineBreak: { count: 1, examples: [{ row: 9, code: 'E\nF' }] },
			invisibleCharacter: { count: 1, examples: [{ row: 10, code: 'tab\there' }] },
			tooLong: { count: 1, examples: [{ row: 11, code: 'x'.repeat(100) }] },
		});
		expect(list.size).toBe(3);
	});

	it('shows the first hundred of each reason and counts the rest', async () => {
		const { list } = await listOf('A\n'.repeat(1_001));
		const { duplicate } = list.report.toJson();
		expect(duplicate).toMatchObject({ count: 1_000 });
		expect(duplicate).toHaveProperty('examples.length', 100);
		expect(list.report.inWords()).toBe('1,000 duplicate');
	});

	it('names bytes that are no UTF-8', async () => {
		const { files, list } = await listOf(Buffer.from('CAF\xc9\nB\n', 'latin1'));
		expect(files).toEqual(['B\n']);
		expect(list.report.toJson()).toHaveProperty('notUtf8.count', 1);
	});
});

describe('what keeps a code from a list', () => {
	it.each([
		['ABC-123', undefined],
		['ABC 123', undefined],
		['Été €5 🎁', undefined],
		["it's;50%|#", undefined],
		['', 'blank'],
		['x'.repeat(255), undefined],
		['x'.repeat(256), 'tooLong'],
		['A,B', 'comma'],
		['A"B', 'quote'],
		['A\nB', 'lineBreak'],
		['A\u2028B', 'lineBreak'],
		['A\tB', 'invisibleCharacter'],
		['A\0B', 'invisibleCharacter'],
		['A\u00A0B', 'invisibleCharacter'],
		['A\u200BB', 'invisibleCharacter'],
		['A\uFEFFB', 'invisibleCharacter'],
		['A\uFFFDB', 'notUtf8'],
		['A\uD83CB', 'notUtf8'],
	])('of %j is %s', (code, expected) => {
		expect(problemOf(code)).toBe(expected);
	});
});

describe('the column of the codes', () => {
	const list = async (text: string, form: Partial<CsvForm> = {}): Promise<string> =>
		(await listOf(text, { form: { ...FORM, ...form } })).files.join('|');

	it.each([
		['is the only one', 'A\nB\n', {}, 'A\nB\n'],
		['is the only one, below a header', 'Code\nA\n', {}, 'A\n'],
		['is called Code', 'ID,Code,Value\n1,A,5\n2,B,6\n', {}, 'A\nB\n'],
		['is called Voucher Code', 'Voucher Code,Date\nA,1\n', {}, 'A\n'],
		['has the name that is given', 'ID,Gutschein\n1,A\n', { column: 'Gutschein' }, 'A\n'],
		['has the name that is given, in other letter case', 'ID,CODE\n1,A\n', { column: 'code' }, 'A\n'],
		['has the position that is given', '1,A\n2,B\n', { column: '2' }, 'A\nB\n'],
		[
			'has the position that is given, below a header',
			'ID,Gutschein\n1,A\n',
			{ column: '2', firstRow: 'header' },
			'A\n',
		],
		['is read from the first row on when that is a code', 'CODE\nA\n', { firstRow: 'code' }, 'CODE\nA\n'],
		['is read from the second row on when the first is a header', 'A\nB\n', { firstRow: 'header' }, 'B\n'],
		['is separated by semicolons', 'ID;Code\n1;A\n', { delimiter: 0x3b }, 'A\n'],
	] as const)('%s', async (_, text, form, expected) => {
		expect(await list(text, form)).toBe(expected);
	});

	it('is not guessed when there are several, since Braze takes no code back', async () => {
		await expect(list('ID,Value\n1,A\n')).rejects.toThrow(
			'The file has 2 columns, and none of them is called "Code"',
		);
		await expect(list('1,A\n', { firstRow: 'code' })).rejects.toThrow('none of them is called "Code"');
	});

	it('has to be there', async () => {
		await expect(list('ID,Code\n', { column: 'Voucher' })).rejects.toThrow(
			'The file has no column "Voucher"',
		);
		await expect(list('ID,Code\n', { column: '3' })).rejects.toThrow('The file has no column "3"');
	});
});

describe('the codes of an item', () => {
	it.each([
		[{ code: 'A' }, '', ['A']],
		[{ code: 17 }, '', ['17']],
		[{ voucher: { code: 'A' } }, '', ['A']],
		[{ voucher: 'A' }, '', ['A']],
		[{ vouchers: ['A', 'B'] }, '', ['A', 'B']],
		[{ code: 'A', other: { 'promo code': 'B' } }, 'other["promo code"]', ['B']],
		[{ 'other.code': 'B' }, 'other.code', ['B']],
		[{ list: [{ code: 'A' }, { code: 'B' }, {}] }, 'list', ['A', 'B', '']],
		[{ code: null }, '', undefined],
		[{ code: 'A' }, 'voucher.code', undefined],
		[{}, 'constructor.name', undefined],
	])('of %j in the field "%s" are %j', (json, field, expected) => {
		expect(codesOfItem(json, field)).toEqual(expected);
	});
});

describe('the snippet of a promotion code list', () => {
	it('is the Liquid tag that Braze documents', () => {
		expect(snippet('spring25')).toBe("{% promotion('spring25') %}");
		expect(snippet(' Été 25 ')).toBe("{% promotion('Été 25') %}");
	});

	it('takes a code of exactly that list and leaves the message as it was, or is refused', () => {
		const lists: string[] = [];
		const liquid = new Liquid();
		liquid.registerTag(
			'promotion',
			class extends Tag {
				override render(_context: Context, emitter: Emitter): void {
					lists.push(
						/^\('([^']*)'\)$/.exec(this.token.getText().slice('{% promotion'.length, -' %}'.length))?.[1] ??
							'',
					);
					emitter.write('CODE');
				}
			},
		);
		const name = fc.oneof(
			anyText,
			fc.constantFrom('spring25', ' Été 25 ', 'a) | upcase', '-', 'x:y', '{', '%', "'"),
			fc.string({ unit: 'grapheme' }),
		);
		let made = 0;
		let refused = 0;
		fc.assert(
			fc.property(name, (list) => {
				if (list.trim() === '' || /['"`{}%\\\p{Cc}\u2028\u2029]/u.test(list.trim())) {
					refused++;
					assert.throws(
						() => snippet(list),
						(error) => error instanceof InvalidInput && error.field === 'Promotion Code List',
					);
					return;
				}
				made++;
				lists.length = 0;
				assert.equal(liquid.parseAndRenderSync(`Your code: ${snippet(list)}!`), 'Your code: CODE!');
				assert.deepEqual(lists, [list.trim()]);
			}),
			MANY_CASES,
		);
		expect(Math.min(made, refused)).toBeGreaterThan(300);
	});

	it.each(["it's", 'a"b', '{{x}}', 'a %} b', 'a\nb', '', '  '])('is refused for the name %j', (name) => {
		expect(() => snippet(name)).toThrow('"Promotion Code List"');
	});
});
