import type { INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { expectSchema } from './output-schema.mts';
import { jsonOf, located, runVoucherify } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ exportMs: 10 });
});
afterAll(async () => await sandbox.close());

const run = async (operation: string, parameters: INodeParameters = {}) =>
	jsonOf(
		(await runVoucherify(sandbox, { resource: 'export', operation, outputField: 'data', ...parameters }))
			.items,
	);

test('the output schemas of exports describe what comes out', async () => {
	const campaign = located('name', 'Last Codes');
	expectSchema(
		'Voucherify',
		'export/exportToFile',
		await run('exportToFile', { campaign, fields: ['code'] }),
	);
	const created = await run('create', {
		exportedObject: 'voucher',
		campaign,
		fields: ['code'],
		order: '-created_at',
		filters: '{"junction": "and", "code": {"conditions": {"$starts_with": ["LAST-"]}}}',
	});
	expectSchema('Voucherify', 'export/create', created);
	await new Promise((resolve) => setTimeout(resolve, 20));
	const exportId = String(created[0]?.id);
	expectSchema('Voucherify', 'export/get', await run('get', { exportId }));
	expectSchema('Voucherify', 'export/getAll', await run('getAll', { limit: 1, order: '-created_at' }));
	expectSchema('Voucherify', 'export/download', await run('download', { exportId }));
	expectSchema('Voucherify', 'export/delete', await run('delete', { exportId }));
});
