import type { INodeParameters } from 'n8n-workflow';
import { Braze } from '../../nodes/Braze/Braze.node';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { codes } from '../unit/promotion-codes.mts';
import { fileOf, itemWithFile, itemWithStoredFile } from './binary.mts';
import { runNode, type NodeRun, type NodeSetup } from './n8n.mts';
import { failureOf, located, runVoucherify } from './voucherify.mts';

/** Runs an operation on promotion codes, without any credential: nothing is sent. */
async function run(
	operation: string,
	parameters: INodeParameters,
	setup: Partial<NodeSetup> = {},
): Promise<NodeRun> {
	return await runNode({
		node: new Braze(),
		parameters: { resource: 'promotionCode', operation, ...parameters },
		...setup,
	});
}

async function formatFile(content: string | Buffer, parameters: INodeParameters = {}): Promise<NodeRun> {
	return await format({ codesFrom: 'file', ...parameters }, { items: [itemWithFile(content)] });
}

async function format(parameters: INodeParameters, setup: Partial<NodeSetup>): Promise<NodeRun> {
	return await run(
		'formatList',
		{ binaryPropertyName: 'data', column: '', codeField: '', ...parameters },
		setup,
	);
}

const hintsOf = ({ hints }: NodeRun) => hints.map(({ message }) => message).join(' ');

