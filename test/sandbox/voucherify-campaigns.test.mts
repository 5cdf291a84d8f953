import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from './voucherify-call.mts';

const COUPONS = {
	campaign_type: 'DISCOUNT_COUPONS',
	voucher: {
		type: 'DISCOUNT_VOUCHER',
		discount: { type: 'PERCENT', percent_off: 10 },
		code_config: { length: 5, prefix: 'NEW-', charset: 'ABCDEFGH' },
	},
};

let sandbox: Sandbox;
let call: VoucherifyCall;

beforeAll(async () => {
	// Longer than the requests in between take on a busy machine; the clock is moved past it.
	sandbox = await startSandbox({ customers: 5, codes: 10, asyncMs: 300_000 });
	call = voucherifyCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function codesOf(campaign: string): Promise<string[]> {
	const { data } = await call('GET', `/v1/vouchers?limit=100&campaign=${campaign}`);
	return data.vouchers.map(({ code }: { code: string }) => code);
}

test('a campaign is a draft, then in progress with some of its codes, then done with all of them', async () => {
	const states: unknown[] = [];
	const { data } = await call('POST', '/v1/campaigns', {
		...COUPONS,
		name: 'N',
		type: 'STATIC',
		vouchers_count: 20,
	});
	for (const advance of [0, 150_000, 300_000]) {
		sandbox.clock.advance(advance);
		const { data: now } = await call('GET', `/v1/campaigns/${data.id}`);
		states.push([now.creation_status, now.vouchers_generation_status, now.vouchers_count]);
	}
	expect(states).toEqual([
		['DRAFT', 'DRAFT', 0],
		['IN_PROGRESS', 'IN_PROGRESS', 10],
		['DONE', 'DONE', 20],
	]);
	const codes = await codesOf('N');
	expect(new Set(codes).size).toBe(20);
	for (const code of codes) expect(code).toMatch(/^NEW-[A-H]{5}$/);
});

test('a creation that is told to fail ends with FAILED, without codes', async () => {
	sandbox.voucherify.state.campaignChanges.failNext(1);
	const body = { ...COUPONS, name: 'N', type: 'STATIC', vouchers_count: 20 };
	const { data } = await call('POST', '/v1/campaigns', body);
	sandbox.clock.advance(300_000);
	const { data: now } = await call('GET', `/v1/campaigns/${data.id}`);
	expect([now.creation_status, now.vouchers_generation_status, now.vouchers_count]).toEqual([
		'FAILED',
		'FAILED',
		0,
	]);
});

test('a created campaign hands out its codes as its type says', async () => {
	await call('POST', '/v1/campaigns', { ...COUPONS, name: 'Fixed', type: 'STATIC', vouchers_count: 1 });
	await call('POST', '/v1/campaigns', { ...COUPONS, name: 'Minting', type: 'AUTO_UPDATE' });
	await call('POST', '/v1/campaigns', { ...COUPONS, name: 'Generic', type: 'STANDALONE' });
	sandbox.clock.advance(300_000);
	const outcomes: Record<string, unknown> = {};
	for (const name of ['Fixed', 'Minting', 'Generic']) {
		const first = await call('POST', '/v1/publications', publicationOf('a', name));
		const second = await call('POST', '/v1/publications', publicationOf('b', name));
		outcomes[name] = [second.status, second.data.voucher?.code === first.data.voucher.code];
	}
	expect(outcomes).toEqual({ Fixed: [400, false], Minting: [200, false], Generic: [200, true] });
});

test('names are taken once, and more codes than the pattern allows are refused', async () => {
	await call('POST', '/v1/campaigns', { ...COUPONS, name: 'N' });
	const again = await call('POST', '/v1/campaigns', { ...COUPONS, name: 'N' });
	expect([again.status, again.data.key]).toEqual([409, 'duplicate_found']);
	const many = await call('POST', '/v1/campaigns', { ...COUPONS, name: 'M', vouchers_count: 8 ** 5 + 1 });
	expect([many.status, many.data.key]).toEqual([400, 'invalid_code_config']);
});

test('an update reaches the codes that were not changed themselves', async () => {
	const path = `/v1/campaigns/${encodeURIComponent('Last Codes')}`;
	const [first = '', second = ''] = await codesOf('Last Codes');
	await call('PUT', `/v1/vouchers/${first}`, { expiration_date: '2090-01-01T00:00:00.000Z' });
	await call('PUT', path, { expiration_date: '2080-01-01T00:00:00.000Z', metadata: { a: 1, b: 2 } });
	await call('PUT', path, { metadata: { c: 3 }, unset_metadata_fields: ['a'] });
	expect((await call('GET', path)).data).toMatchObject({
		expiration_date: '2080-01-01T00:00:00.000Z',
		metadata: { b: 2, c: 3 },
		description: 'Three codes, then none',
	});
	expect((await call('GET', `/v1/vouchers/${first}`)).data.expiration_date).toBe('2090-01-01T00:00:00.000Z');
	expect((await call('GET', `/v1/vouchers/${second}`)).data.expiration_date).toBe('2080-01-01T00:00:00.000Z');
});

test('codes are added one by one, by name, and by the many', async () => {
	const path = `/v1/campaigns/${encodeURIComponent('Last Codes')}/vouchers`;
	const one = await call('POST', path, { metadata: { a: 1 } });
	expect([one.status, one.data.metadata]).toEqual([200, { a: 1 }]);
	const named = await call('POST', `${path}/CHOSEN`, {});
	expect([named.data.code, named.data.campaign]).toEqual(['CHOSEN', 'Last Codes']);
	const many = await call('POST', `${path}?vouchers_count=5`, {});
	expect(many.status).toBe(202);
	expect((await codesOf('Last Codes')).length).toBe(5);
	sandbox.clock.advance(300_000);
	const codes = await codesOf('Last Codes');
	expect([codes.length, new Set(codes).size, codes.includes('CHOSEN')]).toEqual([10, 10, true]);
});

test('a deletion is asynchronous and takes the codes along', async () => {
	const [code = ''] = await codesOf('Newsletter Codes');
	const path = `/v1/campaigns/${encodeURIComponent('Newsletter Codes')}`;
	const { status, data } = await call('DELETE', path);
	expect([status, (await call('GET', path)).status]).toEqual([202, 200]);
	sandbox.clock.advance(300_000);
	const action = await call('GET', `/v1/async-actions/${data.async_action_id}`);
	expect(action.data).toMatchObject({
		status: 'DONE',
		operation_status: 'SUCCESS',
		result: { done_count: 10 },
	});
	expect([(await call('GET', path)).status, (await call('GET', `/v1/vouchers/${code}`)).status]).toEqual([
		404, 404,
	]);
	expect(sandbox.voucherify.state.bin.entries.map(({ name }) => name)).toEqual(['Newsletter Codes']);
});

test('imported rows keep their own worth, and those that exist are reported', async () => {
	const path = `/v1/campaigns/${encodeURIComponent('Loyalty Club')}`;
	const { data } = await call('POST', `${path}/import`, [
		{ code: 'A', loyalty_card: { points: 7 } },
		{ code: 'B' },
		{ code: 'HELLO10' },
		{ loyalty_card: { points: 7 } },
	]);
	sandbox.clock.advance(300_000);
	const { data: action } = await call('GET', `/v1/async-actions/${data.async_action_id}`);
	expect(action.result).toMatchObject({
		done_count: 2,
		failed_count: 2,
		failed: [{ code: 'HELLO10' }, { code: '' }],
	});
	const points = async (code: string) => (await call('GET', `/v1/vouchers/${code}`)).data.loyalty_card.points;
	expect([await points('A'), await points('B')]).toEqual([7, 100]);
});

test('a file brings codes, decimal amounts and metadata', async () => {
	const form = new FormData();
	const csv =
		'\uFEFFCode,Gift Amount,Active,Expiration Date,shop\n"X,1",10.50,false,2099-01-01,web\nX2,3,,,\n';
	form.append('file', new Blob([csv], { type: 'text/csv' }), 'codes.csv');
	const { url, applicationId, secretKey } = sandbox.voucherify;
	const response = await fetch(`${url}/v1/campaigns/${encodeURIComponent('Welcome Gift Card')}/importCSV`, {
		method: 'POST',
		headers: { 'X-App-Id': applicationId, 'X-App-Token': secretKey },
		body: form,
	});
	expect(response.status).toBe(200);
	sandbox.clock.advance(300_000);
	expect((await call('GET', `/v1/vouchers/${encodeURIComponent('X,1')}`)).data).toMatchObject({
		gift: { amount: 1050, balance: 1050 },
		active: false,
		expiration_date: '2099-01-01T00:00:00.000Z',
		metadata: { shop: 'web' },
		campaign: 'Welcome Gift Card',
	});
	expect((await call('GET', '/v1/vouchers/X2')).data).toMatchObject({ gift: { amount: 300 }, active: true });
});
