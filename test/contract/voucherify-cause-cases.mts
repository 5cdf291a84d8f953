import { publicationOf, type VoucherifyCall } from '../sandbox/voucherify-call.mts';

/** The customer whom every cause is about; known before it. */
export const CUSTOMER = { source_id: 'ada' };

/** A call of the API, and the webhooks that it makes arrive. */
export interface Cause {
	readonly title: string;
	/** What has to be there before; its webhooks are not looked at. */
	readonly before?: (call: VoucherifyCall) => Promise<unknown>;
	readonly act: (call: VoucherifyCall) => Promise<{ status: number }>;
	/** What distributions hear. */
	readonly distribution: readonly string[];
	/** What projects hear. */
	readonly project: readonly string[];
	/** What every distribution's payload holds. */
	readonly data?: Record<string, unknown>;
}

const order = (call: VoucherifyCall, body: Record<string, unknown> = {}) =>
	call('POST', '/v1/orders', { source_id: 'o1', amount: 5_000, customer: CUSTOMER, ...body });
const publish = async (call: VoucherifyCall, campaign: string): Promise<string> =>
	(await call('POST', '/v1/publications', publicationOf('ada', campaign))).data.voucher.code;
const held = async (call: VoucherifyCall, campaign: string): Promise<string> => {
	const { data } = await call(
		'GET',
		`/v1/publications?customer=ada&campaign=${encodeURIComponent(campaign)}`,
	);
	return data.publications[0].voucher.code;
};
const redeem = (call: VoucherifyCall, redeemables: unknown[]) =>
	call('POST', '/v1/redemptions', {
		redeemables,
		customer: CUSTOMER,
		order: { source_id: 'o2', amount: 5_000 },
	});
const redeemHeld = async (call: VoucherifyCall, campaign: string) =>
	await redeem(call, [{ object: 'voucher', id: await held(call, campaign) }]);
const addPoints = async (call: VoucherifyCall, points: number) =>
	await call('POST', `/v1/loyalties/members/${await held(call, 'Loyalty Club')}/balance`, { points });
const redeemReward = async (call: VoucherifyCall, type: string) => {
	const member = `/v1/loyalties/members/${await held(call, 'Loyalty Club')}`;
	const { data } = await call('GET', `${member}/rewards`);
	const { reward } = data.data.find((one: { reward: { type: string } }) => one.reward.type === type);
	return await call('POST', `${member}/redemption`, { reward: { id: reward.id, points: 50 } });
};
const ORDER_REDEEMED = ['customer.order.created', 'customer.order.paid'];
const POINTS = 'voucher.loyalty_card.points_added';
const POINTS_TRANSACTION = 'voucher.loyalty_card.transaction.created';

