import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from './voucherify-call.mts';

const DISCOUNT = { type: 'DISCOUNT_VOUCHER', discount: { type: 'AMOUNT', amount_off: 1000 } };

let sandbox: Sandbox;
let call: VoucherifyCall;

beforeAll(async () => {
	sandbox = await startSandbox({ customers: 5, codes: 30 });
	call = voucherifyCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function codes(query: string): Promise<string[]> {
	const { data } = await call('GET', `/v1/vouchers?limit=100&${query}`);
	expect(data.total).toBeGreaterThanOrEqual(data.vouchers.length);
	return data.vouchers.map(({ code }: { code: string }) => code);
}

test('a random code follows its code_config', async () => {
	const config = { pattern: 'VIP-##-####-X', charset: 'ABC' };
	const made = await call('POST', '/v1/vouchers', { ...DISCOUNT, code_config: config });
	expect(made.data.code).toMatch(/^VIP-[ABC]{2}-[ABC]{4}-X$/);
	expect((await call('GET', `/v1/vouchers/${made.data.code}`)).data).toMatchObject({
		id: made.data.id,
		campaign: null,
		discount: { amount_off: 1000 },
	});
});

test('a code can be made only once, in whatever campaign it is', async () => {
	expect((await call('POST', '/v1/vouchers/ONLY', DISCOUNT)).status).toBe(200);
	for (const path of [
		'/v1/vouchers/ONLY',
		`/v1/campaigns/${encodeURIComponent('10 Euro Off')}/vouchers/ONLY`,
	]) {
		const again = await call('POST', path, DISCOUNT);
		expect([again.status, again.data.key]).toEqual([409, 'duplicate_found']);
	}
});

test('a code outside of campaigns is published to one customer and to no other', async () => {
	await call('POST', '/v1/vouchers/LOOSE', DISCOUNT);
	const mine = await call('POST', '/v1/publications', { customer: { source_id: 'a' }, voucher: 'LOOSE' });
	expect([mine.status, mine.data.voucher.holder_id]).toEqual([200, mine.data.customer_id]);
	const other = await call('POST', '/v1/publications', { customer: { source_id: 'b' }, voucher: 'LOOSE' });
	expect([other.status, other.data.key]).toEqual([400, 'voucher_already_published']);
});

test('an update changes what it names, merges metadata, and leaves other codes alone', async () => {
	const [first = '', second = ''] = await codes('campaign=Newsletter Codes');
	const before = (await call('GET', `/v1/vouchers/${first}`)).data;
	const { data } = await call('PUT', `/v1/vouchers/${first}`, {
		metadata: { shelf: 'top' },
		category: 'spring',
		expiration_date: '2099-01-01T00:00:00.000Z',
	});
	expect(data).toMatchObject({
		metadata: { ...before.metadata, shelf: 'top' },
		category: 'spring',
		expiration_date: '2099-01-01T00:00:00.000Z',
		discount: before.discount,
	});
	expect((await call('GET', `/v1/vouchers/${second}`)).data).toMatchObject({
		metadata: before.metadata,
		category: null,
		expiration_date: before.expiration_date,
	});
	expect(await codes('category=spring')).toEqual([first]);
});

test('lists find vouchers by the instant of their creation', async () => {
	const start = new Date(sandbox.clock.millis() - 1).toISOString();
	await call('POST', '/v1/vouchers/NEW-1', DISCOUNT);
	sandbox.clock.advance(10_000);
	const middle = sandbox.clock.now().toISOString();
	await call('POST', '/v1/vouchers/NEW-2', { ...DISCOUNT, campaign: 'Newsletter Codes' });
	expect(await codes(`created_at[after]=${start}&order=created_at`)).toEqual(['NEW-1', 'NEW-2']);
	expect(await codes(`created_at[after]=${start}&created_at[before]=${middle}`)).toEqual(['NEW-1']);
	expect((await codes('order=-created_at'))[0]).toBe('NEW-2');
	expect(await codes('filters[type][conditions][$is][0]=GIFT_VOUCHER')).toEqual([]);
});

test('pages of vouchers end after the 99th', async () => {
	expect((await call('GET', '/v1/vouchers?page=99')).status).toBe(200);
	expect((await call('GET', '/v1/vouchers?page=100')).status).toBe(400);
});

test('a disabled code is not handed out until it is enabled again', async () => {
	const all = await codes('campaign=Last Codes');
	for (const code of all) await call('POST', `/v1/vouchers/${code}/disable`);
	const none = await call('POST', '/v1/publications', publicationOf('a', 'Last Codes'));
	expect([none.status, none.data.key]).toEqual([400, 'no_voucher_suitable_for_publication']);
	const enabled = await call('POST', `/v1/vouchers/${all[1]}/enable`);
	expect(enabled.data.active).toBe(true);
	const one = await call('POST', '/v1/publications', publicationOf('a', 'Last Codes'));
	expect(one.data.voucher.code).toBe(all[1]);
});

test('a deleted code is gone from its campaign, goes to the bin unless forced, and is never handed out', async () => {
	const [first = '', second = '', third = ''] = await codes('campaign=Last Codes&order=code');
	expect((await call('DELETE', `/v1/vouchers/${first}`)).status).toBe(204);
	expect((await call('DELETE', `/v1/vouchers/${second}?force=true`)).status).toBe(204);
	expect((await call('GET', `/v1/vouchers/${first}`)).status).toBe(404);
	expect(await codes('campaign=Last Codes')).toEqual([third]);
	const { data: state } = await call('GET', '/_sandbox/state');
	expect(state.voucherify.bin).toMatchObject([{ object: 'voucher', name: first }]);
	const one = await call('POST', '/v1/publications', publicationOf('a', 'Last Codes'));
	expect(one.data.voucher.code).toBe(third);
	expect((await call('POST', '/v1/publications', publicationOf('b', 'Last Codes'))).status).toBe(400);
});
