import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { type VoucherifyCall, voucherifyCall } from './voucherify-call.mts';

const SEEDED = 6;

let sandbox: Sandbox;
let call: VoucherifyCall;

beforeAll(async () => {
	sandbox = await startSandbox({ codes: 10, customers: 4 });
	call = voucherifyCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const create = (body: unknown) => call('POST', '/v1/orders', body);

test('an order costs what its items cost, whatever else it says', async () => {
	const items = [
		{ product_id: 'p1', quantity: 2, price: 1_500 },
		{ source_id: 'p2', amount: 999 },
	];
	const { data } = await create({ items, amount: 1 });
	expect(data).toMatchObject({ amount: 3_999, total_amount: 3_999, status: 'CREATED', customer_id: null });
	expect(data.items).toMatchObject([
		{ amount: 3_000, price: 1_500 },
		{ amount: 999, quantity: 1 },
	]);
	expect((await create({ amount: 1_234 })).data.amount).toBe(1_234);
});

test('an order creates or updates its customer, whose sums count it once it is paid', async () => {
	const { data } = await create({
		source_id: 'o1',
		amount: 500,
		customer: { source_id: 'ada', name: 'Ada' },
	});
	const ada = async () => (await call('GET', '/v1/customers/ada')).data;
	expect(await ada()).toMatchObject({
		id: data.customer_id,
		name: 'Ada',
		summary: { orders: { total_count: 0 } },
	});
	await call('PUT', '/v1/orders/o1', { status: 'PAID' });
	await call('PUT', '/v1/orders/o1', { status: 'PAID', metadata: { again: true } });
	expect((await ada()).summary.orders).toMatchObject({
		total_count: 1,
		total_amount: 500,
		last_order_amount: 500,
	});
});

test('an order is found by both of its ids, and an update leaves alone what it does not name', async () => {
	const { data } = await create({ source_id: 'o1', amount: 500, metadata: { a: 1 } });
	await call('PUT', `/v1/orders/${data.id}`, { metadata: { b: 2 }, status: 'FULFILLED' });
	expect((await call('GET', '/v1/orders/o1')).data).toMatchObject({
		id: data.id,
		amount: 500,
		status: 'FULFILLED',
		metadata: { a: 1, b: 2 },
	});
	const taken = await create({ source_id: 'o1' });
	expect([taken.status, taken.data.key]).toEqual([409, 'duplicate_found']);
});

test('orders are listed page by page, newest first unless asked otherwise', async () => {
	for (const id of ['o1', 'o2', 'o3']) {
		sandbox.clock.advance(1_000);
		await create({ source_id: id });
	}
	const list = async (query: string): Promise<string[]> =>
		(await call('GET', `/v1/orders?${query}`)).data.orders.map(({ source_id: id }: never) => id);
	expect(await list('limit=2')).toEqual(['o3', 'o2']);
	expect(await list('limit=2&page=2')).toEqual(['o1', `order-00000${SEEDED}`]);
	expect((await list('order=created_at&limit=100')).slice(SEEDED)).toEqual(['o1', 'o2', 'o3']);
});

test('an import creates and updates orders, and tells which could not be taken', async () => {
	await create({ source_id: 'o1', amount: 500 });
	const items = [
		{ source_id: 'o1', status: 'PAID' },
		{ source_id: 'o2', amount: 700, customer: { source_id: 'ada' } },
		{ source_id: 'o3', status: 'LOST' },
	];
	const { data } = await call('POST', '/v1/orders/import', items);
	sandbox.clock.advance(10_000);
	const action = await call('GET', `/v1/async-actions/${data.async_action_id}`);
	expect(action.data).toMatchObject({ type: 'ORDERS.IMPORT', status: 'DONE', result: { failed_count: 1 } });
	expect((await call('GET', '/v1/orders/o1')).data).toMatchObject({ status: 'PAID', amount: 500 });
	expect((await call('GET', '/v1/orders/o2')).data.amount).toBe(700);
	expect((await call('GET', '/v1/orders/o3')).status).toBe(404);
});

test('customers enter segments by what they paid and by the points they gathered', async () => {
	const segment = async (name: string, field: string, least: number): Promise<string> => {
		const filter = { junction: 'and', [field]: { conditions: { $more_than_equal: [least] } } };
		return (await call('POST', '/v1/segments', { name, type: 'auto-update', filter })).data.id;
	};
	const buyers = await segment('Buyers', 'summary.orders.total_amount', 500_000);
	const collectors = await segment('Collectors', 'loyalty.points', 1_000);
	const members = async (id: string): Promise<string[]> =>
		(await call('GET', `/v1/customers?segment_id=${id}`)).data.customers.map(
			(one: never) => Object(one).source_id,
		);
	expect([await members(buyers), await members(collectors)]).toEqual([[], []]);
	await create({ amount: 500_000, status: 'PAID', customer: { source_id: 'ada' } });
	const card = await call('POST', '/v1/loyalties/Loyalty%20Club/members', { customer: { source_id: 'eve' } });
	const balance = `/v1/loyalties/members/${card.data.code}/balance`;
	await call('POST', balance, { points: 900 });
	expect([await members(buyers), await members(collectors)]).toEqual([['ada'], ['eve']]);
	await call('POST', balance, { points: -1 });
	expect(await members(collectors)).toEqual([]);
});
