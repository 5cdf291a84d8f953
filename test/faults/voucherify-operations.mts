import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Voucher } from '../../sandbox/voucherify/voucher.mts';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import { itemWithFile } from '../nodes/binary.mts';
import { codesOf, customers, jsonOf, located, publishing, runVoucherify } from '../nodes/voucherify.mts';
import { numbered, withSecond, type AwaitedJob, type WriteOperation } from './write-operation.mts';

const THREE = 3;
const state = ({ voucherify }: Sandbox) => voucherify.state;
const byCode = located('code', '={{ $json.code }}');
const bySourceId = located('sourceId', '={{ $json.customer }}');
const givenCodes = () => numbered(THREE, (n) => ({ code: `GIVEN-${n}` }));
const names = () => numbered(THREE, (n) => ({ name: `Trial ${n}` }));
const threeCustomers = () => customers(THREE);
const known = ['Summer Sale 20%', '10 Euro Off', 'Free Coffee'];
const knownCampaigns = () => known.map((name) => ({ name }));
const byName = located('name', '={{ $json.name }}');

/** An asynchronous action behind an operation. */
const asyncAction: AwaitedJob = {
	fail: (sandbox) => state(sandbox).asyncActions.failNext(Infinity),
};
/** A code that there is already. */
const TAKEN = 'HELLO10';
const withTakenCode = () => withSecond(givenCodes(), { code: TAKEN });

/** Vouchers with the codes of the input, as they are now. */
const vouchers = (sandbox: Sandbox, codes: readonly string[]): Voucher[] =>
	codes.flatMap((code) => state(sandbox).campaigns.findVoucher(code) ?? []);
const given = (sandbox: Sandbox): Voucher[] =>
	vouchers(
		sandbox,
		givenCodes().map(({ code }) => code),
	);

/** Codes of a campaign that three customers hold. */
async function held(sandbox: Sandbox, campaign: string): Promise<IDataObject[]> {
	const { items } = await runVoucherify(sandbox, publishing(campaign), threeCustomers());
	return codesOf(items).map((code, index) => ({ code, ...threeCustomers()[index] }));
}

/** Codes of a static campaign that nobody holds. */
const unheld = (sandbox: Sandbox): IDataObject[] =>
	numbered(THREE, (n) => ({ code: state(sandbox).campaigns.get('Newsletter Codes').voucher(n).code }));

/** The amounts of all movements on gift cards and loyalty cards, in units of `amount`. */
const moved = (sandbox: Sandbox, amount: number): number =>
	state(sandbox).balances.all.filter((transaction) => transaction.amount === amount).length;

const activities = (sandbox: Sandbox, type: string): number =>
	threeCustomers().reduce((sum, { customer }) => {
		const { id } = state(sandbox).customers.get(String(customer));
		return (
			sum +
			state(sandbox)
				.activities.ofCustomer(id)
				.filter((activity) => activity.type === type).length
		);
	}, 0);

const redeemed = (sandbox: Sandbox): number =>
	[...state(sandbox).campaigns.all.flatMap(({ vouchers: stock }) => stock.touched)].reduce(
		(sum, voucher) => sum + (voucher.campaign?.name === '10 Euro Off' ? voucher.redeemedQuantity : 0),
		0,
	);

const redeeming: INodeParameters = {
	redeemables: { redeemable: [{ kind: 'voucher', id: '={{ $json.code }}' }] },
	customer: bySourceId,
	order: { amount: 100 },
	onRefusal: 'fail',
	simple: true,
};

