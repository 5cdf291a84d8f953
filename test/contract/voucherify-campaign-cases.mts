import type { Case } from './voucherify-cases.mts';

const CAMPAIGNS = '/v1/campaigns';
const CAMPAIGN = '/v1/campaigns/{campaignId}';
const NOBODY = { ids: ['nobody'], status: 404 } as const;
const ACTION = { method: 'GET', path: '/v1/async-actions/{asyncActionId}', status: 200 } as const;
const CREATE = { method: 'POST', path: CAMPAIGNS, status: 200 } as const;
const PERCENT = { type: 'PERCENT', percent_off: 10 };

/** Everything about campaigns. */
export const CAMPAIGN_CASES: readonly Case[] = [
	{
		...CREATE,
		keep: 'coupons',
		body: {
			name: 'Made coupons',
			campaign_type: 'DISCOUNT_COUPONS',
			type: 'STATIC',
			vouchers_count: 10,
			start_date: '2020-01-01T00:00:00Z',
			expiration_date: '2099-01-01T00:00:00Z',
			validity_day_of_week: [1, 2],
			metadata: { a: 1 },
			voucher: {
				type: 'DISCOUNT_VOUCHER',
				discount: PERCENT,
				redemption: { quantity: 1 },
				code_config: { length: 6, prefix: 'MADE-', charset: 'ABCDEF0123456789' },
			},
		},
	},
	{
		...CREATE,
		body: {
			name: 'Made gifts',
			campaign_type: 'GIFT_VOUCHERS',
			type: 'AUTO_UPDATE',
			join_once: true,
			voucher: { type: 'GIFT_VOUCHER', gift: { amount: 2000 } },
		},
	},
	{
		...CREATE,
		body: {
			name: 'Made club',
			campaign_type: 'LOYALTY_PROGRAM',
			vouchers_count: 2,
			voucher: { type: 'LOYALTY_CARD', loyalty_card: { points: 5 } },
		},
	},
	{
		...CREATE,
		body: {
			name: 'Made referrals',
			campaign_type: 'REFERRAL_PROGRAM',
			referral_program: { conversion_event_type: 'redemption' },
			voucher: { type: 'DISCOUNT_VOUCHER', discount: PERCENT, is_referral_code: true },
		},
	},
	{
		...CREATE,
		body: {
			name: 'Made promotion',
			campaign_type: 'PROMOTION',
			promotion: { tiers: [{ name: 'First', banner: 'Ten', action: { discount: PERCENT } }] },
		},
	},
	{
		...CREATE,
		body: {
			name: 'Made generic',
			campaign_type: 'DISCOUNT_COUPONS',
			type: 'STANDALONE',
			voucher: { type: 'DISCOUNT_VOUCHER', discount: { type: 'FIXED', fixed_amount: 100 } },
		},
	},
	{
		...CREATE,
		status: 409,
		body: {
			name: 'Made generic',
			campaign_type: 'GIFT_VOUCHERS',
			voucher: { type: 'GIFT_VOUCHER', gift: { amount: 2000 } },
		},
	},
	{ method: 'GET', path: CAMPAIGN, ids: ['{coupons.id}'], status: 200 },
	{ method: 'GET', path: CAMPAIGNS, query: 'campaign_status=DRAFT', status: 200 },
	{ method: 'GET', path: CAMPAIGN, ids: ['Made promotion'], status: 200, advanceMs: 300 },
	{
		method: 'PUT',
		path: CAMPAIGN,
		ids: ['Made coupons'],
		body: { description: 'Changed', metadata: { b: 2 }, discount: { type: 'PERCENT', percent_off: 11 } },
		status: 200,
	},
	{ method: 'PUT', path: CAMPAIGN, body: {}, ...NOBODY },
	{ method: 'POST', path: `${CAMPAIGN}/disable`, ids: ['Made coupons'], status: 200 },
	{ method: 'POST', path: `${CAMPAIGN}/enable`, ids: ['Made coupons'], status: 200 },
	{ method: 'POST', path: `${CAMPAIGN}/enable`, ...NOBODY },
	{ method: 'POST', path: `${CAMPAIGN}/disable`, ...NOBODY },
	{ method: 'POST', path: `${CAMPAIGN}/vouchers`, ids: ['Made coupons'], body: {}, status: 200 },
	{
		method: 'POST',
		path: `${CAMPAIGN}/vouchers`,
		ids: ['Made coupons'],
		query: 'vouchers_count=3',
		body: { metadata: { c: 3 } },
		status: 202,
		keep: 'more',
	},
	{ ...ACTION, ids: ['{more.async_action_id}'], advanceMs: 300 },
	{
		method: 'POST',
		path: `${CAMPAIGN}/vouchers/{code}`,
		ids: ['Made coupons', 'CHOSEN'],
		body: { category: 'x', redemption: { quantity: 2 }, metadata: { a: 1 } },
		status: 200,
	},
	{
		method: 'POST',
		path: `${CAMPAIGN}/vouchers/{code}`,
		ids: ['Made gifts', 'CHOSEN'],
		body: {},
		status: 409,
	},
	{
		method: 'POST',
		path: `${CAMPAIGN}/import`,
		ids: ['Made club'],
		body: [{ code: 'CLUB-A', type: 'LOYALTY_CARD', loyalty_card: { points: 7 } }, { code: 'CHOSEN' }],
		status: 202,
		keep: 'import',
	},
	{ ...ACTION, ids: ['{import.async_action_id}'], advanceMs: 300 },
	{
		method: 'POST',
		path: `${CAMPAIGN}/importCSV`,
		ids: ['Made club'],
		sendAs: 'upload',
		body: 'Code,Loyalty Points,Active\nCLUB-B,100,true\nCLUB-A,1,false\n',
		status: 200,
		keep: 'csv',
	},
	{ ...ACTION, ids: ['{csv.async_action_id}'], advanceMs: 300 },
	{ method: 'POST', path: `${CAMPAIGN}/importCSV`, sendAs: 'upload', body: 'Code\nA\n', ...NOBODY },
	{
		method: 'POST',
		path: '/v1/vouchers/{code}/balance',
		ids: ['CLUB-A'],
		body: { amount: 5 },
		status: 200,
	},
	{
		method: 'GET',
		path: `${CAMPAIGN}/transactions`,
		ids: ['Made club'],
		query: 'limit=1&order=id',
		status: 200,
	},
	{
		method: 'POST',
		path: `${CAMPAIGN}/transactions/export`,
		ids: ['Made club'],
		body: { parameters: { fields: ['id', 'amount'] } },
		status: 200,
	},
	{ method: 'POST', path: `${CAMPAIGN}/transactions/export`, body: {}, ...NOBODY },
	{ method: 'DELETE', path: CAMPAIGN, ids: ['Made generic'], status: 202, keep: 'deletion' },
	{ method: 'GET', path: CAMPAIGN, ids: ['Made generic'], status: 200 },
	{ ...ACTION, ids: ['{deletion.async_action_id}'], advanceMs: 300 },
	{ method: 'GET', path: CAMPAIGN, ids: ['Made generic'], status: 404 },
	{ method: 'DELETE', path: CAMPAIGN, ids: ['Made gifts'], query: 'force=true', status: 202 },
	{ method: 'DELETE', path: CAMPAIGN, ...NOBODY },
];
