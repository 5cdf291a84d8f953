import { publicationOf } from '../sandbox/voucherify-call.mts';
import type { Case } from './voucherify-cases.mts';

const NOBODY = { ids: ['nobody'], status: 404 } as const;
const PUBLISH = { method: 'POST', path: '/v1/publications', status: 200 } as const;
const ORDERS = '/v1/orders';
const ORDER = '/v1/orders/{orderId}';
const REDEEM = { method: 'POST', path: '/v1/redemptions', status: 200 } as const;
const VALIDATE = { method: 'POST', path: '/v1/validations', status: 200 } as const;
const QUALIFY = { method: 'POST', path: '/v1/qualifications', status: 200 } as const;
const REDEMPTION = '/v1/redemptions/{redemptionId}';
const ROLL_BACK = { method: 'POST', path: '/v1/redemptions/{redemptionId}/rollback' } as const;
const ROLL_BACK_ALL = { method: 'POST', path: '/v1/redemptions/{parentRedemptionId}/rollbacks' } as const;
const CUSTOMER = { source_id: 'buyer' };
const ITEMS = [{ product_id: 'prod_1', quantity: 2, price: 2_000 }];

const voucher = (id: string): Record<string, unknown> => ({ object: 'voucher', id });

/** Orders, redemptions, validations and qualifications. */
export const SALES_CASES: readonly Case[] = [
	{
		method: 'POST',
		path: ORDERS,
		body: { source_id: 'first', customer: CUSTOMER, amount: 10_000, metadata: { shop: 'web' } },
		status: 200,
		keep: 'order',
	},
	{
		method: 'POST',
		path: ORDERS,
		body: { status: 'PAID', customer: CUSTOMER, items: ITEMS, created_at: '2026-01-01T00:00:00Z' },
		status: 200,
	},
	{ method: 'POST', path: ORDERS, body: { source_id: 'first' }, status: 409 },
	{ method: 'POST', path: ORDERS, body: { amount: 100, referrer: { source_id: 'friend' } }, status: 200 },
	{ method: 'GET', path: ORDERS, status: 200 },
	{ method: 'GET', path: ORDERS, query: 'limit=100&page=2&order=-updated_at', status: 200 },
	{ method: 'GET', path: ORDER, ids: ['{order.id}'], status: 200 },
	{ method: 'GET', path: ORDER, ids: ['first'], status: 200 },
	{ method: 'GET', path: ORDER, ...NOBODY },
	{ method: 'PUT', path: ORDER, ids: ['first'], body: { status: 'FULFILLED', items: ITEMS }, status: 200 },
	{ method: 'PUT', path: ORDER, body: { status: 'PAID' }, ...NOBODY },
	{
		method: 'POST',
		path: `${ORDERS}/import`,
		body: [
			{ source_id: 'imported', status: 'PAID', amount: 100, customer: CUSTOMER },
			{ source_id: 'first', metadata: { again: true } },
		],
		status: 200,
		keep: 'orders',
	},
	{
		method: 'GET',
		path: '/v1/async-actions/{asyncActionId}',
		ids: ['{orders.async_action_id}'],
		status: 200,
		advanceMs: 500,
	},
	{ ...PUBLISH, body: publicationOf('buyer', 'Summer Sale 20%'), keep: 'discount' },
	{ ...PUBLISH, body: publicationOf('buyer', 'Welcome Gift Card'), keep: 'gift' },
	{ ...PUBLISH, body: publicationOf('buyer', 'Free Coffee'), keep: 'coffee' },
	{ method: 'GET', path: '/v1/promotions/tiers', status: 200, keep: 'tiers' },
	{
		method: 'GET',
		path: '/v1/promotions/tiers',
		query: 'limit=1&page=1&order=-created_at&is_available=true',
		status: 200,
	},
	{ method: 'GET', path: '/v1/promotions/{campaignId}/tiers', ids: ['Summer Happy Hour'], status: 200 },
	{ method: 'GET', path: '/v1/promotions/{campaignId}/tiers', ...NOBODY },
	{
		...VALIDATE,
		body: {
			redeemables: [
				voucher('{discount.voucher.code}'),
				{ ...voucher('{gift.voucher.code}'), gift: { credits: 500 } },
				{ object: 'promotion_tier', id: '{tiers.tiers.0.id}' },
				voucher('nothing'),
			],
			customer: CUSTOMER,
			order: { amount: 10_000 },
			session: { type: 'LOCK' },
			tracking_id: 'visit',
		},
	},
	{ ...VALIDATE, body: { redeemables: [voucher('nothing')] } },
	{ ...QUALIFY, body: { customer: CUSTOMER, order: { items: ITEMS }, scenario: 'ALL' } },
	{
		...QUALIFY,
		body: {
			customer: CUSTOMER,
			scenario: 'CUSTOMER_WALLET',
			tracking_id: 'visit',
			options: {
				limit: 1,
				filters: { junction: 'and', voucher_type: { conditions: { $in: ['GIFT_VOUCHER'] } } },
			},
		},
	},
	{ ...REDEEM, body: { redeemables: [voucher('HELLO10')] } },
	{
		...REDEEM,
		body: {
			redeemables: [
				voucher('{discount.voucher.code}'),
				{ ...voucher('{gift.voucher.code}'), gift: { credits: 500 } },
				voucher('{coffee.voucher.code}'),
				{ object: 'promotion_tier', id: '{tiers.tiers.0.id}' },
				voucher('nothing'),
			],
			customer: CUSTOMER,
			order: { source_id: 'stacked', amount: 10_000 },
			metadata: { till: 1 },
			options: { expand: ['order', 'redeemable'] },
		},
		keep: 'stack',
	},
	{ ...REDEEM, body: { redeemables: [voucher('{discount.voucher.code}')] }, status: 400 },
	{ ...REDEEM, body: { redeemables: [voucher('nothing')] }, status: 404 },
	{
		...REDEEM,
		body: { redeemables: [voucher('HELLO10')], customer: CUSTOMER, order: { id: '{order.id}', amount: 500 } },
		keep: 'single',
	},
	{ method: 'GET', path: '/v1/redemptions', status: 200 },
	{
		method: 'GET',
		path: '/v1/redemptions',
		query:
			'limit=100&page=1&order=voucher_code&customer=buyer&campaign=Hello Everybody&created_at[after]=2020-01-01',
		status: 200,
	},
	{
		method: 'GET',
		path: '/v1/redemptions',
		query: 'result=FAILURE&filters[failure_code][conditions][$is][0]=quantity_exceeded',
		status: 200,
	},
	{ method: 'GET', path: REDEMPTION, ids: ['{single.redemptions.0.id}'], status: 200 },
	{ method: 'GET', path: REDEMPTION, ids: ['{stack.parent_redemption.id}'], status: 200 },
	{ method: 'GET', path: REDEMPTION, ...NOBODY },
	{ method: 'GET', path: '/v1/vouchers/{code}/redemption', ids: ['HELLO10'], status: 200 },
	{ method: 'GET', path: '/v1/vouchers/{code}/redemption', ...NOBODY },
	{
		...ROLL_BACK,
		ids: ['{single.redemptions.0.id}'],
		query: 'reason=wrong size&tracking_id=desk',
		body: { metadata: { desk: 1 }, order: { metadata: { returned: true } } },
		status: 200,
		keep: 'rollback',
	},
	{ ...ROLL_BACK, ids: ['{single.redemptions.0.id}'], body: {}, status: 400 },
	{ ...ROLL_BACK, ids: ['{stack.redemptions.0.id}'], body: {}, status: 400 },
	{ ...ROLL_BACK, body: {}, ...NOBODY },
	{ method: 'GET', path: REDEMPTION, ids: ['{rollback.id}'], status: 200 },
	{
		...ROLL_BACK_ALL,
		ids: ['{stack.parent_redemption.id}'],
		body: { reason: 'Changed their mind', tracking_id: 'desk' },
		status: 200,
	},
	{ ...ROLL_BACK_ALL, ids: ['{stack.parent_redemption.id}'], body: {}, status: 400 },
	{ ...ROLL_BACK_ALL, body: {}, ...NOBODY },
];

/** Requests that the contract forbids: only their answers can be checked. */
export const REFUSED_SALES: readonly Case[] = [
	{ method: 'POST', path: ORDERS, body: { status: 'LOST' }, status: 400 },
	{ method: 'POST', path: ORDERS, body: { items: [{ quantity: 0 }] }, status: 400 },
	{ method: 'POST', path: `${ORDERS}/import`, body: [], status: 400 },
	{ ...REDEEM, body: { redeemables: [] }, status: 400 },
	{ ...REDEEM, body: { redeemables: Array.from({ length: 31 }, (_, i) => voucher(`c${i}`)) }, status: 400 },
	{ ...VALIDATE, body: {}, status: 400 },
	{ ...QUALIFY, body: { options: { limit: 0 } }, status: 400 },
	{ method: 'POST', path: '/v1/events', body: { event: 'seen' }, status: 400 },
	{ method: 'POST', path: '/v1/rewards', body: { name: 'Nothing' }, status: 400 },
];
