import type { Case } from './voucherify-cases.mts';

const CUSTOMERS = '/v1/customers';
const CUSTOMER = '/v1/customers/{customerId}';
const NOBODY = { ids: ['nobody'], status: 404 } as const;
const ACTION = { method: 'GET', path: '/v1/async-actions/{asyncActionId}', status: 200 } as const;
const SEGMENTS = '/v1/segments';

/** Customers by the many, what they hold and did, and segments by filter. */
export const CUSTOMER_CASES: readonly Case[] = [
	{
		method: 'POST',
		path: `${CUSTOMERS}/bulk/async`,
		body: [
			{ source_id: 'grace', name: 'Grace', metadata: { team: 'red' }, address: { city: 'Paris' } },
			{ source_id: 'hugo', email: 'hugo@example.com' },
			{ source_id: '' },
		],
		status: 202,
		keep: 'bulk',
	},
	{ ...ACTION, ids: ['{bulk.async_action_id}'] },
	{ ...ACTION, ids: ['{bulk.async_action_id}'], advanceMs: 150 },
	{ ...ACTION, ids: ['{bulk.async_action_id}'], advanceMs: 300 },
	{
		method: 'POST',
		path: `${CUSTOMERS}/metadata/async`,
		body: { source_ids: ['grace', 'nobody'], metadata: { team: 'blue' } },
		status: 202,
		keep: 'metadata',
	},
	{ ...ACTION, ids: ['{metadata.async_action_id}'], advanceMs: 300 },
	{
		method: 'POST',
		path: `${CUSTOMERS}/importCSV`,
		sendAs: 'upload',
		body: 'Name,Source_id,Address_City,shoe\nInes,ines,Rome,39\nNameless,,,\n',
		status: 202,
		keep: 'csv',
	},
	{ ...ACTION, ids: ['{csv.async_action_id}'], advanceMs: 300 },
	{
		method: 'POST',
		path: SEGMENTS,
		body: {
			name: 'Red team',
			type: 'auto-update',
			filter: { junction: 'and', 'metadata.team': { conditions: { $is: ['red'] } } },
		},
		status: 200,
		keep: 'red',
	},
	{
		method: 'POST',
		path: SEGMENTS,
		body: {
			name: 'Buyers',
			type: 'passive',
			filter: { 'summary.orders.total_count': { conditions: { $more_than: [0] } } },
		},
		status: 200,
	},
	{ method: 'GET', path: SEGMENTS, query: 'order=-created_at&limit=1', status: 200 },
	{ method: 'GET', path: CUSTOMERS, query: 'segment_id={red.id}', status: 200 },
	{
		method: 'POST',
		path: '/v1/publications',
		body: { customer: 'grace', campaign: 'Loyalty Club' },
		status: 200,
	},
	{ method: 'POST', path: '/v1/publications', body: { customer: 'grace', voucher: 'HELLO10' }, status: 200 },
	{
		method: 'POST',
		path: '/v1/publications',
		body: { customer: 'grace', campaign: 'Welcome Gift Card' },
		status: 200,
	},
	{
		method: 'GET',
		path: `${CUSTOMER}/redeemables`,
		ids: ['grace'],
		query: 'limit=1&order=id',
		status: 200,
		keep: 'held',
	},
	{
		method: 'GET',
		path: `${CUSTOMER}/redeemables`,
		ids: ['grace'],
		query:
			'starting_after_id={held.more_starting_after}&filters[voucher_type][conditions][$is][0]=GIFT_VOUCHER',
		status: 200,
	},
	{ method: 'GET', path: `${CUSTOMER}/redeemables`, ...NOBODY },
	{
		method: 'GET',
		path: `${CUSTOMER}/activity`,
		ids: ['grace'],
		query: 'limit=1&order=-created_at&campaign_type=LOYALTY_PROGRAM',
		status: 200,
	},
	{
		method: 'GET',
		path: `${CUSTOMER}/activity`,
		ids: ['grace'],
		query: 'type=customer.publication.succeeded&category=ACTION&start_date=2020-01-01',
		status: 200,
	},
	{ method: 'GET', path: `${CUSTOMER}/activity`, ...NOBODY },
	{ method: 'GET', path: `${CUSTOMER}/activities`, ids: ['grace'], query: 'order=created_at', status: 200 },
	{ method: 'POST', path: `${CUSTOMER}/permanent-deletion`, ids: ['grace'], status: 200 },
	{ method: 'POST', path: `${CUSTOMER}/permanent-deletion`, ids: ['grace'], status: 404 },
];
