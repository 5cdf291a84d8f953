import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { failureOf, jsonOf, located, requests, runVoucherify } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ customers: 250, asyncMs: 30 });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const ordersOf = () => sandbox.voucherify.state.sales.orders;
const customer = located('sourceId', 'customer-000001');

describe('Orders', () => {
	const order = async (operation: string, parameters: INodeParameters, input?: readonly IDataObject[]) =>
		await runVoucherify(sandbox, { resource: 'order', operation, ...parameters }, input, {
			onError: 'continueErrorOutput',
		});

	test('are recorded with money in hundredths, and items as an array from the input', async () => {
		const { items } = await order(
			'create',
			{
				customer,
				order: {
					sourceId: 'o-1',
					status: 'PAID',
					amount: 19.99,
					items: '={{ $json.lines }}',
					metadata: '{"a": 1}',
				},
				options: { referrer: 'customer-000002' },
			},
			[{ lines: [{ product_id: 'tea', quantity: 2, price: 450 }] }],
		);
		expect(requests(sandbox, 'POST', '/v1/orders')[0]?.requestBody).toEqual({
			source_id: 'o-1',
			status: 'PAID',
			amount: 1999,
			items: [{ product_id: 'tea', quantity: 2, price: 450 }],
			metadata: { a: 1 },
			customer: { source_id: 'customer-000001' },
			referrer: { source_id: 'customer-000002' },
		});
		expect(items[0]?.json).toMatchObject({ source_id: 'o-1', status: 'PAID', amount: 900 });
		const updated = await order('update', { orderId: 'o-1', order: { status: 'FULFILLED' } });
		expect(updated.items[0]?.json).toMatchObject({ status: 'FULFILLED', metadata: { a: 1 } });
		expect((await order('get', { orderId: 'o-1' })).items[0]?.json).toEqual(updated.items[0]?.json);
	});

	test('are not recorded a second time when the answer was lost', async () => {
		const before = ordersOf().all.length;
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: '/v1/orders',
			when: 'after',
			kind: 'reset',
			times: 1,
		});
		const { failed } = await order('create', { order: { amount: 1 } });
		expect(failureOf(failed[0]).uncertain).toBe(true);
		expect(ordersOf().all.length).toBe(before + 1);
	});

	test('are listed page by page, each once', async () => {
		const { items } = await order('getAll', { returnAll: true, sort: '-created_at', simple: true });
		expect(new Set(jsonOf(items).map(({ id }) => id)).size).toBe(ordersOf().all.length);
		expect(items.length).toBeGreaterThan(100);
	});

	test('2,500 are imported in two requests, and the bad one among them comes back alone', async () => {
		const input = Array.from({ length: 2_500 }, (_, n) => ({
			id: `import-${n}`,
			status: 'PAID',
			amount: n / 100,
		}));
		const before = ordersOf().all.length;
		const lines = '={{ $json.lines }}';
		const parameters = {
			sourceId: '={{ $json.id }}',
			order: { status: '={{ $json.status }}', amount: '={{ $json.amount }}', items: lines },
		};
		const bad = { ...input[1_234], lines: [{ quantity: 0 }] };
		const { items, failed } = await order(
			'importInBulk',
			parameters,
			input.map((one, n) => (n === 1_234 ? bad : one)),
		);
		expect(requests(sandbox, 'POST', '/v1/orders/import')).toHaveLength(2);
		expect(items).toHaveLength(2_499);
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1_234 }]);
		expect(ordersOf().all.length).toBe(before + 2_499);
		expect(ordersOf().find('import-7')?.amounts.total).toBe(7);
	});

	test('nothing to change is refused before anything is sent', async () => {
		const { failed } = await order('update', { orderId: 'o-1', order: {} });
		expect(failureOf(failed[0]).message).toContain('"Order" is empty');
		expect(sandbox.log.entries()).toHaveLength(0);
	});
});

