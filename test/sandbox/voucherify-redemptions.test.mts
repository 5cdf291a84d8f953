import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from './voucherify-call.mts';

const DAY_MS = 24 * 60 * 60 * 1000;

let sandbox: Sandbox;
let call: VoucherifyCall;

beforeAll(async () => {
	sandbox = await startSandbox({ codes: 10, customers: 4 });
	call = voucherifyCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** Publishes a code of a campaign to a customer and returns it. */
const codeOf = async (campaign: string, customer = 'ada'): Promise<string> =>
	(await call('POST', '/v1/publications', publicationOf(customer, campaign))).data.voucher.code;
const voucher = (id: string, more: Record<string, unknown> = {}) => ({ object: 'voucher', id, ...more });
const redeem = (redeemables: unknown[], order?: unknown) =>
	call('POST', '/v1/redemptions', {
		redeemables,
		customer: { source_id: 'ada' },
		...(order ? { order } : {}),
	});
const validate = (redeemables: unknown[], order?: unknown) =>
	call('POST', '/v1/validations', { redeemables, ...(order ? { order } : {}) });
const shown = async (code: string) => (await call('GET', `/v1/vouchers/${code}`)).data;
const tier = async (): Promise<string> => (await call('GET', '/v1/promotions/tiers')).data.tiers[0].id;

test('a code is used up by its redemption, and the order pays less', async () => {
	const code = await codeOf('Summer Sale 20%');
	const { data } = await redeem([voucher(code)], { source_id: 'o1', amount: 10_000 });
	expect(data.redemptions).toMatchObject([
		{ result: 'SUCCESS', status: 'SUCCEEDED', customer: { source_id: 'ada' }, voucher: { code } },
	]);
	expect(data.parent_redemption).toBeUndefined();
	expect((await call('GET', '/v1/orders/o1')).data).toMatchObject({
		status: 'PAID',
		amount: 10_000,
		total_discount_amount: 2_000,
		total_applied_discount_amount: 2_000,
		total_amount: 8_000,
		redemptions: { [data.redemptions[0].id]: { related_object_type: 'voucher' } },
	});
	expect((await shown(code)).redemption).toMatchObject({ quantity: 1, redeemed_quantity: 1 });
	const again = await redeem([voucher(code)], { amount: 10_000 });
	expect([again.status, again.data.key]).toEqual([400, 'quantity_exceeded']);
	expect((await shown(code)).redemption.redeemed_quantity).toBe(1);
});

test('a refused redemption is kept as a failure with its reason', async () => {
	const code = await codeOf('Summer Sale 20%');
	await redeem([voucher(code)]);
	await redeem([voucher(code)]);
	const { data } = await call('GET', '/v1/redemptions?result=FAILURE');
	expect(data.redemptions).toMatchObject([
		{ result: 'FAILURE', status: 'FAILED', failure_code: 'quantity_exceeded', voucher: { code } },
	]);
	const one = await call('GET', `/v1/vouchers/${code}/redemption`);
	expect(one.data).toMatchObject({ quantity: 1, redeemed_quantity: 1, total: 2 });
});

test('what works in a stack is redeemed, and what does not fails inside of a 200', async () => {
	const [good, used] = [await codeOf('10 Euro Off'), await codeOf('Summer Sale 20%')];
	await redeem([voucher(used)]);
	const { status, data } = await redeem([voucher(used), voucher(good), voucher('nothing')], {
		amount: 3_000,
	});
	expect(status).toBe(200);
	expect(data.redemptions.map((one: { result: string }) => one.result)).toEqual(['FAILURE', 'SUCCESS']);
	expect(data.redemptions[0]).toMatchObject({ failure_code: 'quantity_exceeded', voucher: { code: used } });
	expect(data.inapplicable_redeemables).toMatchObject([
		{ id: used, status: 'INAPPLICABLE', result: { error: { key: 'quantity_exceeded' } } },
		{ id: 'nothing', status: 'INAPPLICABLE', result: { error: { code: 404 } } },
	]);
	expect(data.order).toMatchObject({ total_amount: 2_000, total_discount_amount: 1_000 });
});

test('discounts of a stack work one after the other on what is left', async () => {
	const [percent, euros] = [await codeOf('Summer Sale 20%'), await codeOf('10 Euro Off')];
	const gift = await codeOf('Welcome Gift Card');
	const redeemables = [
		voucher(euros),
		voucher(percent),
		{ object: 'promotion_tier', id: await tier() },
		voucher(gift, { gift: { credits: 480 } }),
	];
	const { data } = await redeem(redeemables, { source_id: 'o1', amount: 11_000 });
	// Less 10 euro, less 20 %, less 15 %, less 480.
	expect(data.order.total_amount).toBe(6_320);
	expect(data.parent_redemption).toMatchObject({
		result: 'SUCCESS',
		related_object_type: 'redemption',
		related_redemptions: { redemptions: data.redemptions.map(({ id }: { id: string }) => ({ id })) },
	});
	for (const one of data.redemptions) expect(one.redemption).toBe(data.parent_redemption.id);
});

test('a fixed discount never makes an order cheaper than nothing', async () => {
	const { data } = await redeem([voucher(await codeOf('10 Euro Off'))], { amount: 300 });
	expect(data.order).toMatchObject({ amount: 300, total_discount_amount: 300, total_amount: 0 });
});

test('a product discount puts the product into the order', async () => {
	const code = await codeOf('Free Coffee');
	const { data } = await redeem([voucher(code)], {
		items: [{ product_id: 'prod_1', price: 500, quantity: 2 }],
	});
	expect(data.order.items).toMatchObject([
		{ product_id: 'prod_1', quantity: 2, amount: 1_000, price: 500 },
		{ product: { name: 'Coffee' }, quantity: 1, discount_quantity: 1, subtotal_amount: 0 },
	]);
	expect(data.order.total_amount).toBe(1_000);
});

test('a gift card gives what is asked for, or as much as the order needs, and no more than it holds', async () => {
	const code = await codeOf('Welcome Gift Card');
	const { data } = await redeem([voucher(code, { gift: { credits: 700 } })], { amount: 5_000 });
	expect(data.redemptions[0]).toMatchObject({ amount: 700, gift: { amount: 700 } });
	expect((await shown(code)).gift).toMatchObject({ amount: 2_500, balance: 1_800 });
	expect((await redeem([voucher(code)], { amount: 800 })).data.order.total_amount).toBe(0);
	const over = await redeem([voucher(code, { gift: { credits: 1_001 } })], { amount: 5_000 });
	expect([over.status, over.data.key]).toEqual([400, 'gift_amount_exceeded']);
	expect((await redeem([voucher(code)], { amount: 5_000 })).data.redemptions[0].amount).toBe(1_000);
	expect((await redeem([voucher(code)], { amount: 5_000 })).data.key).toBe('gift_amount_exceeded');
	expect((await shown(code)).redemption.redeemed_quantity).toBe(3);
	const { data: list } = await call('GET', `/v1/vouchers/${code}/transactions?order=id`);
	expect(list.data.map(({ type, details }: never) => [type, Object(details).balance.balance])).toEqual([
		['CREDITS_REDEMPTION', 1_800],
		['CREDITS_REDEMPTION', 1_000],
		['CREDITS_REDEMPTION', 0],
	]);
});

test('codes that expired, were disabled or do not exist are refused, each in its way', async () => {
	const [expiring, disabled] = [await codeOf('Summer Sale 20%'), await codeOf('10 Euro Off')];
	await call('POST', `/v1/vouchers/${disabled}/disable`);
	expect((await redeem([voucher(disabled)])).data.key).toBe('voucher_disabled');
	sandbox.clock.advance(100 * DAY_MS);
	expect((await redeem([voucher(expiring)])).data.key).toBe('voucher_expired');
	expect((await redeem([voucher('nothing')])).status).toBe(404);
});

test('a validation says what redeeming would do, and does nothing', async () => {
	const [code, gift] = [await codeOf('Summer Sale 20%'), await codeOf('Welcome Gift Card')];
	const order = { source_id: 'o1', amount: 10_000 };
	const { data } = await validate([voucher(code), voucher(gift), voucher('nothing')], order);
	expect(data).toMatchObject({
		valid: true,
		redeemables: [
			{ status: 'APPLICABLE', id: code, result: { discount: { percent_off: 20 } } },
			{ status: 'APPLICABLE', id: gift, result: { gift: { credits: 2_500, balance: 0 } } },
		],
		inapplicable_redeemables: [{ id: 'nothing' }],
		order: { total_amount: 5_500, total_discount_amount: 4_500 },
	});
	expect((await shown(code)).redemption.redeemed_quantity).toBe(0);
	expect((await shown(gift)).gift.balance).toBe(2_500);
	expect((await call('GET', '/v1/orders/o1')).status).toBe(404);
});

test('a validation of what does not work is no error: it is not valid, and says why', async () => {
	const code = await codeOf('Summer Sale 20%');
	await redeem([voucher(code)]);
	const { status, data } = await validate([voucher(code)]);
	expect(status).toBe(200);
	expect(data).toMatchObject({
		valid: false,
		redeemables: [{ status: 'INAPPLICABLE', id: code, result: { error: { key: 'quantity_exceeded' } } }],
	});
});

test('a rollback gives the code back, cancels the order, and works once', async () => {
	const code = await codeOf('Summer Sale 20%');
	const { data } = await redeem([voucher(code)], { source_id: 'o1', amount: 10_000 });
	const { id } = data.redemptions[0];
	const rollback = await call('POST', `/v1/redemptions/${id}/rollback?reason=Returned`, {});
	expect(rollback.data).toMatchObject({ redemption: id, reason: 'Returned', result: 'SUCCESS' });
	expect((await shown(code)).redemption.redeemed_quantity).toBe(0);
	expect((await call('GET', '/v1/orders/o1')).data).toMatchObject({
		status: 'CANCELED',
		total_amount: 10_000,
	});
	expect((await call('GET', `/v1/redemptions/${id}`)).data).toMatchObject({
		status: 'ROLLED_BACK',
		related_redemptions: { rollbacks: [{ id: rollback.data.id }] },
	});
	const again = await call('POST', `/v1/redemptions/${id}/rollback`, {});
	expect([again.status, again.data.key]).toEqual([400, 'already_rolled_back']);
	expect((await redeem([voucher(code)])).status).toBe(200);
});

test('a stack is rolled back as a whole, by the id of its parent', async () => {
	const [code, gift] = [await codeOf('10 Euro Off'), await codeOf('Welcome Gift Card')];
	const { data } = await redeem([voucher(code), voucher(gift)], { source_id: 'o1', amount: 2_000 });
	expect((await shown(gift)).gift.balance).toBe(1_500);
	const child = await call('POST', `/v1/redemptions/${data.redemptions[0].id}/rollback`, {});
	expect([child.status, child.data.key]).toEqual([400, 'invalid_redemption']);
	const parent = `/v1/redemptions/${data.parent_redemption.id}/rollbacks`;
	const rollback = await call('POST', parent, { reason: 'Returned' });
	expect(rollback.data.rollbacks).toHaveLength(2);
	expect(rollback.data.parent_rollback).toMatchObject({ redemption: data.parent_redemption.id });
	expect(rollback.data.order).toMatchObject({ status: 'CANCELED', total_amount: 2_000 });
	expect((await shown(gift)).gift.balance).toBe(2_500);
	expect((await call('POST', parent, {})).data.key).toBe('already_rolled_back');
});

test('redemptions are listed with rollbacks, newest first, and found by what they are about', async () => {
	const code = await codeOf('Summer Sale 20%');
	sandbox.clock.advance(1_000);
	const { data } = await redeem([voucher(code)]);
	sandbox.clock.advance(1_000);
	await call('POST', `/v1/redemptions/${data.redemptions[0].id}/rollback`, {});
	const list = async (query: string) => (await call('GET', `/v1/redemptions?${query}`)).data;
	const [first, second] = (await list('limit=2')).redemptions;
	expect([first.object, second.id]).toEqual(['redemption_rollback', data.redemptions[0].id]);
	expect((await list('customer=ada')).total).toBe(2);
	expect((await list(`campaign=${encodeURIComponent('Summer Sale 20%')}`)).total).toBe(2);
	expect((await list('filters[object][conditions][$is][0]=redemption&customer=ada')).total).toBe(1);
	expect((await list(`filters[voucher_code][conditions][$in][0]=${code}`)).total).toBe(2);
	expect((await list('page=99&limit=100')).redemptions).toEqual([]);
	expect((await call('GET', '/v1/redemptions?page=100')).status).toBe(400);
});

test('a customer qualifies for the codes held, for tiers of promotions, and for nothing that is used up', async () => {
	const [code, gift] = [await codeOf('Summer Sale 20%'), await codeOf('Welcome Gift Card')];
	const qualify = async (more: Record<string, unknown>): Promise<string[]> => {
		const body = {
			customer: { source_id: 'ada' },
			order: { amount: 5_000 },
			options: { limit: 50 },
			...more,
		};
		const { data } = await call('POST', '/v1/qualifications', body);
		return data.redeemables.data.map(({ id }: { id: string }) => id);
	};
	expect((await qualify({ scenario: 'CUSTOMER_WALLET' })).sort()).toEqual([code, gift].sort());
	expect(await qualify({ scenario: 'ALL' })).toContain(await tier());
	expect(await qualify({ scenario: 'AUDIENCE_ONLY' })).toHaveLength(2);
	await redeem([voucher(code)]);
	expect(await qualify({ scenario: 'CUSTOMER_WALLET' })).toEqual([gift]);
	expect(await qualify({ scenario: 'CUSTOMER_WALLET', customer: { source_id: 'nobody' } })).toEqual([]);
});

test('a long list of what a customer qualifies for goes on from where it stopped', async () => {
	const codes = [
		await codeOf('Summer Sale 20%'),
		await codeOf('10 Euro Off'),
		await codeOf('Welcome Gift Card'),
	];
	const seen: string[] = [];
	let after: string | undefined;
	do {
		const options = { limit: 1, ...(after === undefined ? {} : { starting_after: after }) };
		const body = { customer: { source_id: 'ada' }, scenario: 'CUSTOMER_WALLET', options };
		const { redeemables } = (await call('POST', '/v1/qualifications', body)).data;
		seen.push(...redeemables.data.map(({ id }: { id: string }) => id));
		after = redeemables.more_starting_after;
	} while (after !== undefined);
	expect(seen.sort()).toEqual(codes.sort());
});
