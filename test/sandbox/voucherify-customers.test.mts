import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { type VoucherifyCall, voucherifyCall } from './voucherify-call.mts';

const COUNT = 10_250;

interface ListedCustomer {
	readonly id: string;
	readonly source_id: string;
	readonly created_at: string;
}

let sandbox: Sandbox;
let call: VoucherifyCall;

beforeAll(async () => {
	sandbox = await startSandbox({ customers: COUNT });
	call = voucherifyCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function page(
	query: string,
): Promise<{ customers: ListedCustomer[]; total: number; has_more: boolean }> {
	const { status, data } = await call('GET', `/v1/customers?${query}`);
	expect(status).toBe(200);
	return data;
}

async function segmentId(name: string): Promise<string> {
	const { data } = await call('GET', '/v1/segments');
	return data.data.find((segment: { name: string }) => segment.name === name).id;
}

test('pages reach 9,900 customers and no further', async () => {
	const last = await page('limit=100&page=99&order=created_at');
	expect(last.customers.at(-1)?.source_id).toBe('customer-009900');
	expect([last.total, last.has_more]).toEqual([COUNT, true]);
	const beyond = await call('GET', '/v1/customers?limit=100&page=100');
	expect([beyond.status, beyond.data.key]).toEqual([400, 'invalid_query_params']);
});

test('some customers share an instant across the boundary of a page', async () => {
	const first = await page('limit=100&page=1&order=created_at');
	const second = await page('limit=100&page=2&order=created_at');
	expect(second.customers[0]?.created_at).toBe(first.customers.at(-1)?.created_at);
	expect(second.customers[0]?.source_id).toBe('customer-000101');
});

test('a cursor that falls on a tie hides the rest of the tie, and one just before it shows it', async () => {
	const first = await page('limit=100&order=created_at');
	const cursor = first.customers.at(-1)?.created_at ?? '';
	const blind = await page(`limit=3&order=created_at&starting_after=${cursor}`);
	expect(blind.customers[0]?.source_id).toBe('customer-000103');
	const justBefore = new Date(Date.parse(cursor) - 1).toISOString();
	const overlapping = await page(`limit=4&order=created_at&starting_after=${justBefore}`);
	expect(overlapping.customers.map((customer) => customer.source_id)).toEqual([
		'customer-000100',
		'customer-000101',
		'customer-000102',
		'customer-000103',
	]);
});

test('who steps back a millisecond and drops repeats finds everybody by cursor', async () => {
	const found = new Set<string>();
	let cursor = '1970-01-01T00:00:00.000Z';
	for (;;) {
		const { customers, has_more: more } = await page(`limit=100&order=created_at&starting_after=${cursor}`);
		for (const { id } of customers) found.add(id);
		if (!more) break;
		cursor = new Date(Date.parse(customers.at(-1)?.created_at ?? '') - 1).toISOString();
	}
	expect(found.size).toBe(COUNT);
});

test('in descending order the cursor goes back in time', async () => {
	const newest = await page('limit=2');
	expect(newest.customers.map(({ source_id: id }) => id)).toEqual(['customer-010250', 'customer-010249']);
	const cursor = newest.customers.at(-1)?.created_at ?? '';
	const older = await page(`limit=1&order=-created_at&starting_after=${cursor}`);
	expect(older.customers[0]?.source_id).toBe('customer-010248');
});

test('a segment lists its members, a tenth as VIPs', async () => {
	const vips = await page(`limit=100&order=created_at&segment_id=${await segmentId('VIP')}`);
	expect(vips.total).toBe(COUNT / 10);
	expect(vips.customers[1]?.source_id).toBe('customer-000011');
	const missing = await call('GET', '/v1/customers?segment_id=seg_none');
	expect(missing.status).toBe(404);
});

test('the segment of new customers grows when customers are created', async () => {
	const id = await segmentId('New customers');
	const before = await page(`segment_id=${id}&limit=100`);
	await call('POST', '/v1/customers', { source_id: 'newcomer' });
	const after = await page(`segment_id=${id}&limit=100`);
	expect(before.total).toBe(3);
	expect(after.total).toBe(4);
	expect(after.customers[0]?.source_id).toBe('newcomer');
	const { data } = await call('GET', '/v1/customers/newcomer/segments');
	expect(data.data.map(({ name }: { name: string }) => name)).toEqual(['All customers', 'New customers']);
});

test('a passive segment follows a change of city', async () => {
	await call('POST', '/v1/customers', { source_id: 'mover', address: { city: 'Paris' } });
	const inParis = async () =>
		(await call('GET', '/v1/customers/mover/segments')).data.data.some(
			({ name }: { name: string }) => name === 'Customers in Paris',
		);
	expect(await inParis()).toBe(true);
	await call('PUT', '/v1/customers/mover', { address: { city: 'Berlin' } });
	expect(await inParis()).toBe(false);
});

test('a static segment holds the customers it was made of', async () => {
	const { data: ada } = await call('POST', '/v1/customers', { source_id: 'ada' });
	const { data: made } = await call('POST', '/v1/segments', {
		name: 'Chosen',
		type: 'static',
		customers: [ada.id],
	});
	expect((await page(`segment_id=${made.id}`)).customers.map(({ id }) => id)).toEqual([ada.id]);
});

test('creating twice with one source_id updates, merges metadata, and keeps attribute names that look dangerous', async () => {
	const first = await call('POST', '/v1/customers', { source_id: 'ada', name: 'Ada', metadata: { a: 1 } });
	const second = await call(
		'POST',
		'/v1/customers',
		'{"source_id":"ada","city":"x","metadata":{"b":2,"__proto__":"data"}}',
	);
	expect(second.data.id).toBe(first.data.id);
	expect(JSON.stringify(second.data.metadata)).toBe('{"a":1,"b":2,"__proto__":"data"}');
	expect(second.data.name).toBe('Ada');
});

test('a source_id cannot be changed, and any source_id can stand in a path', async () => {
	const odd = 'a/b?c=ü %';
	await call('POST', '/v1/customers', { source_id: odd });
	const path = `/v1/customers/${encodeURIComponent(odd)}`;
	await call('PUT', path, { source_id: 'other', name: 'Odd' });
	expect((await call('GET', path)).data).toMatchObject({ source_id: odd, name: 'Odd' });
	expect((await call('DELETE', path)).status).toBe(204);
	expect((await call('GET', path)).status).toBe(404);
});