describe('Custom events', () => {
	const tracking = (more: INodeParameters = {}): INodeParameters => ({
		resource: 'event',
		operation: 'track',
		event: 'newsletter_subscribed',
		customer,
		...more,
	});

	test('are tracked with what belongs to them', async () => {
		const { items, error } = await runVoucherify(
			sandbox,
			tracking({ options: { metadata: '{"source": "web"}' } }),
		);
		expect(error).toBeUndefined();
		expect(requests(sandbox, 'POST', '/v1/events')[0]?.requestBody).toEqual({
			event: 'newsletter_subscribed',
			customer: { source_id: 'customer-000001' },
			metadata: { source: 'web' },
		});
		expect(items[0]?.json).toMatchObject({ object: 'event', type: 'newsletter_subscribed' });
	});

	test('are not tracked a second time when the answer was lost', async () => {
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: '/v1/events',
			when: 'after',
			kind: 'reset',
			times: 1,
		});
		const { error } = await runVoucherify(sandbox, tracking());
		expect(error?.description).toContain('may have acted');
		expect(requests(sandbox, 'POST', '/v1/events')).toHaveLength(1);
	});

	test.each([
		['a name of 301 characters', { event: 'x'.repeat(301) }, '"Event" has 301 characters'],
		['a referrer without a code', { options: { referrerId: 'cust_1' } }, '"Referral Code" is missing'],
	])('%s: refused before anything is sent', async (_what, parameters, message) => {
		const { error } = await runVoucherify(sandbox, tracking(parameters));
		expect(error?.message).toContain(message);
		expect(sandbox.log.entries()).toHaveLength(0);
	});
});

describe('API Call', () => {
	const calling = (more: INodeParameters): INodeParameters => ({
		resource: 'apiCall',
		operation: 'send',
		method: 'GET',
		path: '/v1/customers',
		query: {},
		split: true,
		repeatable: false,
		...more,
	});
	const query = {
		parameter: [
			{ name: 'limit', value: 3 },
			{ name: 'order', value: '-created_at' },
		],
	};

	test('a list becomes one item a row, or stays whole', async () => {
		const rows = await runVoucherify(sandbox, calling({ query }));
		expect(rows.items).toHaveLength(3);
		expect(rows.items[0]?.json).toHaveProperty('source_id');
		const whole = await runVoucherify(sandbox, calling({ query, split: false }));
		expect(whole.items[0]?.json).toMatchObject({ object: 'list', total: 250 });
	});

	test('a body goes over as it is, and an empty answer gives its status', async () => {
		const body = '{"source_id": "by-hand", "name": null}';
		await runVoucherify(sandbox, calling({ method: 'POST', body }));
		expect(requests(sandbox, 'POST', '/v1/customers')[0]?.requestBody).toEqual({
			source_id: 'by-hand',
			name: null,
		});
		const { items } = await runVoucherify(
			sandbox,
			calling({ method: 'DELETE', path: '/v1/customers/by-hand' }),
		);
		expect(items[0]?.json).toEqual({ status: 204 });
	});

	test.each([
		[false, 1],
		[true, 2],
	])('safe to repeat %s: a lost answer makes %s requests', async (repeatable, sent) => {
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: '/v1/customers',
			when: 'after',
			kind: 'reset',
			times: 1,
		});
		await runVoucherify(sandbox, calling({ method: 'POST', body: '{"source_id": "x"}', repeatable }));
		expect(requests(sandbox, 'POST', '/v1/customers')).toHaveLength(sent);
	});

	test.each([
		'v1/customers',
		'https://example.com/v1/customers',
		'//example.com/v1/customers',
		'/\\example.com',
		'/v1/../../customers',
		'/v1/%2e%2E/customers',
		'/v1/customers?limit=1',
		'/v1/customers#top',
		'/v1/a b',
		'/\t/example.com',
		'={{ $json.nothing }}',
	])('the path %j is refused before anything is sent', async (path) => {
		const { error } = await runVoucherify(sandbox, calling({ path }));
		expect(error?.message).toContain('"Path"');
		expect(sandbox.log.entries()).toHaveLength(0);
	});

	test('a body that is no JSON is refused before anything is sent', async () => {
		const { error } = await runVoucherify(sandbox, calling({ method: 'POST', body: '{"a":' }));
		expect(error?.message).toContain('"Body" is no JSON');
		expect(sandbox.log.entries()).toHaveLength(0);
	});
});
