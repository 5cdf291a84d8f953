import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { itemWithFile } from './binary.mts';
import { expectSchema } from './output-schema.mts';
import { customers, jsonOf, located, publishing, runVoucherify } from './voucherify.mts';

/** Campaigns that give every kind of code. */
const CAMPAIGNS = [
	'Summer Sale 20%',
	'10 Euro Off',
	'Free Coffee',
	'Welcome Gift Card',
	'Loyalty Club',
	'Refer a Friend',
];

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ asyncMs: 30 });
	for (const campaign of CAMPAIGNS) await runVoucherify(sandbox, publishing(campaign), customers(1));
	const { balances, campaigns } = sandbox.voucherify.state;
	balances.adjustBalance(campaigns.get('Welcome Gift Card').voucher(0).code, 100, {
		reason: 'a',
		sourceId: 'b',
	});
});
afterAll(async () => await sandbox.close());

const customer = located('sourceId', 'customer-000001');
const all = { returnAll: true, simple: true };
const trial = located('name', 'Trial');
const settings = { metadata: '{"a": 1}', startDate: '2026-01-01', expirationDate: '2030-01-01' };
const gift = { voucherType: 'GIFT_VOUCHER', giftAmount: 25 };
const card = located('code', 'CARD');
const trialSegment = located('name', 'Trial');
const sourceId = '={{ $json.source_id }}';
const code = '={{ $json.code }}';
const byCode = [{ json: { code: 'NEW-1' } }];
const byId = [{ json: { source_id: 'customer-000001' } }];
const members = CAMPAIGNS.map((campaign) => ({ json: { campaign } }));

type Row = readonly [string, INodeParameters, INodeExecutionData[]?];

/** In this order: what one makes, the next ones find. */
const RUNS: readonly Row[] = [
	[
		'campaign/create',
		{
			name: 'Trial',
			campaignType: 'DISCOUNT_COUPONS',
			codes: 'STATIC',
			vouchersCount: 20,
			discountType: 'PERCENT',
			percentOff: 20,
			settings: { ...settings, description: 'For regulars', category: 'News' },
			waits: true,
			simple: true,
		},
	],
	['campaign/get', { campaign: located('name', '={{ $json.campaign }}'), simple: true }, members],
	[
		'campaign/update',
		{ campaign: trial, settings: { description: 'For all', category: 'News' }, simple: true },
	],
	['campaign/disable', { campaign: trial }],
	['campaign/enable', { campaign: trial }],
	['campaign/addVouchers', { campaign: trial, codes: 'given', code: 'GIVEN', settings, simple: true }],
	['campaign/importVouchers', { campaign: trial, code }, byCode],
	[
		'campaign/importCsv',
		{ campaign: trial, binaryField: 'data', waits: true },
		[itemWithFile('Code\nCSV-1\n')],
	],
	['voucher/create', { ...gift, code: 'CARD', settings, simple: true }],
	[
		'voucher/adjustBalance',
		{ voucher: card, balance: 'gift', amount: 5, options: { reason: 'a', sourceId: 'b' } },
	],
	['voucher/getTransactions', { ...all, voucher: card, order: '-id' }],
	['campaign/getTransactions', { ...all, campaign: located('name', 'Welcome Gift Card'), order: '-id' }],
	['voucher/get', { voucher: card, simple: true }],
	[
		'voucher/getAll',
		{ ...all, campaign: located('list', ''), order: 'created_at', filters: { customer: 'customer-000001' } },
	],
	['voucher/update', { voucher: card, settings, simple: true }],
	['voucher/disable', { voucher: card }],
	['voucher/enable', { voucher: card }],
	['voucher/import', { ...gift, code }, [{ json: { code: 'NEW-2' } }]],
	['voucher/updateMetadataBulk', { code, set: 'same', metadata: '{"a": 1}' }, byCode],
	[
		'voucher/importCsv',
		{ binaryField: 'data', waits: true, events: false },
		[itemWithFile('Code,Voucher Type,Value\nCSV-2,GIFT_VOUCHER,10\n')],
	],
	['voucher/delete', { voucher: card, force: false }],
	['customer/get', { customer, simple: true }],
	['customer/update', { customer, fields: { description: 'new', birthdate: '1990-05-17' }, simple: true }],
	['customer/getSegments', { customer }],
	['customer/getRedeemables', { ...all, customer, order: '-id' }],
	['customer/getActivity', { ...all, customer, order: '-created_at' }],
	['customer/upsertBulk', { data: 'item' }, byId],
	['customer/updateMetadataBulk', { sourceId, metadata: '{"a": 1}' }, byId],
	['customer/importCsv', { binaryField: 'data', waits: true }, [itemWithFile('Name,Source_id\nAda,csv-1\n')]],
	['segment/create', { name: 'Trial', type: 'static', customers: 'customer-000001' }],
	['segment/get', { segment: trialSegment }],
	['segment/getMembers', { ...all, segment: located('name', 'VIP') }],
	['segment/delete', { segment: trialSegment }],
	['asyncAction/getAll', { ...all }],
	['asyncAction/get', { asyncActionId: '={{ $json.asyncAction }}' }],
	['asyncAction/waitFor', { asyncActionId: '={{ $json.asyncAction }}' }],
	['customer/delete', { customer, permanently: true }],
	['campaign/delete', { campaign: trial, force: true, waits: true }],
];

const CASES = RUNS.map(([name, parameters, items]) => ({ name, parameters, items }));

test.each(CASES)(
	'the output schema of $name describes what comes out',
	async ({ name, parameters, items }) => {
		const [resource, operation] = name.split('/');
		const action = sandbox.voucherify.state.asyncActions.all.find(
			({ type }) => type === 'CUSTOMERS.BULK_UPDATE',
		);
		const run = await runVoucherify(sandbox, { resource, operation, ...parameters }, [], {
			items: items ?? [{ json: { asyncAction: action?.id ?? '' } }],
		});
		expect(run.error).toBeUndefined();
		expectSchema('Voucherify', name, jsonOf(run.items));
	},
);