const VOUCHERS: readonly WriteOperation[] = [
	{
		name: 'Voucher: Create, given codes',
		service: 'voucherify',
		parameters: { ...op('voucher', 'create'), ...gift(), code: '={{ $json.code }}', simple: true },
		input: givenCodes,
		path: '^/v1/vouchers',
		repeatable: false,
		done: (sandbox) => given(sandbox).length,
	},
	{
		name: 'Voucher: Create, generated codes',
		service: 'voucherify',
		parameters: { ...op('voucher', 'create'), ...gift(), code: '', codeFormat: { length: 8 }, simple: true },
		input: givenCodes,
		path: '^/v1/vouchers',
		repeatable: false,
		done: (sandbox) => state(sandbox).campaigns.loose.count,
	},
	{
		name: 'Voucher: Update',
		service: 'voucherify',
		parameters: { ...op('voucher', 'update'), voucher: byCode, settings: { category: 'New' }, simple: true },
		input: unheld,
		path: '^/v1/vouchers/',
		method: 'PUT',
		repeatable: true,
		done: (sandbox) => news(sandbox).filter(({ traits }) => traits.category === 'New').length,
	},
	...(['disable', 'enable'] as const).map((operation): WriteOperation => ({
		name: `Voucher: ${operation === 'enable' ? 'Enable' : 'Disable'}`,
		service: 'voucherify',
		parameters: { ...op('voucher', operation), voucher: byCode },
		input: (sandbox) => {
			for (const voucher of news(sandbox)) voucher.change({ active: operation === 'disable' }, Date.now());
			return unheld(sandbox);
		},
		path: `^/v1/vouchers/.*/${operation}`,
		repeatable: true,
		done: (sandbox) =>
			news(sandbox).filter(({ traits }) => traits.active === (operation === 'enable')).length,
	})),
	{
		name: 'Voucher: Delete',
		service: 'voucherify',
		parameters: { ...op('voucher', 'delete'), voucher: byCode, force: false },
		input: unheld,
		path: '^/v1/vouchers/',
		method: 'DELETE',
		repeatable: true,
		done: (sandbox) => state(sandbox).bin.entries.length,
	},
	{
		name: 'Voucher: Adjust Balance',
		service: 'voucherify',
		parameters: { ...op('voucher', 'adjustBalance'), voucher: byCode, balance: 'gift', amount: 3.21 },
		input: async (sandbox) => await held(sandbox, 'Welcome Gift Card'),
		path: '/balance$',
		repeatable: false,
		done: (sandbox) => moved(sandbox, 321),
	},
	{
		name: 'Voucher: Import',
		service: 'voucherify',
		parameters: { ...op('voucher', 'import'), ...gift(), code: '={{ $json.code }}' },
		input: givenCodes,
		path: '^/v1/vouchers/import',
		repeatable: false,
		done: (sandbox) => given(sandbox).length,
		partial: { failed: [1], input: withTakenCode },
		job: asyncAction,
	},
	{
		name: 'Voucher: Update Metadata in Bulk',
		service: 'voucherify',
		parameters: {
			...op('voucher', 'updateMetadataBulk'),
			code: '={{ $json.code }}',
			set: 'same',
			metadata: '{"fault": 1}',
		},
		input: unheld,
		path: '^/v1/vouchers/metadata/async',
		repeatable: true,
		done: (sandbox) => news(sandbox).filter(({ traits }) => traits.metadata['fault'] === 1).length,
		partial: { failed: [1], input: (sandbox) => withSecond(unheld(sandbox), { code: 'NOBODY' }) },
		job: asyncAction,
	},
	{
		name: 'Voucher: Import CSV File',
		service: 'voucherify',
		parameters: { ...op('voucher', 'importCsv'), binaryField: 'data', waits: true, events: false },
		input: () => [],
		items: numbered(THREE, (n) => itemWithFile(`Code,Voucher Type,Value\nGIVEN-${n},GIFT_VOUCHER,10\n`)),
		path: '/importCSV',
		repeatable: false,
		done: (sandbox) => given(sandbox).length,
		partial: {
			failed: [],
			items: numbered(THREE, (n) =>
				itemWithFile(`Code,Voucher Type,Value\nGIVEN-${n},GIFT_VOUCHER,10\n${TAKEN},GIFT_VOUCHER,10\n`),
			),
		},
		job: asyncAction,
	},
];

/** The three vouchers of `unheld`, if they are there. */
function news(sandbox: Sandbox): Voucher[] {
	return numbered(THREE, (n) => state(sandbox).campaigns.get('Newsletter Codes').voucher(n));
}

