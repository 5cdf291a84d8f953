import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvColumn, type ColumnSink } from '../../nodes/common/csvColumn';
import { plainText } from '../../nodes/common/plainText';
import { MANY_CASES } from './many-cases.mts';
import { inPieces } from './pieces.mts';

/** One column of a file, read by the reader that is under test. */
function readColumn(
	pieces: readonly Buffer[],
	wanted: number,
	delimiter = ',',
): { header: string[]; cells: string[]; plain: boolean[]; rows: number } {
	const header: string[] = [];
	const cells: string[] = [];
	const plain: boolean[] = [];
	const sink: ColumnSink = {
		firstRow: (names) => {
			header.push(...names);
			return wanted;
		},
		cell: (bytes, start, end, isPlain) => {
			cells.push(bytes.toString('utf8', start, end));
			plain.push(isPlain);
		},
	};
	const reader = new CsvColumn(sink, delimiter.charCodeAt(0));
	for (const piece of pieces) reader.read(piece);
	reader.end();
	return { header, cells, plain, rows: reader.rows };
}

function column(text: string, wanted = 0): string[] {
	const { header, cells } = readColumn([Buffer.from(text)], wanted);
	return [header[wanted] ?? '', ...cells];
}

const awkward = fc.string({
	unit: fc.constantFrom('A', 'b', '7', ' ', '-', ',', ';', '"', '\n', '\r', '\t', 'é', '€', '😀'),
});
const table = fc
	.integer({ min: 1, max: 4 })
	.chain((width) =>
		fc.array(fc.array(awkward, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
	);
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

function csv(
	rows: readonly (readonly string[])[],
	end: string,
	delimiter: string,
	quoteAll: boolean,
): string {
	const cell = (text: string): string =>
		quoteAll || /[",;\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	return rows.map((row) => row.map(cell).join(delimiter) + end).join('');
}

describe('one column of a CSV file', () => {
	it('reads like csv-parse does, wherever the pieces of the file are cut', () => {
		fc.assert(
			fc.property(
				table,
				lineEnd,
				fc.constantFrom(',', ';', '\t'),
				fc.boolean(),
				fc.boolean(),
				fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
				(rows, end, delimiter, quoteAll, endsWithLineEnd, lengths) => {
					const whole = csv(rows, end, delimiter, quoteAll);
					const text = endsWithLineEnd ? whole : whole.slice(0, -end.length);
					// An unquoted cell of nothing in the last row is no row without its line end.
					fc.pre(
						endsWithLineEnd || quoteAll || (rows.at(-1) ?? []).join('') !== '' || (rows[0]?.length ?? 0) > 1,
					);
					const expected: string[][] = parse(text, { delimiter, record_delimiter: ['\r\n', '\n', '\r'] });
					const pieces = inPieces(Buffer.from(text), lengths);
					for (let wanted = 0; wanted < (rows[0]?.length ?? 0); wanted++) {
						const read = readColumn(pieces, wanted, delimiter);
						assert.deepEqual(read.header, expected[0]);
						assert.deepEqual(
							read.cells,
							expected.slice(1).map((row) => row[wanted]),
						);
						assert.equal(read.rows, expected.length);
					}
				},
			),
			MANY_CASES,
		);
	});

	it('says of a cell that it is plain when it holds printable ASCII without quotes and commas, and only then', () => {
		fc.assert(
			fc.property(
				fc.array(awkward, { minLength: 1 }),
				fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
				(cells, lengths) => {
					const text = csv([['Code'], ...cells.map((cell) => [cell])], '\n', ',', false);
					const { plain } = readColumn(inPieces(Buffer.from(text), lengths), 0);
					assert.deepEqual(
						plain,
						cells.map((cell) => /^[ !#-+\--~]*$/.test(cell)),
					);
				},
			),
			MANY_CASES,
		);
	});

	it('takes a quote within an unquoted cell for a character', () => {
		expect(column('a"b\n"c""d"\n')).toEqual(['a"b', 'c"d']);
	});

	it('keeps a trace of what follows a closing quote', () => {
		expect(column('x\n"ab"cd\n')).toEqual(['x', 'ab"cd']);
	});

	it('gives an empty cell for a row that is too short', () => {
		expect(column('a,b\n1\n2,3\n\n', 1)).toEqual(['b', '', '3', '']);
	});

	it('does not take a quote that starts a piece for one that starts a cell', () => {
		const { cells } = readColumn([Buffer.from('a,b\nx'), Buffer.from('"y,1\n2,3\n')], 1);
		expect(cells).toEqual(['1', '3']);
	});

	it('reads CR LF that is cut in two as one line end', () => {
		const { cells } = readColumn([Buffer.from('a\r'), Buffer.from('\nb\r'), Buffer.from('\n')], 0);
		expect(cells).toEqual(['b']);
	});

	it('cuts off cells that no column of codes has, wherever the pieces are cut', () => {
		const text = Buffer.from(`a\n${'x'.repeat(10_000)}\n`);
		for (const pieces of [[text], [text.subarray(0, 100), text.subarray(100)]]) {
			expect(readColumn(pieces, 0).cells.map((cell) => cell.length)).toEqual([4096]);
		}
	});

	it('refuses a file that ends within quotes, and names the row', () => {
		expect(() => column('a\nb\n"c\nd\ne')).toThrow('The CSV file ends within quotes that open in row 3');
	});

	it('refuses a first row that never ends', () => {
		expect(() => column(','.repeat(100_000))).toThrow('Row 1 has more than 4096 columns');
	});
});

describe('a text file', () => {
	async function textOf(bytes: Buffer, lengths: Iterable<number> = [bytes.length]): Promise<Buffer> {
		async function* source(): AsyncGenerator<Buffer> {
			yield* inPieces(bytes, lengths);
		}
		const chunks: Buffer[] = [];
		for await (const chunk of plainText(source(), 'codes.csv')) chunks.push(chunk);
		return Buffer.concat(chunks);
	}

	it('is passed on without its byte-order mark, wherever its pieces are cut', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.string(),
				fc.infiniteStream(fc.integer({ min: 1, max: 4 })),
				async (text, lengths) => {
					fc.pre(!text.slice(0, 4).includes('\0') && !text.startsWith('PK'));
					const bytes = Buffer.from(text);
					const marked = Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bytes]);
					expect(await textOf(bytes, lengths)).toEqual(bytes);
					expect(await textOf(marked, lengths)).toEqual(bytes);
				},
			),
		);
	});

	it.each([
		['UTF-16, little-endian', Buffer.from('\uFEFFCode\n', 'utf16le'), 'is in UTF-16'],
		['UTF-16, big-endian', Buffer.from('\uFEFFCode\n', 'utf16le').swap16(), 'is in UTF-16'],
		['UTF-16 without a mark', Buffer.from('Code\n', 'utf16le'), 'is no text in UTF-8'],
		['an Excel workbook', Buffer.from('PK\u0003\u0004…'), 'is a ZIP archive or an Excel workbook'],
		['gzip', Buffer.of(0x1f, 0x8b, 8, 0, 0), 'is compressed'],
	])('is refused in %s, in words that say what to do', async (_, bytes, problem) => {
		await expect(textOf(bytes, [1, 1, 1, 100])).rejects.toThrow(`The file "codes.csv" ${problem}`);
	});
});
