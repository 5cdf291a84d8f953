import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from './voucherify-call.mts';

let sandbox: Sandbox;
let call: VoucherifyCall;

beforeAll(async () => {
	sandbox = await startSandbox({ codes: 20_000_000 });
	call = voucherifyCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const publish = (body: unknown, query = '') => call('POST', `/v1/publications${query}`, body);

async function inParallel(
	count: number,
	concurrency: number,
	work: (index: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	await Promise.all(
		Array.from({ length: concurrency }, async () => {
			while (next < count) await work(next++);
		}),
	);
}

test.each(['Summer Sale 20%', 'Newsletter Codes'])(
	'no code of %s goes out twice under 64 concurrent publications',
	async (campaign) => {
		const codes: string[] = [];
		await inParallel(1_000, 64, async (i) => {
			const { status, data } = await publish(publicationOf(`c-${i}`, campaign));
			expect(status).toBe(200);
			codes.push(data.voucher.code);
		});
		expect(new Set(codes).size).toBe(1_000);
		expect(sandbox.voucherify.state.publications.count).toBe(1_000);
	},
);

test('concurrent publications with one source_id are one publication', async () => {
	const ids = new Set<string>();
	await inParallel(200, 64, async () => {
		const { data } = await publish(publicationOf('ada', 'Summer Sale 20%', 'same'));
		ids.add(`${data.id} ${data.voucher.code}`);
	});
	expect(ids.size).toBe(1);
	expect(sandbox.voucherify.state.publications.count).toBe(1);
});

test('a repeated source_id is refused when the sandbox is told so, and the first publication can be fetched', async () => {
	const strict = await startSandbox({ duplicateSourceId: 'refuse' });
	const strictCall = voucherifyCall(strict);
	const body = publicationOf('ada', 'Summer Sale 20%', 'same');
	const first = await strictCall('POST', '/v1/publications', body);
	const second = await strictCall('POST', '/v1/publications', body);
	const found = await strictCall('GET', '/v1/publications?source_id=same');
	await strict.close();
	expect([second.status, second.data.key]).toEqual([400, 'duplicate_source_id']);
	expect(found.data.publications).toMatchObject([
		{ id: first.data.id, voucher: { code: first.data.voucher.code } },
	]);
	expect(found.data.publications[0].voucher).not.toHaveProperty('assets');
});

test('join_once gives the same customer the same code, and others their own', async () => {
	const body = publicationOf('ada', 'Summer Sale 20%');
	const first = await publish(body, '?join_once=true');
	const second = await publish(body, '?join_once=true');
	const other = await publish(publicationOf('eve', 'Summer Sale 20%'), '?join_once=true');
	const without = await publish(body);
	expect(second.data.id).toBe(first.data.id);
	expect(new Set([first, other, without].map(({ data }) => data.voucher.code)).size).toBe(3);
});

test.each(['One per Customer', 'Loyalty Club'])('%s lets a customer join only once', async (campaign) => {
	const first = await publish(publicationOf('ada', campaign));
	const again = await publish(publicationOf('ada', campaign));
	const insisting = await publish(publicationOf('ada', campaign, 'new'));
	expect(again.data.id).toBe(first.data.id);
	expect([insisting.status, insisting.data.key]).toEqual([400, 'voucher_cannot_be_published']);
});

test('a STATIC campaign hands out its last code once and then runs out, however many ask', async () => {
	const outcomes: string[] = [];
	await inParallel(20, 20, async (i) => {
		const { status, data } = await publish(publicationOf(`c-${i}`, 'Last Codes'));
		outcomes.push(status === 200 ? data.voucher.code : data.key);
	});
	const codes = outcomes.filter((outcome) => outcome.startsWith('LAST-'));
	expect(new Set(codes).size).toBe(3);
	expect(outcomes.filter((outcome) => outcome === 'no_voucher_suitable_for_publication')).toHaveLength(17);
	const empty = await publish(publicationOf('ada', 'Sold Out'));
	expect(empty.data.key).toBe('no_voucher_suitable_for_publication');
});

test('a refused publication leaves no customer behind', async () => {
	const before = sandbox.voucherify.state.customers.count;
	await publish(publicationOf('stranger', 'Sold Out'));
	expect((await call('GET', '/v1/customers/stranger')).status).toBe(404);
	expect(sandbox.voucherify.state.customers.count).toBe(before);
});

test('several codes come as bare codes, at most 50, and not with a source_id', async () => {
	const body = (count: number, more = {}) => ({
		customer: { source_id: 'ada' },
		campaign: { name: 'Newsletter Codes', count },
		...more,
	});
	const { data } = await publish(body(50));
	expect(new Set(data.vouchers).size).toBe(50);
	expect(data.vouchers_id).toHaveLength(50);
	expect(data).not.toHaveProperty('voucher');
	expect((await publish(body(51))).data.key).toBe('invalid_publish_params');
	expect((await publish(body(2, { source_id: 's' }))).data.key).toBe('too_many_vouchers_requested');
});

test('a campaign with fewer codes than asked for gives none', async () => {
	const body = { customer: { source_id: 'ada' }, campaign: { name: 'Last Codes', count: 4 } };
	expect((await publish(body)).data.key).toBe('no_voucher_suitable_for_publication');
	const { data } = await publish({ ...body, campaign: { name: 'Last Codes', count: 3 } });
	expect(data.vouchers).toHaveLength(3);
});

test('a chosen code wins over the campaign, goes to one customer only, and is skipped afterwards', async () => {
	const { data: page } = await call('GET', '/v1/vouchers?campaign=Last%20Codes&order=created_at');
	const codes: string[] = page.vouchers.map(({ code }: { code: string }) => code);
	const chosen = codes[1];
	const given = await publish({ ...publicationOf('ada', 'Summer Sale 20%'), voucher: chosen });
	expect(given.data.voucher).toMatchObject({
		code: chosen,
		campaign: 'Last Codes',
		holder_id: given.data.customer_id,
	});
	const taken = await publish({ customer: { source_id: 'eve' }, voucher: chosen });
	expect([taken.status, taken.data.key]).toEqual([400, 'voucher_already_published']);
	const rest = [
		await publish(publicationOf('eve', 'Last Codes')),
		await publish(publicationOf('eve', 'Last Codes')),
	].map(({ data }) => data.voucher.code);
	expect(rest).toEqual([codes[0], codes[2]]);
});

test('a generic code goes to everybody', async () => {
	const codes = [];
	for (const customer of ['ada', 'eve']) {
		codes.push((await publish(publicationOf(customer, 'Hello Everybody'))).data.voucher.code);
	}
	expect(codes).toEqual(['HELLO10', 'HELLO10']);
	expect((await call('GET', '/v1/vouchers/HELLO10')).data.publish.count).toBe(2);
});

test('customer and campaign may be plain texts, and campaigns are found by id too', async () => {
	const { id } = (await call('GET', '/v1/campaigns/Loyalty%20Club')).data;
	const { data } = await publish({ customer: 'customer-000001', campaign: id });
	expect(data).toMatchObject({
		customer: { source_id: 'customer-000001' },
		voucher: { campaign: 'Loyalty Club' },
	});
});

test('publishing creates the customer or updates it', async () => {
	const customer = { source_id: 'ada', name: 'Ada', metadata: { a: 1 } };
	await publish({ customer, campaign: { name: 'Summer Sale 20%' } });
	await publish({
		customer: { source_id: 'ada', metadata: { b: 2 } },
		campaign: { name: 'Summer Sale 20%' },
	});
	const { data } = await call('GET', '/v1/customers/ada');
	expect(data).toMatchObject({ name: 'Ada', metadata: { a: 1, b: 2 } });
});

test('publishing by query string gives the same as by body', async () => {
	const query = new URLSearchParams({
		'customer[source_id]': 'ada',
		'campaign[name]': 'Summer Sale 20%',
		source_id: 'by query',
		'metadata[campaign]': 'braze',
	});
	const { data } = await call('GET', `/v1/publications/create?${query.toString()}`);
	expect(data).toMatchObject({ source_id: 'by query', metadata: { campaign: 'braze' } });
	const again = await publish(publicationOf('ada', 'Summer Sale 20%', 'by query'));
	expect(again.data.voucher.code).toBe(data.voucher.code);
});

test('publications are found by customer, campaign, code and filter', async () => {
	const { data } = await publish(publicationOf('ada', 'Welcome Gift Card', 's1'));
	await publish(publicationOf('ada', 'Loyalty Club', 's2'));
	await publish(publicationOf('eve', 'Welcome Gift Card', 's3'));
	const found = async (query: Record<string, string>): Promise<string[]> => {
		const list = await call(
			'GET',
			`/v1/publications?order=created_at&${new URLSearchParams(query).toString()}`,
		);
		return list.data.publications.map((one: { source_id: string }) => one.source_id);
	};
	expect(await found({ customer: 'ada' })).toEqual(['s1', 's2']);
	expect(await found({ customer: data.customer_id, campaign: 'Loyalty Club' })).toEqual(['s2']);
	expect(await found({ campaign: 'Welcome Gift Card' })).toEqual(['s1', 's3']);
	expect(await found({ voucher: data.voucher.code })).toEqual(['s1']);
	expect(await found({ 'filters[source_id][conditions][$in][0]': 's3' })).toEqual(['s3']);
	expect(await found({ limit: '1', page: '2' })).toEqual(['s2']);
});

test('each kind of incentive shows its value, in cents or points', async () => {
	const voucher = async (campaign: string) => (await publish(publicationOf('ada', campaign))).data.voucher;
	expect(await voucher('Summer Sale 20%')).toMatchObject({ discount: { type: 'PERCENT', percent_off: 20 } });
	expect(await voucher('10 Euro Off')).toMatchObject({ discount: { type: 'AMOUNT', amount_off: 1000 } });
	expect(await voucher('Free Coffee')).toMatchObject({ discount: { type: 'UNIT', unit_off: 1 } });
	expect(await voucher('Welcome Gift Card')).toMatchObject({ gift: { amount: 2500, balance: 2500 } });
	expect(await voucher('Loyalty Club')).toMatchObject({ loyalty_card: { points: 100, balance: 100 } });
	expect(await voucher('Refer a Friend')).toMatchObject({ is_referral_code: true });
});

test('vouchers are listed by number and by code, and those of a customer', async () => {
	const list = async (query: string): Promise<string[]> =>
		(await call('GET', `/v1/vouchers?${query}`)).data.vouchers.map(({ code }: { code: string }) => code);
	const stored = await list('campaign=Last%20Codes&order=created_at');
	expect(await list('campaign=Last%20Codes&order=-created_at')).toEqual([...stored].reverse());
	expect(await list('campaign=Last%20Codes&order=code')).toEqual([...stored].sort());
	expect(await list('campaign=Last%20Codes&limit=2&page=2&order=created_at')).toEqual(stored.slice(2));
	await publish(publicationOf('ada', 'Last Codes'));
	expect(await list('customer=ada')).toEqual([stored[0]]);
	const many = await call('GET', '/v1/vouchers?campaign=Newsletter%20Codes&order=code');
	expect(many.status).toBe(400);
	expect(await list('campaign=Newsletter%20Codes&limit=100&page=99')).toHaveLength(100);
});
