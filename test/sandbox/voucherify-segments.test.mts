import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from './voucherify-call.mts';
import { startReceiver, type WebhookReceiver } from './webhook-receiver.mts';

let sandbox: Sandbox;
let call: VoucherifyCall;
let receiver: WebhookReceiver;

beforeAll(async () => {
	sandbox = await startSandbox({ customers: 20, codes: 10 });
	call = voucherifyCall(sandbox);
	receiver = await startReceiver();
});
beforeEach(() => {
	sandbox.reset();
	receiver.received.length = 0;
	sandbox.voucherify.state.webhooks.addTarget('distribution', receiver.url);
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});

async function segment(type: string, filter: Record<string, unknown>): Promise<string> {
	const { status, data } = await call('POST', '/v1/segments', { name: 'S', type, filter });
	expect(status).toBe(200);
	return data.id;
}

async function members(id: string): Promise<string[]> {
	const { data } = await call('GET', `/v1/customers?segment_id=${id}&limit=100&order=created_at`);
	return data.customers.map((customer: { source_id: string }) => customer.source_id);
}

/** Moves that were told, as `source_id type`. */
async function moves(): Promise<string[]> {
	await sandbox.voucherify.state.webhooks.settled();
	return receiver.received
		.splice(0)
		.map(({ body }) => ({ data: Object(body['data']), type: String(Object(body['event']).type) }))
		.filter(({ data, type }) => type.startsWith('customer.segment.') && data.segment.name === 'S')
		.map(({ data, type }) => `${data.customer.source_id} ${type.slice('customer.segment.'.length)}`);
}

const is = (value: unknown) => ({ conditions: { $is: [value] } });

test.each([
	[{ 'metadata.tier': is('gold') }, 'a'],
	[{ 'metadata.points': { conditions: { $more_than: [10] } } }, 'a'],
	[{ 'metadata.newsletter': is(true) }, 'b'],
	[{ 'metadata.tags': { conditions: { $contains: ['red'] } } }, 'b'],
	[{ 'address.city': { conditions: { $in: ['Oslo', 'Rome'] } } }, 'a'],
	[{ email: { conditions: { $ends_with: ['@b.example'] } } }, 'b'],
	[{ phone: { conditions: { $has_value: [] } } }, 'b'],
	[{ junction: 'and', 'metadata.tier': is('gold'), phone: { conditions: { $is_unknown: [] } } }, 'a'],
	[{ junction: 'or', source_id: is('a'), 'metadata.tier': is('silver') }, 'a,b'],
	[{ created_at: { conditions: { $after: ['{start}'] } } }, 'a,b'],
])('the filter %j finds %s', async (filter, found) => {
	const start = new Date(sandbox.clock.millis()).toISOString();
	sandbox.clock.advance(1_000);
	await call('POST', '/v1/customers', {
		source_id: 'a',
		address: { city: 'Oslo' },
		email: 'a@a.example',
		metadata: { tier: 'gold', points: 11 },
	});
	await call('POST', '/v1/customers', {
		source_id: 'b',
		phone: '+1',
		email: 'b@b.example',
		metadata: { tier: 'silver', points: 9, newsletter: true, tags: ['blue', 'red'] },
	});
	const condition: Record<string, unknown> = JSON.parse(JSON.stringify(filter).replace('{start}', start));
	for (const type of ['auto-update', 'passive']) {
		const names = await members(await segment(type, condition));
		expect(names.filter((name) => name === 'a' || name === 'b').join()).toBe(found);
	}
});

