import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { itemWithFile } from '../nodes/binary.mts';
import { located } from '../nodes/voucherify.mts';

/** One run of an operation of the Voucherify node. */
export interface OperationRun {
	readonly resource: string;
	readonly operation: string;
	readonly parameters: INodeParameters;
	readonly input?: readonly IDataObject[];
	readonly items?: readonly INodeExecutionData[];
}

const customer = located('sourceId', 'customer-000001');
const voucher = located('code', 'HELLO10');
const all = { returnAll: true, simple: true };
const dates = { startDate: '2026-01-01T00:00:00Z', expirationDate: '2027-01-01T00:00:00Z' };
const more = '{"validity_day_of_week": [1, 2]}';
const profile = {
	name: 'Ada',
	email: 'ada@example.com',
	phone: '+48',
	description: 'new',
	birthdate: '1990-05-17T00:00:00',
	line1: 'a',
	line2: 'b',
	postalCode: 'c',
	city: 'd',
	state: 'e',
	country: 'PL',
	metadata: '{"tier": "gold"}',
};
const settings = {
	active: true,
	additionalInfo: 'flyer',
	category: 'News',
	metadata: '{"a": 1}',
	more,
	...dates,
};
const gift = { voucherType: 'GIFT_VOUCHER', giftAmount: 25 };

/** Runs in a sandbox that has the seed, in this order. */
export const VOUCHERS: readonly OperationRun[] = [
	...[
		{ voucherType: 'DISCOUNT_VOUCHER', discountType: 'PERCENT', percentOff: 12.5 },
		{ voucherType: 'DISCOUNT_VOUCHER', discountType: 'AMOUNT', amountOff: 9.99 },
		{ voucherType: 'DISCOUNT_VOUCHER', discountType: 'FIXED', fixedPrice: 5 },
		{ voucherType: 'DISCOUNT_VOUCHER', discountType: 'UNIT', units: 1, unitType: 'prod_coffee' },
		gift,
		{ voucherType: 'LOYALTY_CARD', points: 100 },
	].map((worth, index): OperationRun => ({
		resource: 'voucher',
		operation: 'create',
		parameters: {
			...worth,
			code: index % 2 === 0 ? `NEW-${index}` : '',
			codeFormat: { length: 6, charset: 'ABC123', prefix: 'P-', postfix: '-Q', pattern: 'P-######-Q' },
			settings: { ...settings, redemptionLimit: 3 },
			simple: true,
		},
	})),
	{ resource: 'voucher', operation: 'get', parameters: { voucher, simple: true } },
	{
		resource: 'voucher',
		operation: 'getAll',
		parameters: {
			...all,
			campaign: located('name', 'Newsletter Codes'),
			order: 'code',
			filters: {
				category: 'News',
				customer: 'customer-000001',
				createdAfter: '2020-01-01',
				createdBefore: '2030-01-01',
				updatedAfter: '2020-01-01',
				updatedBefore: '2030-01-01',
			},
		},
	},
	{
		resource: 'voucher',
		operation: 'getAll',
		parameters: { ...all, campaign: located('list', ''), order: '-created_at' },
	},
	{ resource: 'voucher', operation: 'update', parameters: { voucher, settings, simple: true } },
	{ resource: 'voucher', operation: 'disable', parameters: { voucher } },
	{ resource: 'voucher', operation: 'enable', parameters: { voucher } },
	{
		resource: 'voucher',
		operation: 'adjustBalance',
		parameters: {
			voucher: located('code', 'NEW-4'),
			balance: 'gift',
			amount: -1.1,
			options: { reason: 'a', sourceId: 'b' },
		},
	},
	{
		resource: 'voucher',
		operation: 'getTransactions',
		parameters: { ...all, voucher: located('code', 'NEW-4'), order: '-id' },
	},
	{ resource: 'voucher', operation: 'delete', parameters: { voucher, force: true } },
	{
		resource: 'voucher',
		operation: 'import',
		parameters: { ...gift, code: '={{ $json.code }}', settings: { ...settings, redemptionLimit: 1 } },
		input: [{ code: 'IMPORTED-1' }, { code: 'IMPORTED-2' }],
	},
	...['own', 'same'].map((set): OperationRun => ({
		resource: 'voucher',
		operation: 'updateMetadataBulk',
		parameters: { code: '={{ $json.code }}', set, metadata: '{"a": 1}' },
		input: [{ code: 'IMPORTED-1' }, { code: 'IMPORTED-2' }],
	})),
	{
		resource: 'voucher',
		operation: 'importCsv',
		parameters: { binaryField: 'data', waits: true, events: true },
		items: [itemWithFile('Code,Voucher Type,Value\nCSV-1,GIFT_VOUCHER,10\n')],
	},
];

const campaign = located('name', 'Trial');
const campaignSettings = {
	description: 'd',
	category: 'News',
	autoJoin: false,
	joinOnce: true,
	metadata: '{"a": 1}',
	activityDuration: 'P30D',
	more,
	...dates,
};
const codes = { codes: 'STATIC', vouchersCount: 20, codeFormat: { length: 8, prefix: 'T-' } };

