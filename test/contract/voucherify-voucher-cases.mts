import type { Case } from './voucherify-cases.mts';

const VOUCHERS = '/v1/vouchers';
const VOUCHER = '/v1/vouchers/{code}';
const BALANCE = '/v1/vouchers/{code}/balance';
const TRANSACTIONS = '/v1/vouchers/{code}/transactions';
const NOBODY = { ids: ['nobody'], status: 404 } as const;
const ACTION = { method: 'GET', path: '/v1/async-actions/{asyncActionId}', status: 200 } as const;
const GIFT = { type: 'GIFT_VOUCHER', gift: { amount: 5000 } };
const DISCOUNT = { type: 'DISCOUNT_VOUCHER', discount: { type: 'AMOUNT', amount_off: 1000 } };

/** Everything about vouchers and asynchronous actions. */
export const VOUCHER_CASES: readonly Case[] = [
	{
		method: 'POST',
		path: VOUCHERS,
		body: { ...DISCOUNT, code_config: { pattern: 'A-##-B', charset: 'XYZ' }, metadata: { a: 1 } },
		status: 200,
		keep: 'drawn',
	},
	{ method: 'POST', path: VOUCHERS, body: { ...GIFT, code: 'GIFT-1', active: true }, status: 200 },
	{
		method: 'POST',
		path: VOUCHERS,
		body: { type: 'LOYALTY_CARD', loyalty_card: { points: 10 }, code: 'CARD-1' },
		status: 200,
	},
	{
		method: 'POST',
		path: VOUCHER,
		ids: ['UNIT-1'],
		body: {
			type: 'DISCOUNT_VOUCHER',
			discount: { type: 'UNIT', unit_off: 1, unit_type: 'prod_1', effect: 'ADD_NEW_ITEMS' },
			expiration_date: '2099-01-01T00:00:00Z',
			category: 'shoes',
			redemption: { quantity: 3 },
		},
		status: 200,
	},
	{
		method: 'POST',
		path: VOUCHER,
		ids: ['PERCENT-1'],
		body: {
			type: 'DISCOUNT_VOUCHER',
			discount: { type: 'PERCENT', percent_off: 10, amount_limit: 2000 },
			campaign: 'Newsletter Codes',
		},
		status: 200,
	},
	{
		method: 'POST',
		path: VOUCHER,
		ids: ['FIXED-1'],
		body: { type: 'DISCOUNT_VOUCHER', discount: { type: 'FIXED', fixed_amount: 900 } },
		status: 200,
	},
	{ method: 'POST', path: VOUCHER, ids: ['GIFT-1'], body: GIFT, status: 409 },
	{ method: 'GET', path: VOUCHER, ids: ['{drawn.code}'], status: 200 },
	{ method: 'GET', path: VOUCHERS, query: 'category=shoes&order=-updated_at', status: 200 },
	{
		method: 'GET',
		path: VOUCHERS,
		query: 'campaign=Last Codes&created_at[after]=2020-01-01&limit=100&page=1',
		status: 200,
	},
	{ method: 'PUT', path: VOUCHER, ids: ['GIFT-1'], body: { metadata: { a: 1 }, active: false }, status: 200 },
	{
		method: 'PUT',
		path: VOUCHER,
		ids: ['{drawn.code}'],
		body: { discount: { type: 'PERCENT', percent_off: 20 }, type: 'DISCOUNT_VOUCHER' },
		status: 200,
	},
	{ method: 'PUT', path: VOUCHER, body: {}, ...NOBODY },
	{ method: 'POST', path: `${VOUCHER}/enable`, ids: ['GIFT-1'], status: 200 },
	{ method: 'POST', path: `${VOUCHER}/disable`, ids: ['GIFT-1'], status: 200 },
	{ method: 'POST', path: `${VOUCHER}/enable`, ...NOBODY },
	{ method: 'POST', path: `${VOUCHER}/disable`, ...NOBODY },
	{ method: 'POST', path: BALANCE, ids: ['GIFT-1'], body: { amount: 1000, reason: 'Sorry' }, status: 200 },
	{ method: 'POST', path: BALANCE, ids: ['GIFT-1'], body: { amount: -500, source_id: 't1' }, status: 200 },
	{ method: 'POST', path: BALANCE, ids: ['CARD-1'], body: { amount: 5 }, status: 200 },
	{ method: 'POST', path: BALANCE, ids: ['CARD-1'], body: { amount: -500 }, status: 400 },
	{ method: 'POST', path: BALANCE, ids: ['UNIT-1'], body: { amount: 5 }, status: 400 },
	{ method: 'POST', path: BALANCE, body: { amount: 5 }, ...NOBODY },
	{
		method: 'GET',
		path: TRANSACTIONS,
		ids: ['GIFT-1'],
		query: 'limit=1&order=-id',
		status: 200,
		keep: 'first',
	},
	{
		method: 'GET',
		path: TRANSACTIONS,
		ids: ['GIFT-1'],
		query: 'starting_after_id={first.more_starting_after}&limit=1',
		status: 200,
	},
	{ method: 'GET', path: TRANSACTIONS, ...NOBODY },
	{
		method: 'POST',
		path: `${TRANSACTIONS}/export`,
		ids: ['GIFT-1'],
		body: { parameters: { fields: ['id', 'amount'], order: 'created_at' } },
		status: 200,
	},
	{ method: 'POST', path: `${TRANSACTIONS}/export`, body: {}, ...NOBODY },
	{
		method: 'POST',
		path: `${VOUCHERS}/import`,
		body: [
			{ ...GIFT, code: 'IMPORTED-1' },
			{ ...DISCOUNT, code: 'GIFT-1' },
		],
		status: 202,
		keep: 'import',
	},
	{ ...ACTION, ids: ['{import.async_action_id}'] },
	{ ...ACTION, ids: ['{import.async_action_id}'], advanceMs: 300 },
	{
		method: 'POST',
		path: `${VOUCHERS}/importCSV`,
		sendAs: 'upload',
		body: 'Code,Voucher Type,Value,Discount Type,shop\nCSV-1,DISCOUNT_VOUCHER,10.50,AMOUNT,web\nGIFT-1,GIFT_VOUCHER,3,,\n',
		status: 202,
		keep: 'csv',
	},
	{ ...ACTION, ids: ['{csv.async_action_id}'], advanceMs: 300 },
	{
		method: 'POST',
		path: `${VOUCHERS}/bulk/async`,
		body: [
			{ code: 'CSV-1', metadata: { a: 1 } },
			{ code: 'nobody', metadata: { a: 1 } },
		],
		status: 202,
		keep: 'bulk',
	},
	{ ...ACTION, ids: ['{bulk.async_action_id}'], advanceMs: 300 },
	{
		method: 'POST',
		path: `${VOUCHERS}/metadata/async`,
		body: { codes: ['CSV-1', 'nobody'], metadata: { b: 2 } },
		status: 202,
		keep: 'metadata',
	},
	{ ...ACTION, ids: ['{metadata.async_action_id}'], advanceMs: 300 },
	{ ...ACTION, ...NOBODY },
	{ method: 'GET', path: '/v1/async-actions', status: 200 },
	{ method: 'GET', path: '/v1/async-actions', query: 'limit=1&end_date=2099-01-01T00:00:00Z', status: 200 },
	{ method: 'DELETE', path: VOUCHER, ids: ['CSV-1'], status: 204 },
	{ method: 'DELETE', path: VOUCHER, ids: ['IMPORTED-1'], query: 'force=true', status: 204 },
	{ method: 'DELETE', path: VOUCHER, ids: ['CSV-1'], status: 404 },
];