test('who meets the filter of an auto-update segment enters, who no longer does leaves, and both are told', async () => {
	const id = await segment('auto-update', { 'metadata.team': is('red') });
	expect([await members(id), await moves()]).toEqual([[], []]);
	await call('POST', '/v1/customers', { source_id: 'new', metadata: { team: 'red' } });
	expect([await members(id), await moves()]).toEqual([['new'], ['new entered']]);
	await call('PUT', '/v1/customers/new', { name: 'Still red' });
	expect(await moves()).toEqual([]);
	await call('PUT', '/v1/customers/new', { metadata: { team: 'blue' } });
	expect([await members(id), await moves()]).toEqual([[], ['new left']]);
	await call('PUT', '/v1/customers/new', { metadata: { team: 'red' } });
	await call('DELETE', '/v1/customers/new');
	expect(await moves()).toEqual(['new entered', 'new left']);
});

test('passive segments follow in silence', async () => {
	const id = await segment('passive', { 'metadata.team': is('red') });
	await call('POST', '/v1/customers', { source_id: 'new', metadata: { team: 'red' } });
	expect([await members(id), await moves()]).toEqual([['new'], []]);
});

test('a paid order brings its buyer into a segment of buyers', async () => {
	const id = await segment('auto-update', {
		'summary.orders.total_amount': { conditions: { $more_than: [99_000] } },
	});
	expect(await members(id)).toEqual([]);
	await call('POST', '/v1/orders', {
		customer: { source_id: 'customer-000001' },
		status: 'PAID',
		items: [{ quantity: 1, price: 100_000 }],
		amount: 100_000,
	});
	expect([await members(id), await moves()]).toEqual([['customer-000001'], ['customer-000001 entered']]);
});

test.each([
	[{ name: 'S', type: 'static', customers: Array.from({ length: 20_001 }, (_, i) => `cust_${i}`) }],
	[{ name: 'S', type: 'passive' }],
	[{ name: 'S', type: 'passive', filter: { shoe: is(1) } }],
	[{ name: 'S', type: 'passive', filter: { name: { conditions: { $sounds_like: ['a'] } } } }],
	[{ type: 'static', customers: [] }],
])('a segment that makes no sense is refused', async (body) => {
	expect((await call('POST', '/v1/segments', body)).status).toBe(400);
});

test('what happened to a customer is its activity, newest first', async () => {
	await call('POST', '/v1/customers', { source_id: 'ada' });
	sandbox.clock.advance(10);
	await call('POST', '/v1/publications', publicationOf('ada', 'Welcome Gift Card'));
	sandbox.clock.advance(10);
	await call('PUT', '/v1/customers/ada', { name: 'Ada' });
	const activity = async (query = '') => {
		const { data } = await call('GET', `/v1/customers/ada/activity?limit=100${query}`);
		return data.data.map(({ type }: { type: string }) => type);
	};
	expect((await activity()).filter((type: string) => !type.includes('segment'))).toEqual([
		'customer.updated',
		'customer.publication.succeeded',
		'customer.created',
	]);
	expect(await activity('&type=customer.publication.succeeded&campaign_type=GIFT_VOUCHERS')).toHaveLength(1);
	expect(await activity('&campaign_type=LOYALTY_PROGRAM')).toEqual([]);
});

test('what a customer holds comes with its state', async () => {
	const states: unknown[] = [];
	const look = async () => {
		const { data } = await call('GET', '/v1/customers/ada/redeemables');
		states.push(data.data.map(({ redeemable }: { redeemable: { status: string } }) => redeemable.status));
	};
	const { data } = await call('POST', '/v1/publications', publicationOf('ada', 'Welcome Gift Card'));
	await look();
	await call('POST', `/v1/vouchers/${data.voucher.code}/disable`);
	await look();
	await call('POST', `/v1/vouchers/${data.voucher.code}/enable`);
	await call('POST', `/v1/vouchers/${data.voucher.code}/balance`, { amount: -2500 });
	await look();
	sandbox.clock.advance(100 * 24 * 60 * 60 * 1000);
	await look();
	await call('DELETE', `/v1/vouchers/${data.voucher.code}`);
	await look();
	expect(states).toEqual([['ACTIVE'], ['DISABLED'], ['NO_BALANCE'], ['EXPIRED'], []]);
});
