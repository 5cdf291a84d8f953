import type { INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { fileOf } from './binary.mts';
import { created, exporting, EXPORTS, toFile } from './exports.mts';
import { jsonOf, located, requests, runVoucherify } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ exportMs: 50 });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

function codesInStock(name: string): string[] {
	const campaign = sandbox.voucherify.state.campaigns.get(name);
	return Array.from({ length: campaign.codeCount }, (_, index) => campaign.voucher(index).code);
}

const hintsOf = ({ hints }: { hints: ReadonlyArray<{ message: string }> }) =>
	hints.map(({ message }) => message).join(' ');

describe('Export to File', () => {
	test('puts the codes of a campaign, with a header, into a binary field', async () => {
		const { items, error } = await runVoucherify(sandbox, toFile('Newsletter Codes'));
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		const file = await fileOf(items[0]);
		expect(file.toString()).toBe(['Code', ...codesInStock('Newsletter Codes'), ''].join('\n'));
		const { id } = sandbox.voucherify.state.campaigns.get('Newsletter Codes');
		const date = new Date().toISOString().slice(0, 10);
		expect(items[0]?.json).toEqual({
			exportId: expect.stringMatching(/^exp_/) as unknown,
			campaign: { id, name: 'Newsletter Codes' },
			fields: ['code'],
			rows: 1000,
			size: file.length,
			fileName: `Newsletter Codes ${date}.csv`,
		});
		expect(items[0]?.binary?.data).toMatchObject({
			mimeType: 'text/csv',
			fileName: `Newsletter Codes ${date}.csv`,
		});
		expect(items[0]?.binary?.data?.id).toMatch(/^filesystem/);
	});

	test('asks for the chosen fields in the order of the file, metadata last, with filters and order', async () => {
		const { items, error } = await runVoucherify(
			sandbox,
			toFile('Last Codes', {
				fields: ['metadata', 'qr_code', 'code', 'customer_source_id'],
				outputField: 'list',
				options: {
					order: '-code',
					filters: '{"junction": "and", "code": {"conditions": {"$starts_with": ["LAST-"]}}}',
					fileName: 'a/b:c.csv',
				},
			}),
		);
		expect(error).toBeUndefined();
		expect(created(sandbox)).toEqual([
			{
				exported_object: 'voucher',
				parameters: {
					campaign_id: sandbox.voucherify.state.campaigns.get('Last Codes').id,
					fields: ['code', 'qr_code', 'customer_source_id', 'metadata'],
					filters: { junction: 'and', code: { conditions: { $starts_with: ['LAST-'] } } },
					order: '-code',
				},
			},
		]);
		const rows = (await fileOf(items[0], 'list')).toString().trim().split('\n');
		expect(rows[0]).toBe('Code,QR Code,Customer Source ID,season');
		expect(rows.slice(1).map((row) => row.split(',')[0])).toEqual(
			codesInStock('Last Codes').sort().reverse(),
		);
		expect(items[0]?.json).toMatchObject({ rows: 3, fileName: 'a-b-c.csv' });
	});

	test('exports several campaigns in one run, each item its own', async () => {
		const { items } = await runVoucherify(
			sandbox,
			toFile('', { campaign: located('name', '={{ $json.campaign }}') }),
			[{ campaign: 'Last Codes' }, { campaign: 'Newsletter Codes' }],
		);
		expect(jsonOf(items).map(({ rows }) => rows)).toEqual([3, 1000]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('deletes the export when asked to', async () => {
		const { items } = await runVoucherify(
			sandbox,
			toFile('Last Codes', { options: { deleteAfterwards: true } }),
		);
		expect((await fileOf(items[0])).toString()).toContain('LAST-');
		expect(sandbox.voucherify.state.exports.all).toEqual([]);
		await runVoucherify(sandbox, toFile('Last Codes'));
		expect(sandbox.voucherify.state.exports.all).toHaveLength(1);
	});

	test('keeps the file when the export can not be deleted, and says so', async () => {
		sandbox.faults.add({ service: 'voucherify', method: 'DELETE', kind: 'status', status: 403 });
		const run = await runVoucherify(sandbox, toFile('Last Codes', { options: { deleteAfterwards: true } }));
		expect((await fileOf(run.items[0])).toString()).toContain('LAST-');
		expect(hintsOf(run)).toContain('could not be deleted');
	});

	test('gets the codes although the answer to its creation was lost, at the price of a second export', async () => {
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: EXPORTS,
			kind: 'reset',
			when: 'after',
			times: 1,
		});
		const { items, error } = await runVoucherify(sandbox, toFile('Last Codes'));
		expect(error).toBeUndefined();
		expect(items[0]?.json.rows).toBe(3);
		expect(sandbox.voucherify.state.exports.all).toHaveLength(2);
	});

	test('says of a campaign without codes that its file is empty', async () => {
		const run = await runVoucherify(sandbox, toFile('Sold Out'));
		expect(run.items[0]?.json.rows).toBe(0);
		expect(hintsOf(run)).toContain('The campaign "Sold Out" has no code that fits');
	});

	test('ends with an error when the export does', async () => {
		sandbox.voucherify.state.exports.failNext(1);
		const { error } = await runVoucherify(sandbox, toFile('Last Codes'));
		expect(error?.message).toMatch(/Voucherify could not make the export exp_/);
		expect(requests(sandbox, 'GET', EXPORTS)).toEqual([]);
	});

	test('names an unknown campaign before anything is exported', async () => {
		const { error } = await runVoucherify(sandbox, toFile('No Such Campaign'));
		expect(error?.message).toContain('Voucherify has no campaign "No Such Campaign"');
		expect(created(sandbox)).toEqual([]);
	});

	test.each([
		['a filter that is no JSON', { options: { filters: '{a' } }, '"Filters" is no JSON'],
		['an order that does not exist', { options: { order: 'name' } }, '"Sort" is "name"'],
		['a field that does not exist', { fields: ['code', 'colour'] }, '"Fields" is'],
		['no time to wait', { options: { longestWaitForResult: 0 } }, '"Wait at Most (Minutes)" is 0'],
	] as const)('refuses %s before anything is sent', async (_, more, problem) => {
		const { error } = await runVoucherify(sandbox, toFile('Last Codes', more as INodeParameters));
		expect(error?.message).toContain(problem);
		expect(sandbox.log.entries()).toEqual([]);
	});

	test('fails when the download breaks off, with nothing passed for whole', async () => {
		sandbox.faults.add({
			service: 'voucherify',
			path: '/^.v1.exports.*token=/',
			kind: 'truncate',
			bytes: 100,
		});
		const { error, items } = await runVoucherify(sandbox, toFile('Newsletter Codes'));
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/broke/);
	});

	test('shows the token of the download in no output and no error', async () => {
		const { items } = await runVoucherify(sandbox, toFile('Last Codes'));
		const [job] = sandbox.voucherify.state.exports.all;
		const token = job?.token ?? '';
		expect(token).not.toBe('');
		const got = await runVoucherify(sandbox, exporting('get', { exportId: job?.id ?? '' }));
		const many = await runVoucherify(sandbox, exporting('getAll', { returnAll: true, order: '-created_at' }));
		sandbox.faults.add({
			service: 'voucherify',
			path: '/^.v1.exports.*token=/',
			kind: 'status',
			status: 403,
		});
		const failed = await runVoucherify(sandbox, exporting('download', { exportId: job?.id ?? '' }));
		expect(failed.error).toBeDefined();
		for (const shown of [items, got.items, many.items, failed.error])
			expect(JSON.stringify(shown)).not.toContain(token);
		expect(got.items[0]?.json).toHaveProperty('result.url', expect.stringContaining('?token=[hidden]'));
	});
});

