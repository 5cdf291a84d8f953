import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from './voucherify-call.mts';

const CLUB = '/v1/loyalties/Loyalty%20Club';

let sandbox: Sandbox;
let call: VoucherifyCall;

beforeAll(async () => {
	sandbox = await startSandbox({ codes: 10, customers: 4 });
	call = voucherifyCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** Makes the customer a member and returns the code of the card, which holds 100 points. */
const join = async (customer = 'ada'): Promise<string> =>
	(await call('POST', `${CLUB}/members`, { customer: { source_id: customer } })).data.code;
const member = (code: string) => `/v1/loyalties/members/${code}`;
const balance = async (code: string): Promise<number> =>
	(await call('GET', member(code))).data.loyalty_card.balance;
/** Id of the reward of this type that the program offers. */
const reward = async (code: string, type: string): Promise<string> =>
	(await call('GET', `${member(code)}/rewards`)).data.data.find(
		(one: never) => Object(one).reward.type === type,
	).reward.id;
const redeem = (code: string, id: string, more: Record<string, unknown> = {}) =>
	call('POST', `${member(code)}/redemption`, { reward: { id, ...more } });

test('a customer joins a program once, with one card', async () => {
	const code = await join();
	expect(await join()).toBe(code);
	await join('eve');
	const { data } = await call('GET', `${CLUB}/members?customer=ada`);
	expect(data).toMatchObject({ total: 1, vouchers: [{ code, type: 'LOYALTY_CARD' }] });
	expect((await call('GET', `${CLUB}/members`)).data.total).toBe(2);
	expect((await call('GET', `${CLUB}/members/${code}`)).data.loyalty_card).toMatchObject({ balance: 100 });
	expect((await call('GET', `/v1/loyalties/Refer%20a%20Friend/members/${code}`)).status).toBe(404);
});

test('points come and go, never below nothing, and each change is a transaction', async () => {
	const code = await join();
	const added = await call('POST', `${CLUB}/members/${code}/balance`, { points: 40, reason: 'Sorry' });
	expect(added.data).toMatchObject({ points: 40, total: 140, balance: 140, type: 'loyalty_card' });
	expect((await call('POST', `${member(code)}/balance`, { points: -20 })).data.balance).toBe(120);
	const over = await call('POST', `${member(code)}/balance`, { points: -121 });
	expect(over.status).toBe(400);
	expect(await balance(code)).toBe(120);
	const { data } = await call('GET', `/v1/vouchers/${code}/transactions?order=id`);
	expect(data.data).toMatchObject([{ type: 'POINTS_ADDITION', reason: 'Sorry' }, { type: 'POINTS_REMOVAL' }]);
});

test('a custom event earns points where a rule says so, on the cards of the customer', async () => {
	const [ada, eve] = [await join(), await join('eve')];
	const track = (event: string, more: Record<string, unknown> = {}) =>
		call('POST', '/v1/events', { event, customer: { source_id: 'ada' }, ...more });
	const { data } = await track('review_written', { metadata: { stars: 5 } });
	expect(data).toMatchObject({
		object: 'event',
		type: 'review_written',
		metadata: { stars: 5 },
		loyalty: null,
	});
	expect([await balance(ada), await balance(eve)]).toEqual([150, 100]);
	await track('review_written', { loyalty: { code: eve } });
	await track('page_viewed');
	expect([await balance(ada), await balance(eve)]).toEqual([150, 150]);
});

test('a custom event creates or updates its customer', async () => {
	const customer = { source_id: 'new', name: 'New' };
	await call('POST', '/v1/events', { event: 'seen', customer });
	expect((await call('GET', '/v1/customers/new')).data.name).toBe('New');
});

test('a reward costs points; a code is published for it', async () => {
	const code = await join();
	const { data } = await redeem(code, await reward(code, 'CAMPAIGN'));
	expect(data).toMatchObject({
		result: 'SUCCESS',
		amount: 80,
		loyalty_card: { points: 80 },
		customer: { source_id: 'ada' },
		voucher: { loyalty_card: { balance: 20 } },
		reward: { type: 'CAMPAIGN', voucher: { campaign: '10 Euro Off' } },
	});
	const publications = await call('GET', '/v1/publications?customer=ada&campaign=10%20Euro%20Off');
	expect(publications.data.publications).toMatchObject([{ voucher: { code: data.reward.voucher.code } }]);
	const broke = await redeem(code, await reward(code, 'CAMPAIGN'));
	expect([broke.status, broke.data.key]).toEqual([400, 'loyalty_card_points_exceeded']);
});

test('a reward in stock runs out, and a rollback puts it back with the points', async () => {
	const code = await join();
	await call('POST', `${member(code)}/balance`, { points: 1_000 });
	const mug = await reward(code, 'MATERIAL');
	const first = await redeem(code, mug);
	await redeem(code, mug);
	expect((await redeem(code, mug)).data.key).toBe('reward_stock_exceeded');
	expect(await balance(code)).toBe(1_000);
	await call('POST', `/v1/redemptions/${first.data.id}/rollback`, {});
	expect(await balance(code)).toBe(1_050);
	expect((await call('GET', `/v1/rewards/${mug}`)).data).toMatchObject({ stock: 2, redeemed: 1 });
	expect((await redeem(code, mug)).status).toBe(200);
});

test('points pay an order at the rate of the coins', async () => {
	const code = await join();
	const coins = await reward(code, 'COIN');
	const body = { reward: { id: coins, points: 50 }, order: { source_id: 'o1', amount: 2_000 } };
	await call('POST', `${CLUB}/members/${code}/redemption`, body);
	expect((await call('GET', '/v1/orders/o1')).data).toMatchObject({ total_amount: 1_500, status: 'PAID' });
	expect(await balance(code)).toBe(50);
	expect((await redeem(code, coins)).data.key).toBe('missing_points');
});

test('members see what they can afford', async () => {
	const code = await join();
	const names = async (query: string): Promise<string[]> =>
		(await call('GET', `${member(code)}/rewards${query}`)).data.data.map(
			(one: never) => Object(one).reward.name,
		);
	expect(await names('')).toEqual(['10 euro off', 'Coffee mug', 'Pay with points']);
	await call('POST', `${member(code)}/balance`, { points: -40 });
	expect(await names('?affordable_only=true')).toEqual(['Coffee mug', 'Pay with points']);
});

test('a reward is offered by the programs that it is assigned to, and stays while it is', async () => {
	const code = await join();
	const parameters = { campaign: { id: 'Free Coffee', type: 'DISCOUNT_COUPONS' } };
	const { data } = await call('POST', '/v1/rewards', { name: 'Coffee', parameters });
	expect((await redeem(code, data.id)).data.key).toBe('reward_not_assigned');
	const assignments = `/v1/rewards/${data.id}/assignments`;
	const assign = () =>
		call('POST', assignments, { campaign: 'Loyalty Club', parameters: { loyalty: { points: 5 } } });
	await assign();
	expect((await assign()).status).toBe(409);
	expect((await call('GET', assignments)).data.data).toMatchObject([
		{ parameters: { loyalty: { points: 5 } } },
	]);
	expect((await redeem(code, data.id)).data.reward.voucher.campaign).toBe('Free Coffee');
	const deletion = await call('DELETE', `/v1/rewards/${data.id}`);
	expect([deletion.status, deletion.data.key]).toEqual([400, 'reward_in_use']);
});

test('a referral code has its referrer and those it was handed on to, who can be removed', async () => {
	const { data } = await call('POST', '/v1/publications', publicationOf('ada', 'Refer a Friend'));
	const holders = `/v1/referrals/members/${data.voucher.code}/holders`;
	const added = await call('POST', holders, { holders: [{ source_id: 'eve' }, { source_id: 'bob' }] });
	const roles = async (): Promise<string[]> =>
		(await call('GET', holders)).data.data.map((one: never) => Object(one).holder_role).sort();
	expect(await roles()).toEqual(['REFEREE', 'REFEREE', 'REFERRER']);
	expect((await call('POST', holders, { holders: [{ source_id: 'eve' }] })).status).toBe(409);
	await call('DELETE', `${holders}/${added.data.holders[0].id}`);
	expect(await roles()).toEqual(['REFEREE', 'REFERRER']);
	const { data: list } = await call('GET', `${holders}?filters[holder_role][conditions][$is][0]=REFERRER`);
	expect((await call('DELETE', `${holders}/${list.data[0].id}`)).status).toBe(403);
	const card = await join();
	expect((await call('GET', `/v1/referrals/members/${card}/holders`)).status).toBe(404);
});

test('holders of a referral code are paged by their ids', async () => {
	const { data } = await call('POST', '/v1/publications', publicationOf('ada', 'Refer a Friend'));
	const holders = `/v1/referrals/Refer%20a%20Friend/members/${data.voucher.code}/holders`;
	await call('POST', holders, {
		holders: [{ source_id: 'eve' }, { source_id: 'bob' }, { source_id: 'joe' }],
	});
	const seen = new Set<string>();
	let query = '?limit=3&order=id';
	for (let more = true; more;) {
		const { data: page } = await call('GET', holders + query);
		for (const { id } of page.data) seen.add(id);
		more = page.has_more;
		query = `?limit=3&order=id&starting_after_id=${page.more_starting_after}`;
	}
	expect(seen.size).toBe(4);
});