function op(resource: string, operation: string): INodeParameters {
	return { resource, operation };
}

function gift(): INodeParameters {
	return { voucherType: 'GIFT_VOUCHER', giftAmount: 25, settings: {} };
}

/** Add Vouchers with so many generated codes an item. */
function generatedCodes(count: number): INodeParameters {
	return {
		...op('campaign', 'addVouchers'),
		campaign: located('name', 'Last Codes'),
		codes: 'generated',
		count,
		codeFormat: {},
		settings: {},
		waits: true,
		simple: true,
	};
}

const CAMPAIGNS: readonly WriteOperation[] = [
	{
		name: 'Campaign: Create',
		service: 'voucherify',
		parameters: {
			...op('campaign', 'create'),
			name: '={{ $json.name }}',
			campaignType: 'DISCOUNT_COUPONS',
			discountType: 'PERCENT',
			percentOff: 20,
			codes: 'AUTO_UPDATE',
			settings: {},
			waits: true,
			simple: true,
		},
		input: names,
		path: '^/v1/campaigns$',
		repeatable: false,
		done: (sandbox) =>
			names().filter(({ name }) => {
				const status = state(sandbox).campaigns.find(name)?.creationStatus;
				return status !== undefined && status !== 'FAILED';
			}).length,
		job: { fail: (sandbox) => state(sandbox).campaignChanges.failNext(Infinity) },
	},
	{
		name: 'Campaign: Update',
		service: 'voucherify',
		parameters: {
			...op('campaign', 'update'),
			campaign: byName,
			settings: { description: 'new' },
			simple: true,
		},
		input: knownCampaigns,
		path: '^/v1/campaigns/',
		method: 'PUT',
		repeatable: true,
		done: (sandbox) =>
			state(sandbox).campaigns.all.filter(({ settings }) => settings.description === 'new').length,
	},
	...(['disable', 'enable'] as const).map((operation): WriteOperation => ({
		name: `Campaign: ${operation === 'enable' ? 'Enable' : 'Disable'}`,
		service: 'voucherify',
		parameters: { ...op('campaign', operation), campaign: byName },
		input: (sandbox) => {
			for (const name of known)
				state(sandbox)
					.campaigns.get(name)
					.change({ active: operation === 'disable' }, Date.now());
			return knownCampaigns();
		},
		path: `/${operation}$`,
		repeatable: true,
		done: (sandbox) =>
			known.filter((name) => state(sandbox).campaigns.get(name).settings.active === (operation === 'enable'))
				.length,
	})),
	{
		name: 'Campaign: Delete',
		service: 'voucherify',
		parameters: { ...op('campaign', 'delete'), campaign: byName, force: false, waits: true },
		input: knownCampaigns,
		path: '^/v1/campaigns/',
		method: 'DELETE',
		repeatable: true,
		done: (sandbox) => known.filter((name) => state(sandbox).campaigns.find(name) === undefined).length,
		job: asyncAction,
	},
	{
		name: 'Campaign: Add Vouchers, given codes',
		service: 'voucherify',
		parameters: {
			...op('campaign', 'addVouchers'),
			campaign: located('name', 'Last Codes'),
			codes: 'given',
			code: '={{ $json.code }}',
			settings: {},
			simple: true,
		},
		input: givenCodes,
		path: '/vouchers/GIVEN',
		repeatable: false,
		done: (sandbox) => given(sandbox).length,
	},
	{
		name: 'Campaign: Add Vouchers, generated codes',
		service: 'voucherify',
		parameters: generatedCodes(1),
		input: givenCodes,
		path: '/vouchers',
		repeatable: false,
		done: (sandbox) => state(sandbox).campaigns.get('Last Codes').codeCount - 3,
	},
	{
		name: 'Campaign: Add Vouchers, many generated codes',
		service: 'voucherify',
		parameters: generatedCodes(2),
		input: givenCodes,
		path: '/vouchers',
		repeatable: false,
		done: (sandbox) => (state(sandbox).campaigns.get('Last Codes').codeCount - 3) / 2,
		job: asyncAction,
	},
	{
		name: 'Campaign: Import Vouchers',
		service: 'voucherify',
		parameters: {
			...op('campaign', 'importVouchers'),
			campaign: located('name', 'Last Codes'),
			code: '={{ $json.code }}',
			settings: {},
		},
		input: givenCodes,
		path: '/import$',
		repeatable: false,
		done: (sandbox) => given(sandbox).length,
		partial: { failed: [1], input: withTakenCode },
		job: asyncAction,
	},
	{
		name: 'Campaign: Import Vouchers From CSV File',
		service: 'voucherify',
		parameters: {
			...op('campaign', 'importCsv'),
			campaign: located('name', 'Last Codes'),
			binaryField: 'data',
			waits: true,
		},
		input: () => [],
		items: numbered(THREE, (n) => itemWithFile(`Code\nGIVEN-${n}\n`)),
		path: '/importCSV',
		repeatable: false,
		done: (sandbox) => given(sandbox).length,
		partial: {
			failed: [],
			items: numbered(THREE, (n) => itemWithFile(`Code\nGIVEN-${n}\n${TAKEN}\n`)),
		},
		job: asyncAction,
	},
];