export const CAMPAIGNS: readonly OperationRun[] = [
	...[
		{ campaignType: 'DISCOUNT_COUPONS', discountType: 'PERCENT', percentOff: 20, ...codes },
		{ campaignType: 'GIFT_VOUCHERS', giftAmount: 25, codes: 'AUTO_UPDATE', vouchersCount: 0 },
		{ campaignType: 'LOYALTY_PROGRAM', points: 0, ...codes },
		{
			campaignType: 'REFERRAL_PROGRAM',
			discountType: 'AMOUNT',
			amountOff: 5,
			codes: 'STANDALONE',
			referralProgram: '{"conversion_event_type": "redemption"}',
		},
		{
			campaignType: 'PROMOTION',
			promotion:
				'{"tiers": [{"name": "a", "banner": "b", "action": {"discount": {"type": "PERCENT", "percent_off": 10}}}]}',
		},
	].map((type, index): OperationRun => ({
		resource: 'campaign',
		operation: 'create',
		parameters: {
			name: index === 0 ? 'Trial' : `Trial ${index}`,
			settings: { ...campaignSettings, redemptionLimit: 1 },
			waits: true,
			simple: true,
			...type,
		},
	})),
	{ resource: 'campaign', operation: 'get', parameters: { campaign, simple: true } },
	{
		resource: 'campaign',
		operation: 'update',
		parameters: { campaign, settings: campaignSettings, simple: true },
	},
	{ resource: 'campaign', operation: 'disable', parameters: { campaign } },
	{ resource: 'campaign', operation: 'enable', parameters: { campaign } },
	{
		resource: 'campaign',
		operation: 'addVouchers',
		parameters: {
			campaign,
			codes: 'given',
			code: 'GIVEN-1',
			settings: { ...settings, redemptionLimit: 1 },
			simple: true,
		},
	},
	...[1, 5].map((count): OperationRun => ({
		resource: 'campaign',
		operation: 'addVouchers',
		parameters: {
			campaign,
			codes: 'generated',
			count,
			codeFormat: { prefix: 'X-' },
			waits: true,
			simple: true,
		},
	})),
	{
		resource: 'campaign',
		operation: 'importVouchers',
		parameters: { campaign, code: '={{ $json.code }}', settings: { ...settings, redemptionLimit: 1 } },
		input: [{ code: 'IMPORTED-1' }, { code: 'IMPORTED-2' }],
	},
	{
		resource: 'campaign',
		operation: 'importCsv',
		parameters: { campaign, binaryField: 'data', waits: true },
		items: [itemWithFile('Code\nCSV-1\nCSV-2\n')],
	},
	{
		resource: 'campaign',
		operation: 'getTransactions',
		parameters: { ...all, campaign: located('name', 'Trial 1'), order: 'id', filters: { voucherId: 'v_x' } },
	},
	{ resource: 'campaign', operation: 'delete', parameters: { campaign, force: true, waits: true } },
	{
		resource: 'campaign',
		operation: 'delete',
		parameters: { campaign: located('name', 'Trial 1'), force: false, waits: false },
	},
];

const segment = located('name', 'Trial');

export const SEGMENTS: readonly OperationRun[] = [
	{
		resource: 'segment',
		operation: 'create',
		parameters: { name: 'Trial', type: 'static', customers: 'customer-000001, customer-000002' },
	},
	{
		resource: 'segment',
		operation: 'create',
		parameters: {
			name: 'Parisians',
			type: 'auto-update',
			filter: '{"junction": "and", "address.city": {"conditions": {"$is": "Paris"}}}',
		},
	},
	{ resource: 'segment', operation: 'get', parameters: { segment } },
	{ resource: 'segment', operation: 'getMembers', parameters: { ...all, segment } },
	{ resource: 'segment', operation: 'delete', parameters: { segment } },
];

export const CUSTOMERS: readonly OperationRun[] = [
	{ resource: 'customer', operation: 'get', parameters: { customer, simple: true } },
	{ resource: 'customer', operation: 'update', parameters: { customer, fields: profile, simple: true } },
	{ resource: 'customer', operation: 'getSegments', parameters: { customer } },
	{ resource: 'customer', operation: 'getRedeemables', parameters: { ...all, customer, order: '-id' } },
	{
		resource: 'customer',
		operation: 'getActivity',
		parameters: {
			...all,
			customer,
			order: 'created_at',
			filters: {
				campaignId: 'camp_x',
				category: 'ACTION',
				type: 'customer.created',
				from: '2020-01-01',
				to: '2030-01-01',
			},
		},
	},
	{
		resource: 'customer',
		operation: 'upsertBulk',
		parameters: { data: 'form', sourceId: '={{ $json.id }}', fields: profile },
		input: [{ id: 'a' }, { id: 'b' }],
	},
	{
		resource: 'customer',
		operation: 'upsertBulk',
		parameters: { data: 'item' },
		input: [{ source_id: 'a', name: 'Ada', object: 'customer' }, { source_id: 2 }],
	},
	{
		resource: 'customer',
		operation: 'updateMetadataBulk',
		parameters: { sourceId: '={{ $json.id }}', metadata: '{"tier": "gold"}' },
		input: [{ id: 'customer-000001' }, { id: 'customer-000002' }],
	},
	{
		resource: 'customer',
		operation: 'importCsv',
		parameters: { binaryField: 'data', waits: true },
		items: [itemWithFile('Name,Source_id\nAda,csv-1\n')],
	},
	{
		resource: 'asyncAction',
		operation: 'getAll',
		parameters: { ...all, filters: { createdBefore: '2030-01-01' } },
	},
	{ resource: 'customer', operation: 'delete', parameters: { customer, permanently: false } },
	{
		resource: 'customer',
		operation: 'delete',
		parameters: { customer: located('sourceId', 'customer-000002'), permanently: true },
	},
];
