import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { fileOf } from './binary.mts';
import { created, exporting } from './exports.mts';
import { failureOf, jsonOf, located, runVoucherify } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ exportMs: 50 });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

describe('Single steps of an export', () => {
	test('Create asks for an export of any kind and goes on', async () => {
		const { items } = await runVoucherify(
			sandbox,
			exporting('create', {
				exportedObject: 'customer',
				fields: ['source_id', 'email'],
				order: '-created_at',
				filters: '{"junction": "and", "email": {"conditions": {"$contains": ["@"]}}}',
			}),
		);
		expect(created(sandbox)).toEqual([
			{
				exported_object: 'customer',
				parameters: {
					fields: ['email', 'source_id'],
					filters: { junction: 'and', email: { conditions: { $contains: ['@'] } } },
					order: '-created_at',
				},
			},
		]);
		expect(items[0]?.json).toMatchObject({ object: 'export', status: 'SCHEDULED', result: null });
	});

	test('Create takes the vouchers of one campaign, or of all', async () => {
		const parameters = { exportedObject: 'voucher', fields: [], order: '', filters: '' };
		await runVoucherify(
			sandbox,
			exporting('create', { ...parameters, campaign: located('name', 'Last Codes') }),
		);
		await runVoucherify(sandbox, exporting('create', { ...parameters, campaign: located('list', '') }));
		const { id } = sandbox.voucherify.state.campaigns.get('Last Codes');
		expect(created(sandbox)).toEqual([
			{ exported_object: 'voucher', parameters: { campaign_id: id } },
			{ exported_object: 'voucher', parameters: {} },
		]);
	});

	test('Get, Get Many, Download and Delete deal with what Create made', async () => {
		const parameters = { exportedObject: 'publication', fields: ['voucher_code'], order: '', filters: '{}' };
		const made = await runVoucherify(sandbox, exporting('create', parameters), [{}, {}, {}]);
		const ids = made.items.map(({ json }) => ({ exportId: json.id }));
		expect(ids).toHaveLength(3);
		await new Promise((resolve) => setTimeout(resolve, 60));

		const got = await runVoucherify(sandbox, exporting('get', { exportId: '={{ $json.exportId }}' }), ids);
		expect(jsonOf(got.items).map(({ id, status }) => [id, status])).toEqual(
			ids.map(({ exportId }) => [exportId, 'DONE']),
		);

		const many = await runVoucherify(sandbox, exporting('getAll', { limit: 2, order: '-created_at' }));
		expect(many.items).toHaveLength(2);
		const all = await runVoucherify(sandbox, exporting('getAll', { returnAll: true, order: 'created_at' }));
		expect(
			jsonOf(all.items)
				.map(({ id }) => id)
				.sort(),
		).toEqual(ids.map(({ exportId }) => exportId).sort());

		const files = await runVoucherify(
			sandbox,
			exporting('download', { exportId: '={{ $json.exportId }}' }),
			ids,
		);
		expect((await fileOf(files.items[0])).toString()).toBe('Voucher Code\n');
		expect(files.items[0]?.json).toMatchObject({ ...ids[0], exportedObject: 'publication', rows: 0 });

		const gone = await runVoucherify(
			sandbox,
			exporting('delete', { exportId: '={{ $json.exportId }}' }),
			ids,
		);
		expect(jsonOf(gone.items)).toEqual(ids.map(({ exportId }) => ({ id: exportId, deleted: true })));
		expect(sandbox.voucherify.state.exports.all).toEqual([]);
	});

	test('Download tells an export that is not done from one that failed, and from one that does not exist', async () => {
		const { exports } = sandbox.voucherify.state;
		exports.failNext(1);
		const failed = exports.create({ exported_object: 'voucher' });
		await new Promise((resolve) => setTimeout(resolve, 60));
		const fresh = exports.create({ exported_object: 'voucher' });
		const { failed: items } = await runVoucherify(
			sandbox,
			exporting('download', { exportId: '={{ $json.id }}' }),
			[{ id: failed.id }, { id: fresh.id }, { id: 'exp_none' }],
			{ onError: 'continueErrorOutput' },
		);
		expect(items.map((item) => failureOf(item).message)).toEqual([
			`Voucherify could not make the export ${failed.id}`,
			`The export ${fresh.id} is not done yet`,
			expect.stringContaining('no such object'),
		]);
	});

	test('Delete succeeds when its answer was lost, and fails when there is no such export', async () => {
		const job = sandbox.voucherify.state.exports.create({ exported_object: 'voucher' });
		sandbox.faults.add({
			service: 'voucherify',
			method: 'DELETE',
			kind: 'reset',
			when: 'after',
			times: 1,
		});
		const { items } = await runVoucherify(sandbox, exporting('delete', { exportId: job.id }));
		expect(jsonOf(items)).toEqual([{ id: job.id, deleted: true }]);
		const again = await runVoucherify(sandbox, exporting('delete', { exportId: job.id }));
		expect(again.error?.message).toBe(`Voucherify has no export "${job.id}"`);
	});

	test('an ID with slashes stays within its place in the address', async () => {
		await runVoucherify(sandbox, exporting('get', { exportId: '../campaigns?x=1' }), [{}], {
			onError: 'continueRegularOutput',
		});
		expect(sandbox.log.entries().map(({ path }) => path)).toEqual(['/v1/exports/..%2Fcampaigns%3Fx%3D1']);
	});
});