const CUSTOMERS: readonly WriteOperation[] = [
	{
		name: 'Customer: Create or Update',
		service: 'voucherify',
		parameters: {
			...op('customer', 'upsert'),
			sourceId: '={{ $json.id }}',
			fields: { name: 'Ada' },
			simple: true,
		},
		input: () => numbered(THREE, (n) => ({ id: `new-${n}` })),
		path: '^/v1/customers$',
		repeatable: true,
		done: (sandbox) =>
			numbered(THREE, (n) => state(sandbox).customers.find(`new-${n}`)).filter(Boolean).length,
	},
	{
		name: 'Customer: Update',
		service: 'voucherify',
		parameters: { ...op('customer', 'update'), customer: bySourceId, fields: { name: 'Ada' }, simple: true },
		input: threeCustomers,
		path: '^/v1/customers/',
		method: 'PUT',
		repeatable: true,
		done: (sandbox) => state(sandbox).customers.ordered.filter(({ fields }) => fields.name === 'Ada').length,
	},
	{
		name: 'Customer: Delete',
		service: 'voucherify',
		parameters: { ...op('customer', 'delete'), customer: bySourceId, permanently: false },
		input: threeCustomers,
		path: '^/v1/customers/',
		method: 'DELETE',
		repeatable: true,
		done: (sandbox) => 100 - state(sandbox).customers.count,
	},
	{
		name: 'Customer: Upsert in Bulk',
		service: 'voucherify',
		parameters: { ...op('customer', 'upsertBulk'), data: 'item' },
		input: () => numbered(THREE, (n) => ({ source_id: `new-${n}` })),
		path: '^/v1/customers/bulk/async',
		repeatable: true,
		done: (sandbox) =>
			numbered(THREE, (n) => state(sandbox).customers.find(`new-${n}`)).filter(Boolean).length,
		partial: {
			failed: [1],
			// Names are texts.
			input: () =>
				withSecond(
					numbered(THREE, (n) => ({ source_id: `new-${n}` })),
					{ name: 5 },
				),
		},
		job: asyncAction,
	},
	{
		name: 'Customer: Update Metadata in Bulk',
		service: 'voucherify',
		parameters: {
			...op('customer', 'updateMetadataBulk'),
			sourceId: '={{ $json.customer }}',
			metadata: '{"fault": 1}',
		},
		input: threeCustomers,
		path: '^/v1/customers/metadata/async',
		repeatable: true,
		done: (sandbox) =>
			state(sandbox).customers.ordered.filter(({ fields }) => fields.metadata?.['fault'] === 1).length,
		partial: { failed: [1], input: () => withSecond(threeCustomers(), { customer: 'nobody' }) },
		job: asyncAction,
	},
	{
		name: 'Customer: Import CSV File',
		service: 'voucherify',
		parameters: { ...op('customer', 'importCsv'), binaryField: 'data', waits: true },
		input: () => [],
		items: numbered(THREE, (n) => itemWithFile(`Name,Source_id\nAda,new-${n}\n`)),
		path: '/importCSV',
		repeatable: true,
		done: (sandbox) =>
			numbered(THREE, (n) => state(sandbox).customers.find(`new-${n}`)).filter(Boolean).length,
		partial: {
			failed: [],
			// The second row names nobody.
			items: numbered(THREE, (n) => itemWithFile(`Name,Source_id\nAda,new-${n}\nNobody,\n`)),
		},
		job: asyncAction,
	},
	{
		name: 'Event: Track',
		service: 'voucherify',
		parameters: { ...op('event', 'track'), event: 'visited', customer: bySourceId },
		input: threeCustomers,
		path: '^/v1/events',
		repeatable: false,
		done: (sandbox) => activities(sandbox, 'customer.custom_event'),
	},
	{
		name: 'Segment: Create',
		service: 'voucherify',
		parameters: {
			...op('segment', 'create'),
			name: '={{ $json.name }}',
			type: 'static',
			customers: 'customer-000001',
		},
		input: names,
		path: '^/v1/segments$',
		repeatable: false,
		done: (sandbox) => state(sandbox).segments.all.filter(({ name }) => name.startsWith('Trial')).length,
	},
	{
		name: 'Segment: Delete',
		service: 'voucherify',
		parameters: { ...op('segment', 'delete'), segment: located('id', '={{ $json.id }}') },
		input: (sandbox) =>
			names().map(({ name }) => ({
				id: state(sandbox).segments.create(
					{ name, type: 'static', customers: [] },
					state(sandbox).customers.ordered,
				).id,
			})),
		path: '^/v1/segments/',
		method: 'DELETE',
		repeatable: true,
		done: (sandbox) =>
			THREE - state(sandbox).segments.all.filter(({ name }) => name.startsWith('Trial')).length,
	},
];