describe('Format List', () => {
	test('makes of a CSV file the file that Braze takes, and reports what it left out', async () => {
		const done = await formatFile('\uFEFF"Code",Value\r\nA-1,5\r\nA-2,5\r\n\r\nA-1,5\r\n"A,3",5\r\n');
		expect(done.error).toBeUndefined();
		expect((await fileOf(done.items[0])).toString()).toBe('A-1\nA-2\n');
		expect(done.items.map(({ json }) => json)).toEqual([
			{
				fileName: 'promotion-codes.csv',
				codes: 2,
				size: 8,
				file: 1,
				files: 1,
				list: { codes: 2, rows: 6, dropped: 4, trimmed: 0 },
				dropped: {
					header: { count: 1, examples: [{ row: 1, code: 'Code' }] },
					blank: { count: 1, examples: [{ row: 4, code: '' }] },
					duplicate: { count: 1, examples: [{ row: 5, code: 'A-1' }] },
					comma: { count: 1, examples: [{ row: 6, code: 'A,3' }] },
				},
			},
		]);
		expect(done.items[0]?.binary?.data).toMatchObject({
			mimeType: 'text/csv',
			fileName: 'promotion-codes.csv',
		});
		expect(hintsOf(done)).toContain(
			'2 codes on the list. Left out: 1 header, 1 blank, 1 duplicate, 1 with a comma.',
		);
	});

	test('works in the same way on a file that n8n keeps on disk, however many pieces it is read in', async () => {
		const bytes = codes(200_000, 9);
		const rows = Array.from({ length: 200_000 }, (_, index) =>
			bytes.toString('latin1', index * 9, index * 9 + 9),
		);
		const item = await itemWithStoredFile(`Code\n${rows.join('\n')}\n${rows.slice(0, 1000).join('\n')}`);
		expect(item.binary?.data?.id).toMatch(/^filesystem/);
		const { items, error } = await format({ codesFrom: 'file' }, { items: [item] });
		expect(error).toBeUndefined();
		expect((await fileOf(items[0])).equals(Buffer.from(`${rows.join('\n')}\n`))).toBe(true);
		expect(items[0]?.json).toMatchObject({ codes: 200_000, dropped: { duplicate: { count: 1000 } } });
		expect(items[0]?.json).toHaveProperty('dropped.duplicate.examples.length', 100);
		expect(items[0]?.json).toHaveProperty('dropped.duplicate.examples.0', { row: 200_002, code: rows[0] });
	});

	test.each([false, true])(
		'splits a list into files of at most a size, an item each (on disk: %s)',
		async (onDisk) => {
			const bytes = codes(1000, 9);
			const rows = Array.from({ length: 1000 }, (_, index) =>
				bytes.toString('latin1', index * 9, index * 9 + 9),
			);
			const text = `${rows.join('\n')}\n`;
			const item = onDisk ? await itemWithStoredFile(text) : itemWithFile(text);
			const options = { largestFile: 0.004, fileName: 'spring.csv', outputField: 'list' };
			const { items, hints } = await format({ codesFrom: 'file', options }, { items: [item] });
			const files = await Promise.all(items.map(async (each) => (await fileOf(each, 'list')).toString()));
			expect(files.map((file) => file.length)).toEqual([4000, 4000, 2000]);
			expect(files.join('')).toBe(text);
			expect(items.map(({ json }) => [json.fileName, json.codes, json.file, json.files])).toEqual([
				['spring.csv', 400, 1, 3],
				['spring-2.csv', 400, 2, 3],
				['spring-3.csv', 200, 3, 3],
			]);
			expect(items[2]?.binary?.list?.fileName).toBe('spring-3.csv');
			expect(hints[0]?.message).toContain('The list makes 3 files');
		},
	);

	test('makes one list of the files of several items, without what they have in common', async () => {
		const items = [itemWithFile('Code\nA\nB\n'), itemWithFile('Code\nB\nC', 'more.csv')];
		const done = await format({ codesFrom: 'file' }, { items });
		expect((await fileOf(done.items[0])).toString()).toBe('A\nB\nC\n');
		expect(done.items[0]?.json.dropped).toMatchObject({
			header: {
				examples: [
					{ item: 0, row: 1 },
					{ item: 1, row: 1 },
				],
			},
			duplicate: { count: 1, examples: [{ item: 1, row: 2, code: 'B' }] },
		});
		expect(done.items[0]?.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('makes a list of the codes in items, wherever Voucherify puts them', async () => {
		const input = [
			{ code: 'A' },
			{ voucher: { code: 'B' } },
			{ vouchers: ['C', 'D'] },
			{ code: null },
			{ code: 'A' },
		];
		const done = await format({ codesFrom: 'items' }, { input });
		expect(done.error).toBeUndefined();
		expect((await fileOf(done.items[0])).toString()).toBe('A\nB\nC\nD\n');
		expect(done.items[0]?.json.dropped).toEqual({
			blank: { count: 1, examples: [{ item: 3, code: '' }] },
			duplicate: { count: 1, examples: [{ item: 4, code: 'A' }] },
		});
	});

	test('reads the field that is named', async () => {
		const input = [
			{ code: 'no', 'promo code': 'A' },
			{ code: 'no', 'promo code': 'B' },
		];
		const done = await format({ codesFrom: 'items', codeField: '["promo code"]' }, { input });
		expect((await fileOf(done.items[0])).toString()).toBe('A\nB\n');
	});

	test('says what to check when no code was found', async () => {
		const wrongField = await format(
			{ codesFrom: 'items', codeField: '={{ $json.code }}' },
			{ input: [{ code: 'A' }] },
		);
		expect(wrongField.error?.message).toBe('No code was found to put on the list');
		expect(wrongField.error?.description).toContain('enter the name of a field or column, not a value');
		expect((await formatFile('Code\n')).error?.description).toContain('1 header');
		expect((await formatFile('')).error?.description).toBe('The input is empty.');
	});

	test.each([
		['a file in UTF-16', Buffer.from('\uFEFFCode\nA\n', 'utf16le'), {}, 'is in UTF-16'],
		['an Excel workbook', 'PK\u0003\u0004', {}, 'a ZIP archive or an Excel workbook'],
		['a file with an open quote', 'Code\n"A\n', {}, 'ends within quotes that open in row 2'],
		[
			'a column that can only be guessed',
			'ID,Value\n1,2\n',
			{},
			'has 2 columns, and none of them is called "Code"',
		],
		['a column that is not there', 'ID,Code\n1,2\n', { column: 'Voucher' }, 'has no column "Voucher"'],
		[
			'a file size that Braze does not take',
			'A\n',
			{ options: { largestFile: 101 } },
			'"Largest File (MB)" is 101',
		],
		[
			'a binary field that is not there',
			'A\n',
			{ binaryPropertyName: 'file' },
			'"Input Binary Field" is "file"',
		],
	] as const)('refuses %s', async (_, content, parameters, problem) => {
		const { error } = await formatFile(content, parameters as INodeParameters);
		expect(error?.message).toContain(problem);
	});

	test('fails for good when the file breaks while it is being read', async () => {
		const item = await itemWithStoredFile('Code\nA\n');
		const data = item.binary?.data;
		if (data === undefined) throw new Error('The item has no file');
		const { error, items } = await format(
			{ codesFrom: 'file' },
			{ items: [{ json: {}, binary: { data: { ...data, id: `${data.id}-gone` } } }] },
		);
		expect(items).toEqual([]);
		expect(error).toBeDefined();
	});
});

describe('From Voucherify to Braze', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ codes: 30_000, exportMs: 10 });
	});
	afterAll(async () => await sandbox.close());

	test('the codes of a campaign arrive in the file in full and in order', async () => {
		const exported = await runVoucherify(sandbox, {
			resource: 'export',
			operation: 'exportToFile',
			campaign: located('name', 'Newsletter Codes'),
			fields: ['qr_code', 'code', 'metadata'],
			outputField: 'data',
		});
		const { items, error } = await format({ codesFrom: 'file' }, { items: exported.items });
		expect(error).toBeUndefined();
		const campaign = sandbox.voucherify.state.campaigns.get('Newsletter Codes');
		const expected = Array.from({ length: 30_000 }, (_, index) => `${campaign.voucher(index).code}\n`).join(
			'',
		);
		expect((await fileOf(items[0])).equals(Buffer.from(expected))).toBe(true);
		expect(items[0]?.json.list).toEqual({ codes: 30_000, rows: 30_001, dropped: 1, trimmed: 0 });
	});
});

describe('Create Snippet', () => {
	test('makes the Liquid for each item', async () => {
		const { items } = await run(
			'createSnippet',
			{ list: '={{ $json.list }}' },
			{ input: [{ list: 'spring25' }, { list: 'Été' }] },
		);
		expect(items.map(({ json }) => json)).toEqual([
			{ snippet: "{% promotion('spring25') %}", list: 'spring25' },
			{ snippet: "{% promotion('Été') %}", list: 'Été' },
		]);
	});

	test('refuses a name that would break the tag, and makes the others', async () => {
		const { items, failed } = await run(
			'createSnippet',
			{ list: '={{ $json.list }}' },
			{ input: [{ list: "x') %}{{ ${email} }}" }, { list: 'spring25' }], onError: 'continueErrorOutput' },
		);
		expect(items.map(({ json }) => json.list)).toEqual(['spring25']);
		expect(failureOf(failed[0]).message).toContain(
			'"Promotion Code List" contains "\'", which would break the Liquid tag',
		);
	});
});