describe('Waiting for an export', () => {
	let slow: Sandbox;
	beforeAll(async () => {
		slow = await startSandbox({ exportMs: 60_000 });
	});
	afterAll(async () => await slow.close());

	test('looks less and less often', async () => {
		const { error } = await runVoucherify(
			slow,
			toFile('Last Codes', { options: { longestWaitForResult: 0.04 } }),
		);
		expect(error?.message).toMatch(/^The export exp_\w+ is not done after 2 s/);
		expect(error?.description).toContain('with the operation Download and this ID');
		const looks = slow.log
			.entries()
			.filter(({ method, path }) => method === 'GET' && path.startsWith(EXPORTS));
		// After 0.5, 1.25 and 2.375 s, and at the end.
		expect(looks.length).toBeGreaterThanOrEqual(3);
		expect(looks.length).toBeLessThanOrEqual(4);
	});

	test('ends at once when the execution is cancelled', async () => {
		const { items, run } = await runVoucherify(slow, toFile('Last Codes'), [{}], {
			started: (cancel) => {
				const look = setInterval(() => {
					if (slow.voucherify.state.exports.all.length < 2) return;
					clearInterval(look);
					cancel();
				}, 20);
			},
		});
		expect(items).toEqual([]);
		expect(run.status).toBe('canceled');
	});
});