const PUBLICATIONS: readonly WriteOperation[] = [
	{
		name: 'Publication: Create',
		service: 'voucherify',
		parameters: publishing('Free Coffee'),
		input: threeCustomers,
		path: '^/v1/publications',
		repeatable: true,
		done: (sandbox) => state(sandbox).publications.count,
	},
	{
		name: 'Publication: Create, duplicates allowed',
		service: 'voucherify',
		parameters: publishing('Free Coffee', { preventDuplicates: 'off' }),
		input: threeCustomers,
		path: '^/v1/publications',
		repeatable: false,
		done: (sandbox) => state(sandbox).publications.count,
	},
	{
		name: 'Publication: Create, join once',
		service: 'voucherify',
		parameters: publishing('Loyalty Club'),
		input: threeCustomers,
		path: '^/v1/publications',
		repeatable: true,
		done: (sandbox) => state(sandbox).publications.count,
	},
	{
		name: 'Publication: Publish Voucher',
		service: 'voucherify',
		parameters: {
			...op('publication', 'publishVoucher'),
			voucher: '={{ $json.code }}',
			customer: bySourceId,
			simple: true,
		},
		input: (sandbox) => unheld(sandbox).map((item, index) => ({ ...item, ...threeCustomers()[index] })),
		path: '^/v1/publications',
		repeatable: true,
		done: (sandbox) => state(sandbox).publications.count,
	},
	{
		name: 'Redemption: Redeem',
		service: 'voucherify',
		parameters: { ...op('redemption', 'redeem'), ...redeeming },
		input: async (sandbox) => await held(sandbox, '10 Euro Off'),
		path: '^/v1/redemptions',
		repeatable: false,
		done: redeemed,
	},
	{
		name: 'Redemption: Roll Back',
		service: 'voucherify',
		parameters: {
			...op('redemption', 'rollBack'),
			scope: 'single',
			redemptionId: '={{ $json.id }}',
			simple: true,
		},
		input: async (sandbox) => {
			const codes = await held(sandbox, '10 Euro Off');
			const { items } = await runVoucherify(sandbox, { ...op('redemption', 'redeem'), ...redeeming }, codes);
			return jsonOf(items).map(({ redemptions }) => ({ id: (redemptions as IDataObject[])[0]?.id }));
		},
		path: '/rollback',
		repeatable: true,
		done: (sandbox) => THREE - redeemed(sandbox),
	},
];