/** Calls of the API, each with all webhooks that follow. */
export const CAUSES: readonly Cause[] = [
	{
		title: 'a new order',
		act: (call) => order(call),
		distribution: ['customer.order.created'],
		project: [],
		data: { customer: { source_id: 'ada' }, order: { source_id: 'o1', status: 'CREATED', amount: 5_000 } },
	},
	{
		title: 'an order that changes',
		before: (call) => order(call),
		act: (call) => call('PUT', '/v1/orders/o1', { amount: 6_000 }),
		distribution: ['customer.order.updated'],
		project: [],
		data: { order: { amount: 6_000 } },
	},
	{
		title: 'an order that is paid',
		before: (call) => order(call),
		act: (call) => call('PUT', '/v1/orders/o1', { status: 'PAID' }),
		distribution: ['customer.order.updated', 'customer.order.paid'],
		project: [],
		data: { order: { status: 'PAID' } },
	},
	{
		title: 'an order that is paid from the start',
		act: (call) => order(call, { status: 'PAID', items: [{ product_id: 'p1', quantity: 2, price: 100 }] }),
		distribution: ['customer.order.created', 'customer.order.paid'],
		project: [],
	},
	{
		title: 'an order that is canceled',
		before: (call) => order(call),
		act: (call) => call('PUT', '/v1/orders/o1', { status: 'CANCELED' }),
		distribution: ['customer.order.updated', 'customer.order.canceled'],
		project: [],
		data: { order: { status: 'CANCELED' } },
	},
	{
		title: 'gift credits that are added',
		before: (call) => publish(call, 'Welcome Gift Card'),
		act: async (call) => {
			const code = await held(call, 'Welcome Gift Card');
			return await call('POST', `/v1/vouchers/${code}/balance`, { amount: 1_000, reason: 'Birthday' });
		},
		distribution: ['customer.voucher.gift.balance_added'],
		project: ['voucher.gift.transaction.created', 'voucher.gift.balance_added'],
		data: { customer: { source_id: 'ada' }, balance: { amount: 1_000, balance: 3_500 } },
	},
	{
		title: 'loyalty points that are added',
		before: (call) => publish(call, 'Loyalty Club'),
		act: (call) => addPoints(call, 30),
		distribution: [`customer.${POINTS}`],
		project: [POINTS_TRANSACTION, POINTS],
		data: { customer: { source_id: 'ada' }, balance: { points: 30, balance: 130 } },
	},
	{
		title: 'a code that is redeemed',
		before: (call) => publish(call, 'Summer Sale 20%'),
		act: (call) => redeemHeld(call, 'Summer Sale 20%'),
		distribution: [...ORDER_REDEEMED, 'customer.redemption.succeeded'],
		project: ['redemption.succeeded'],
		data: { customer: { source_id: 'ada' }, order: { total_amount: 4_000 } },
	},
	{
		title: 'a gift card that is redeemed',
		before: (call) => publish(call, 'Welcome Gift Card'),
		act: (call) => redeemHeld(call, 'Welcome Gift Card'),
		distribution: [...ORDER_REDEEMED, 'customer.redemption.succeeded'],
		project: ['voucher.gift.transaction.created', 'redemption.succeeded'],
	},
	{
		title: 'a tier of a promotion that is redeemed',
		act: async (call) => {
			const { data } = await call('GET', '/v1/promotions/tiers');
			return await redeem(call, [{ object: 'promotion_tier', id: data.tiers[0].id }]);
		},
		distribution: [...ORDER_REDEEMED, 'customer.redemption.succeeded'],
		project: ['redemption.succeeded'],
	},
	{
		title: 'a redemption that is refused',
		before: async (call) => {
			await publish(call, 'Summer Sale 20%');
			await redeemHeld(call, 'Summer Sale 20%');
		},
		act: (call) => redeemHeld(call, 'Summer Sale 20%'),
		distribution: [],
		project: ['redemption.failed'],
	},
	{
		title: 'a redemption that is rolled back',
		before: async (call) => {
			await publish(call, 'Welcome Gift Card');
			await redeemHeld(call, 'Welcome Gift Card');
		},
		act: (call) => rollBack(call),
		distribution: [
			'customer.order.updated',
			'customer.order.canceled',
			'customer.redemption.rollback.succeeded',
		],
		project: ['voucher.gift.transaction.created', 'redemption.rollback.succeeded'],
		data: { customer: { source_id: 'ada' }, order: { status: 'CANCELED', total_amount: 5_000 } },
	},
	{
		title: 'a redemption that is rolled back again',
		before: async (call) => {
			await publish(call, 'Summer Sale 20%');
			await redeemHeld(call, 'Summer Sale 20%');
			await rollBack(call);
		},
		act: (call) => rollBack(call),
		distribution: [],
		project: ['redemption.rollback.failed'],
	},
	{
		title: 'a reward that is redeemed',
		before: (call) => publish(call, 'Loyalty Club'),
		act: (call) => redeemReward(call, 'MATERIAL'),
		distribution: [
			'customer.redemption.succeeded',
			'customer.rewarded',
			'customer.reward_redemptions.completed',
		],
		project: [POINTS_TRANSACTION, 'redemption.succeeded', 'customer.rewarded'],
		data: { customer: { source_id: 'ada' }, voucher: { loyalty_card: { balance: 50 } } },
	},
	{
		title: 'a reward that is a code',
		before: (call) => publish(call, 'Loyalty Club'),
		act: (call) => redeemReward(call, 'CAMPAIGN'),
		distribution: [
			'customer.publication.succeeded',
			'customer.redemption.succeeded',
			'customer.rewarded',
			'customer.reward_redemptions.completed',
		],
		project: [
			POINTS_TRANSACTION,
			'publication.succeeded',
			'voucher.published',
			'redemption.succeeded',
			'customer.rewarded',
		],
	},
	{
		title: 'a custom event',
		act: (call) =>
			call('POST', '/v1/events', { event: 'page_viewed', customer: CUSTOMER, metadata: { page: '/' } }),
		distribution: ['customer.custom_event'],
		project: [],
		data: { event: { type: 'page_viewed', metadata: { page: '/' } }, customer: { source_id: 'ada' } },
	},
	{
		title: 'a custom event that earns points',
		before: (call) => publish(call, 'Loyalty Club'),
		act: (call) => call('POST', '/v1/events', { event: 'review_written', customer: CUSTOMER }),
		distribution: ['customer.custom_event', `customer.${POINTS}`, 'customer.rewarded.loyalty_points'],
		project: [POINTS_TRANSACTION, POINTS, 'customer.rewarded.loyalty_points'],
	},
	{
		title: 'a custom event about a referral',
		before: (call) => publish(call, 'Refer a Friend'),
		act: async (call) => {
			const code = await held(call, 'Refer a Friend');
			return await call('POST', '/v1/events', { event: 'joined', customer: CUSTOMER, referral: { code } });
		},
		distribution: ['customer.custom_event'],
		project: [],
		data: { referral: { referrer: { source_id: 'ada' }, campaign: { name: 'Refer a Friend' } } },
	},
	{
		title: 'a member who reaches the first tier',
		before: (call) => publish(call, 'Loyalty Club'),
		act: (call) => addPoints(call, 100),
		distribution: [`customer.${POINTS}`, 'customer.loyalty.tier.joined'],
		project: [POINTS_TRANSACTION, POINTS],
	},
	{
		title: 'a member who reaches the next tier',
		before: async (call) => {
			await publish(call, 'Loyalty Club');
			await addPoints(call, 399);
		},
		act: (call) => addPoints(call, 1),
		distribution: [`customer.${POINTS}`, 'customer.loyalty.tier.upgraded'],
		project: [POINTS_TRANSACTION, POINTS],
	},
	{
		title: 'a member who falls to a lower tier',
		before: async (call) => {
			await publish(call, 'Loyalty Club');
			await addPoints(call, 400);
		},
		act: (call) => addPoints(call, -1),
		distribution: ['customer.loyalty.tier.downgraded'],
		project: [POINTS_TRANSACTION],
		data: { loyalty_tier_from: { name: 'Gold' }, loyalty_tier_to: { name: 'Silver' } },
	},
	{
		title: 'a member who falls below the first tier',
		before: async (call) => {
			await publish(call, 'Loyalty Club');
			await addPoints(call, 100);
		},
		act: (call) => addPoints(call, -1),
		distribution: ['customer.loyalty.tier.left'],
		project: [POINTS_TRANSACTION],
		data: { loyalty_tier: { name: 'Silver' } },
	},
	{
		title: 'a code that is published',
		act: (call) => call('POST', '/v1/publications', publicationOf('ada', 'Summer Sale 20%')),
		distribution: ['customer.publication.succeeded'],
		project: ['publication.succeeded', 'voucher.published'],
		data: { customer: { source_id: 'ada' }, voucher: { campaign: 'Summer Sale 20%' } },
	},
	{
		title: 'a customer who enters segments',
		act: (call) => call('POST', '/v1/customers', { source_id: 'new' }),
		distribution: ['customer.segment.entered', 'customer.segment.entered'],
		project: ['customer.created'],
		data: { customer: { source_id: 'new' } },
	},
	{
		title: 'a customer who leaves segments',
		act: (call) => call('DELETE', '/v1/customers/ada'),
		distribution: ['customer.segment.left', 'customer.segment.left'],
		project: ['customer.deleted'],
		data: { customer: { source_id: 'ada' } },
	},
];

/** The cause of that title. */
export function causeOf(title: string): Cause {
	const found = CAUSES.find((cause) => cause.title === title);
	if (found === undefined) throw new Error(`There is no cause "${title}"`);
	return found;
}

async function rollBack(api: VoucherifyCall) {
	const { data } = await api('GET', '/v1/redemptions?customer=ada&order=created_at&limit=1');
	return await api('POST', `/v1/redemptions/${data.redemptions[0].id}/rollback`, { reason: 'Returned' });
}
