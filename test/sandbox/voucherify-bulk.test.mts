import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { type VoucherifyCall, voucherifyCall } from './voucherify-call.mts';
import { startReceiver, type WebhookReceiver } from './webhook-receiver.mts';

let sandbox: Sandbox;
let call: VoucherifyCall;
let receiver: WebhookReceiver;

beforeAll(async () => {
	sandbox = await startSandbox({ customers: 5, codes: 10 });
	call = voucherifyCall(sandbox);
	receiver = await startReceiver();
});
beforeEach(() => {
	sandbox.reset();
	receiver.received.length = 0;
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});

async function action(id: string) {
	return (await call('GET', `/v1/async-actions/${id}`)).data;
}

test('an action is enqueued, in progress, and done, and its rows are written at its end', async () => {
	const seen: unknown[] = [];
	const { data } = await call('POST', '/v1/customers/bulk/async', [{ source_id: 'new', name: 'New' }]);
	for (const advance of [0, 150, 300]) {
		sandbox.clock.advance(advance);
		const { status, operation_status: outcome, progress, result } = await action(data.async_action_id);
		const written = (await call('GET', '/v1/customers/new')).status;
		seen.push([status, outcome, progress > 0, result?.done_count, written]);
	}
	expect(seen).toEqual([
		['ENQUEUED', 'UNKNOWN', false, undefined, 404],
		['IN_PROGRESS', 'UNKNOWN', true, undefined, 404],
		['DONE', 'SUCCESS', true, 1, 200],
	]);
});

test('of 20,000 rows in one request exactly the three bad ones fail, named by their source_id', async () => {
	const rows = Array.from({ length: 20_000 }, (_, i) => ({ source_id: `bulk-${i}`, name: `Number ${i}` }));
	const bad = [
		{ source_id: 'bulk-7', name: 7 },
		{ source_id: 'bulk-19000', metadata: 'none' },
	];
	const body = [
		...rows.map((row) => bad.find(({ source_id: id }) => id === row.source_id) ?? row),
		{ name: 'Nobody' },
	];
	const { status, data } = await call('POST', '/v1/customers/bulk/async', body);
	expect(status).toBe(202);
	sandbox.clock.advance(300);
	const { status: state, result } = await action(data.async_action_id);
	expect([state, result.done_count, result.failed_count]).toEqual(['DONE', 19_998, 3]);
	expect(result.errors.map((error: { source_id: string }) => error.source_id)).toEqual([
		'bulk-7',
		'bulk-19000',
		'',
	]);
	const report = new URL(result.reports[0]).pathname;
	expect((await call('GET', report, undefined, { 'X-App-Token': '' })).data).toHaveLength(3);
	expect((await call('GET', '/v1/customers?limit=1')).data.total).toBe(20_003);
});

test('an action in which every row failed is DONE all the same', async () => {
	const { data } = await call('POST', '/v1/vouchers/metadata/async', {
		codes: ['no', 'nor'],
		metadata: { a: 1 },
	});
	sandbox.clock.advance(300);
	expect(await action(data.async_action_id)).toMatchObject({
		status: 'DONE',
		operation_status: 'FAILED',
		progress: 100,
		result: { done_count: 0, failed_count: 2, errors: [{ key: 'not_found', code: 'no' }, { code: 'nor' }] },
	});
});

test('actions that are told to fail end with FAILED, and nothing of them is done', async () => {
	sandbox.voucherify.state.asyncActions.failNext(1);
	const [failing, other] = [
		await call('POST', '/v1/customers/bulk/async', [{ source_id: 'failed' }]),
		await call('POST', '/v1/customers/bulk/async', [{ source_id: 'done' }]),
	];
	sandbox.clock.advance(300);
	expect(await action(failing.data.async_action_id)).toMatchObject({
		status: 'FAILED',
		operation_status: 'FAILED',
	});
	expect(await action(other.data.async_action_id)).toMatchObject({ status: 'DONE' });
	expect((await call('GET', '/v1/customers/failed')).status).toBe(404);
	expect((await call('GET', '/v1/customers/done')).status).toBe(200);
});

test('customers updated by the many enter segments, but no webhook tells of the update', async () => {
	for (const kind of ['project', 'distribution'] as const) {
		sandbox.voucherify.state.webhooks.addTarget(kind, receiver.url);
	}
	await call('POST', '/v1/segments', {
		name: 'Red',
		type: 'auto-update',
		filter: { 'metadata.team': { conditions: { $is: ['red'] } } },
	});
	const row = { source_id: 'customer-000001', metadata: { team: 'red' } };
	await call('POST', '/v1/customers/bulk/async', [row]);
	sandbox.clock.advance(300);
	await call('POST', '/v1/customers/metadata/async', {
		source_ids: [row.source_id],
		metadata: { team: 'blue' },
	});
	sandbox.clock.advance(300);
	await sandbox.voucherify.state.webhooks.settled();
	const types = receiver.received.map(({ body }) => Object(body['event']).type);
	expect(types.sort()).toEqual(['customer.segment.entered', 'customer.segment.left']);
});

test('metadata is merged by the many', async () => {
	const { data } = await call('POST', '/v1/vouchers/bulk/async', [{ code: 'HELLO10', metadata: { a: 1 } }]);
	await call('POST', '/v1/vouchers/metadata/async', { codes: ['HELLO10'], metadata: { b: 2 } });
	sandbox.clock.advance(300);
	expect((await action(data.async_action_id)).result.done_count).toBe(1);
	expect((await call('GET', '/v1/vouchers/HELLO10')).data.metadata).toEqual({ season: 'summer', a: 1, b: 2 });
});

test('a file overwrites profiles', async () => {
	const form = new FormData();
	form.append(
		'file',
		new Blob(['Name,Source_id,Address_City\nOnly,customer-000001,Oslo\n']),
		'customers.csv',
	);
	const { url, applicationId, secretKey } = sandbox.voucherify;
	const headers = { 'X-App-Id': applicationId, 'X-App-Token': secretKey };
	await fetch(`${url}/v1/customers/importCSV`, { method: 'POST', headers, body: form });
	sandbox.clock.advance(300);
	const { data } = await call('GET', '/v1/customers/customer-000001');
	expect([data.name, data.address, data.email, data.metadata]).toEqual([
		'Only',
		{ city: 'Oslo' },
		undefined,
		{},
	]);
});

test('more than 10 MB are refused in another shape than all other errors', async () => {
	const rows = [{ source_id: 'x', description: 'x'.repeat(11 * 1024 * 1024) }];
	for (const path of ['/v1/customers/bulk/async', '/v1/vouchers/bulk/async']) {
		const { status, data } = await call('POST', path, rows);
		expect([status, data.statusCode, data.error, data.key]).toEqual([
			413,
			413,
			'Payload Too Large',
			undefined,
		]);
	}
});

test('the list of actions goes on before the end_date of the last one', async () => {
	const started: string[] = [];
	for (let i = 0; i < 5; i++) {
		const { data } = await call('POST', '/v1/vouchers/bulk/async', []);
		started.unshift(data.async_action_id);
		sandbox.clock.advance(10);
	}
	const listed: string[] = [];
	for (let end = ''; ;) {
		const { data } = await call('GET', `/v1/async-actions?limit=2${end}`);
		for (const one of data.async_actions) listed.push(one.id);
		if (!data.has_more) break;
		end = `&end_date=${data.async_actions.at(-1).created_at}`;
	}
	expect(listed).toEqual(started);
});