/** Referees of all referral codes. */
function referees(sandbox: Sandbox): number {
	const { referralHolders } = state(sandbox).sales;
	const touched = state(sandbox).campaigns.get('Refer a Friend').vouchers.touched;
	return touched.flatMap((voucher) => referralHolders.of(voucher)).filter(({ role }) => role === 'REFEREE')
		.length;
}

/** Makes three rewards that no program offers. */
function rewards(sandbox: Sandbox): IDataObject[] {
	return numbered(THREE, () => {
		const made = state(sandbox).sales.rewards.create({
			name: 'Mug',
			type: 'COIN',
			parameters: { coin: { exchange_ratio: 1, points_ratio: 10 } },
		});
		return { id: made.id };
	});
}

const mugs = (sandbox: Sandbox): number =>
	state(sandbox).sales.rewards.all.filter(({ fields }) => fields.name === 'Mug').length;

const LOYALTY: readonly WriteOperation[] = [
	{
		name: 'Loyalty: Add Member',
		service: 'voucherify',
		parameters: {
			...op('loyalty', 'addMember'),
			program: located('name', 'Loyalty Club'),
			customer: bySourceId,
			simple: true,
		},
		input: threeCustomers,
		path: '/members$',
		repeatable: true,
		done: (sandbox) => state(sandbox).publications.count,
	},
	{
		name: 'Loyalty: Adjust Points',
		service: 'voucherify',
		parameters: {
			...op('loyalty', 'adjustPoints'),
			member: '={{ $json.code }}',
			points: 77,
			expiration: 'PROGRAM_RULES',
		},
		input: async (sandbox) => await held(sandbox, 'Loyalty Club'),
		path: '/balance$',
		repeatable: false,
		done: (sandbox) => moved(sandbox, 77),
	},
	{
		name: 'Loyalty: Redeem Reward',
		service: 'voucherify',
		parameters: {
			...op('loyalty', 'redeemReward'),
			member: '={{ $json.code }}',
			reward: located('id', '={{ $json.reward }}'),
			onRefusal: 'fail',
			simple: true,
		},
		input: async (sandbox) => {
			const reward = state(sandbox).sales.rewards.all.find(({ type }) => type === 'CAMPAIGN')?.id;
			return (await held(sandbox, 'Loyalty Club')).map((item) => ({ ...item, reward }));
		},
		path: '/redemption$',
		repeatable: false,
		done: (sandbox) => moved(sandbox, -80),
	},
	{
		name: 'Reward: Create',
		service: 'voucherify',
		parameters: { ...op('reward', 'create'), type: 'COIN', name: 'Trial', exchangeRatio: 1, pointsRatio: 10 },
		input: threeCustomers,
		path: '^/v1/rewards$',
		repeatable: false,
		done: (sandbox) =>
			state(sandbox).sales.rewards.all.filter(({ fields }) => fields.name === 'Trial').length,
	},
	{
		name: 'Reward: Update',
		service: 'voucherify',
		parameters: {
			...op('reward', 'update'),
			reward: located('id', '={{ $json.id }}'),
			fields: { description: 'new' },
		},
		input: (sandbox) => rewards(sandbox),
		path: '^/v1/rewards/',
		method: 'PUT',
		repeatable: true,
		done: (sandbox) =>
			state(sandbox).sales.rewards.all.filter(({ fields }) => fields.attributes?.description === 'new')
				.length,
	},
	{
		name: 'Reward: Delete',
		service: 'voucherify',
		parameters: { ...op('reward', 'delete'), reward: located('id', '={{ $json.id }}') },
		input: (sandbox) => rewards(sandbox),
		path: '^/v1/rewards/',
		method: 'DELETE',
		repeatable: true,
		done: (sandbox) => THREE - mugs(sandbox),
	},
	{
		name: 'Reward: Create Assignment',
		service: 'voucherify',
		parameters: {
			...op('reward', 'createAssignment'),
			reward: located('id', '={{ $json.id }}'),
			program: located('name', 'Loyalty Club'),
			points: 5,
			autoRedeem: false,
		},
		input: (sandbox) => rewards(sandbox),
		path: '/assignments$',
		repeatable: false,
		done: (sandbox) =>
			state(sandbox)
				.sales.rewards.all.flatMap((reward) => state(sandbox).sales.rewards.assignmentsOf(reward))
				.filter(({ points }) => points === 5).length,
	},
	{
		name: 'Referral: Remove Holder',
		service: 'voucherify',
		parameters: {
			...op('referral', 'removeHolder'),
			referral: '={{ $json.code }}',
			holder: '={{ $json.holder }}',
		},
		input: async (sandbox) => {
			const codes = await held(sandbox, 'Refer a Friend');
			return codes.map((item) => {
				const voucher = state(sandbox).campaigns.getVoucher(String(item.code));
				const [holder] = state(sandbox).sales.referralHolders.add(voucher, {
					holders: [{ source_id: 'customer-000009' }],
				});
				return { ...item, holder: holder?.id };
			});
		},
		path: '/holders/',
		method: 'DELETE',
		repeatable: true,
		done: (sandbox) => THREE - referees(sandbox),
	},
	{
		name: 'Referral: Add Holders',
		service: 'voucherify',
		parameters: {
			...op('referral', 'addHolders'),
			referral: '={{ $json.code }}',
			customers: 'customer-000009',
		},
		input: async (sandbox) => await held(sandbox, 'Refer a Friend'),
		path: '/holders$',
		repeatable: false,
		done: (sandbox) => {
			const { referralHolders } = state(sandbox).sales;
			const touched = state(sandbox).campaigns.get('Refer a Friend').vouchers.touched;
			return touched
				.flatMap((voucher) => referralHolders.of(voucher))
				.filter(({ role }) => role === 'REFEREE').length;
		},
	},
];

