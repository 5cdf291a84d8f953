import { VoucherifyServerSide } from '@voucherify/sdk';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';

const CLUB = 'Loyalty Club';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ customers: 4, codes: 10 });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

function client() {
	const { applicationId, secretKey, url } = sandbox.voucherify;
	return VoucherifyServerSide({ applicationId, secretKey, apiUrl: url });
}

test('the client from npm validates, redeems, reads and rolls back', async () => {
	const { validations, redemptions, vouchers } = client();
	const body = {
		redeemables: [{ object: 'voucher' as const, id: 'HELLO10' }],
		customer: { source_id: 'ada' },
		order: { source_id: 'o1', amount: 10_000 },
	};
	expect(await validations.validateStackable(body)).toMatchObject({
		valid: true,
		order: { total_amount: 9_000 },
	});
	const redeemed = await redemptions.redeemStackable(body);
	const id = redeemed.redemptions[0]?.id ?? '';
	expect(await redemptions.get(id)).toMatchObject({ result: 'SUCCESS', order: { source_id: 'o1' } });
	const before = (await vouchers.get('HELLO10')).redemption?.redeemed_quantity ?? 0;
	await redemptions.rollback(id, { reason: 'Returned' });
	expect((await vouchers.get('HELLO10')).redemption?.redeemed_quantity).toBe(before - 1);
	await expect(redemptions.rollback(id)).rejects.toMatchObject({ code: 400, key: 'already_rolled_back' });
});

test('the client from npm makes, changes and lists orders', async () => {
	const { orders } = client();
	const made = await orders.create({ source_id: 'o1', amount: 500, customer: { source_id: 'ada' } });
	await orders.update({ id: made.id ?? '', status: 'PAID' });
	expect(await orders.get('o1')).toMatchObject({ id: made.id, status: 'PAID', amount: 500 });
	expect((await orders.list({ limit: 1 })).orders).toMatchObject([{ source_id: 'o1' }]);
});

test('the client from npm adds members and points, tracks events and redeems rewards', async () => {
	const { loyalties, events, rewards } = client();
	const { code } = await loyalties.createMember(CLUB, { customer: { source_id: 'ada' } });
	await loyalties.addOrRemoveCardBalance(code, { points: 100 }, CLUB);
	const event = 'review_written';
	await events.create(event, { event, customer: { source_id: 'ada' } });
	const member = await loyalties.getMember(CLUB, code);
	expect(member.loyalty_card?.balance).toBe(250);
	const { data } = await rewards.list({ limit: 10 });
	const mug = data.find(({ name }) => name === 'Coffee mug');
	const redemption = await loyalties.redeemReward(CLUB, code, { reward: { id: mug?.id ?? '' } });
	expect(redemption).toMatchObject({ result: 'SUCCESS', reward: { name: 'Coffee mug' } });
});
