import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { itemWithFile, itemWithStoredFile } from './binary.mts';
import { jsonOf, located, requests, runVoucherify } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ asyncMs: 30 });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const state = () => sandbox.voucherify.state;
const customers = { resource: 'customer', operation: 'importCsv', binaryField: 'data', waits: true };
const PATH = '/v1/customers/importCSV';
const FILE = 'Name,Source_id,Address_city\nAda Nowak,csv-1,Łódź\n"Jan, ""J""",csv-2,Paris\n';

describe('A CSV file is imported', () => {
	test.each([
		['in memory', async () => await Promise.resolve(itemWithFile(FILE))],
		['on disk', async () => await itemWithStoredFile(FILE)],
	])('byte by byte, when n8n holds it %s', async (_where, item) => {
		const { items, error } = await runVoucherify(sandbox, customers, [], { items: [await item()] });
		expect(error).toBeUndefined();
		expect(jsonOf(items)).toMatchObject([{ fileName: 'codes.csv', done: true, result: { done_count: 2 } }]);
		expect(state().customers.get('csv-1').city).toBe('Łódź');
		expect(state().customers.get('csv-2').fields.name).toBe('Jan, "J"');
	});

	test('of a few megabytes, from disk', async () => {
		const rows = Array.from({ length: 50_000 }, (_, n) => `Customer ${n},bulk-${n},${'x'.repeat(20)}\n`);
		const item = await itemWithStoredFile(`Name,Source_id,Description\n${rows.join('')}`);
		const { items, error } = await runVoucherify(sandbox, customers, [], { items: [item] });
		expect(error).toBeUndefined();
		expect(jsonOf(items)).toMatchObject([{ result: { done_count: 50_000 } }]);
	});

	test.each([
		['in memory', async () => await Promise.resolve(itemWithFile(FILE))],
		['on disk', async () => await itemWithStoredFile(FILE)],
	])('again from its start when the connection breaks, when n8n holds it %s', async (_where, item) => {
		sandbox.faults.add({ service: 'voucherify', path: PATH, kind: 'reset', times: 2 });
		const { items, error } = await runVoucherify(sandbox, customers, [], { items: [await item()] });
		expect(error).toBeUndefined();
		expect(jsonOf(items)).toMatchObject([{ result: { done_count: 2 } }]);
		expect(requests(sandbox, 'POST', PATH)).toHaveLength(3);
	});

	test('into a campaign: rows that are refused are in the item and in the hint', async () => {
		const parameters = {
			...customers,
			resource: 'campaign',
			campaign: located('name', 'Sold Out'),
		};
		const items = [itemWithFile('Code\nCSV-1\nHELLO10\n', 'stock "May".csv')];
		const run = await runVoucherify(sandbox, parameters, [], { items });
		expect(run.error).toBeUndefined();
		expect(jsonOf(run.items)).toMatchObject([
			{
				fileName: 'stock "May".csv',
				result: { done_count: 1, failed_count: 1, failed: [{ code: 'HELLO10' }] },
			},
		]);
		expect(run.hints[0]?.message).toContain('refused 1 rows');
		expect(state().campaigns.getVoucher('CSV-1').stock).toBe(state().campaigns.get('Sold Out').vouchers);
	});

	test('an item without the file is refused before anything is sent', async () => {
		const items = [itemWithFile(FILE, 'a.csv', 'other')];
		const { error } = await runVoucherify(sandbox, customers, [], { items });
		expect(error?.message).toContain('"Input Binary Field" is "data"');
		expect(error?.description).toContain('other');
		expect(sandbox.log.entries()).toHaveLength(0);
	});
});