const ORDERS: readonly WriteOperation[] = [
	{
		name: 'Order: Create',
		service: 'voucherify',
		parameters: { ...op('order', 'create'), customer: bySourceId, order: { amount: 12.34 } },
		input: threeCustomers,
		path: '^/v1/orders$',
		repeatable: false,
		done: (sandbox) =>
			state(sandbox).sales.orders.all.filter(({ amounts }) => amounts.amount === 1234).length,
	},
	{
		name: 'Order: Import in Bulk',
		service: 'voucherify',
		parameters: {
			...op('order', 'importInBulk'),
			sourceId: '={{ "bulk-" + $json.customer }}',
			customer: bySourceId,
			order: { amount: 12.34 },
		},
		input: threeCustomers,
		path: '^/v1/orders/import',
		repeatable: true,
		done: (sandbox) =>
			state(sandbox).sales.orders.all.filter(({ amounts }) => amounts.amount === 1234).length,
		partial: {
			failed: [1],
			parameters: { order: { amount: 12.34, items: '={{ $json.items ?? "[]" }}' } },
			input: () => withSecond(threeCustomers(), { items: '[{"quantity": 0}]' }),
		},
		job: asyncAction,
	},
	{
		name: 'Order: Update',
		service: 'voucherify',
		parameters: { ...op('order', 'update'), orderId: '={{ $json.id }}', order: { metadata: '{"fault": 1}' } },
		input: (sandbox) =>
			state(sandbox)
				.sales.orders.all.slice(0, THREE)
				.map(({ id }) => ({ id })),
		path: '^/v1/orders/',
		method: 'PUT',
		repeatable: true,
		done: (sandbox) =>
			state(sandbox).sales.orders.all.filter(({ metadata }) => metadata['fault'] === 1).length,
	},
];

/** What of the Voucherify node changes something, with three items each. */
export const VOUCHERIFY_OPERATIONS: readonly WriteOperation[] = [
	...PUBLICATIONS,
	...VOUCHERS,
	...CAMPAIGNS,
	...CUSTOMERS,
	...LOYALTY,
	...ORDERS,
];
