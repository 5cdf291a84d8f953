import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { expectSchema } from './output-schema.mts';
import { customers, jsonOf, located, publishing, runVoucherify } from './voucherify.mts';

/** What came out of each operation, under `resource/operation`. */
const outputs = new Map<string, IDataObject[]>();

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ customers: 120, asyncMs: 30 });
	await runAll();
}, 60_000);
afterAll(async () => await sandbox.close());

async function run(name: string, parameters: INodeParameters): Promise<IDataObject[]> {
	const [resource = '', operation = ''] = name.split('/');
	const all = { resource, operation, simple: true, returnAll: true, ...parameters };
	const { items, error } = await runVoucherify(sandbox, all);
	if (error !== undefined) throw new Error(`${name}: ${error.message}`);
	const json = jsonOf(items);
	outputs.set(name, [...(outputs.get(name) ?? []), ...json]);
	return json;
}

/** Runs everything in an order in which each finds what it needs. */
async function runAll(): Promise<void> {
	const codeOf = async (campaign: string): Promise<string> =>
		String(jsonOf((await runVoucherify(sandbox, publishing(campaign), customers(1))).items)[0]?.code);
	const customer = located('sourceId', 'customer-000001');
	const program = located('name', 'Loyalty Club');
	const order = {
		amount: 100,
		items: '[{"product_id": "tea", "quantity": 2, "price": 5000}]',
		metadata: '{"a": 1}',
	};

	const { state } = sandbox.voucherify;
	const tier = String(state.campaigns.get('Summer Happy Hour').settings.tiers[0]?.id);
	const gift = await codeOf('Welcome Gift Card');
	const stack = {
		redeemables: {
			redeemable: [
				{ kind: 'promotion_tier', id: tier },
				{ kind: 'voucher', id: await codeOf('Summer Sale 20%') },
				{ kind: 'gift', id: gift, credits: 5 },
				{ kind: 'voucher', id: 'NO-SUCH-CODE' },
			],
		},
		customer,
		order: { ...order, sourceId: 'o-1' },
		onRefusal: 'passOn',
	};
	await run('validation/validate', { ...stack, options: { lockMinutes: 10 } });
	const [redeemed] = await run('redemption/redeem', stack);
	const scenario = { customer, order, scenario: 'ALL' };
	await run('qualification/checkEligibility', scenario);
	const redemptions = redeemed?.redemptions as IDataObject[];
	for (const { id } of redemptions) await run('redemption/get', { redemptionId: String(id) });
	const parent = redeemed?.parent_redemption as IDataObject;
	await run('redemption/rollBack', {
		scope: 'whole',
		redemptionId: String(parent.id),
		options: { reason: 'Order canceled' },
	});
	await run('redemption/getAll', {});

	const [member] = await run('loyalty/addMember', { program, customer });
	const card = { member: String(member?.code) };
	await run('loyalty/getMember', card);
	await run('loyalty/getManyMembers', { program });
	await run('loyalty/adjustPoints', {
		...card,
		points: 500,
		expiration: 'PROGRAM_RULES',
		options: { reason: 'a', sourceId: 'b' },
	});
	await run('loyalty/getTransactions', { ...card, order: '-id' });
	const offered = await run('loyalty/getRewards', { of: 'member', ...card, affordable: false });
	for (const { reward } of offered) {
		const { id, type } = reward as IDataObject;
		const points = type === 'COIN' ? { order, options: { points: 20 } } : {};
		await run('loyalty/redeemReward', {
			...card,
			reward: located('id', String(id)),
			onRefusal: 'passOn',
			...points,
		});
	}

	const additionalFields = { stock: 3, imageUrl: 'https://a.example/b.png', description: 'c' };
	const [material] = await run('reward/create', {
		type: 'MATERIAL',
		name: 'Mug',
		productId: 'prod_1',
		skuId: 'sku_1',
		additionalFields,
	});
	await run('reward/create', { type: 'COIN', name: 'Points', exchangeRatio: 0.5, pointsRatio: 10 });
	const campaign = located('name', 'Welcome Gift Card');
	await run('reward/create', { type: 'CAMPAIGN', name: 'Gift', campaign, balance: 500 });
	const reward = located('id', String(material?.id));
	for (const { id } of await run('reward/getAll', {}))
		await run('reward/get', { reward: located('id', String(id)) });
	for (const made of outputs.get('reward/create') ?? [])
		await run('reward/update', { reward: located('id', String(made.id)), fields: { name: 'New name' } });
	await run('reward/createAssignment', { reward, program, points: 100, autoRedeem: true });
	await run('reward/getAssignments', { reward });
	const [spare] = await run('reward/create', {
		type: 'COIN',
		name: 'Spare',
		exchangeRatio: 1,
		pointsRatio: 1,
	});
	await run('reward/delete', { reward: located('id', String(spare?.id)) });

	const referral = await codeOf('Refer a Friend');
	const [holder] = await run('referral/addHolders', { referral, customers: 'customer-000002' });
	await run('referral/getHolders', { referral, role: 'any' });
	await run('referral/removeHolder', { referral, holder: String(holder?.id) });
	await run('promotionTier/getAll', { from: 'all', available: false });
	await run('promotionTier/get', { tier: located('id', tier) });

	await run('order/create', {
		customer,
		order: { ...order, sourceId: 'o-2' },
		options: { referrer: 'customer-000002' },
	});
	await run('order/update', { orderId: 'o-2', order: { status: 'PAID' } });
	await run('order/get', { orderId: 'o-2' });
	await run('order/getAll', { sort: '-created_at' });
	await run('event/track', {
		event: 'newsletter_subscribed',
		customer,
		options: { loyalty: card.member, referral, metadata: '{"a": 1}' },
	});

	const segment = located('id', String(state.segments.all[0]?.id));
	const distribution = {
		segment,
		oncePer: 'customerAndCampaign',
		onFailure: 'output',
		options: { mostMembers: 2 },
	};
	for (const name of [
		'Summer Sale 20%',
		'10 Euro Off',
		'Free Coffee',
		'Welcome Gift Card',
		'Loyalty Club',
		'Sold Out',
	])
		await run('distribution/publishToSegment', { ...distribution, campaign: located('name', name) });
}

test('the output schemas around orders describe what comes out', () => {
	expect(outputs.size).toBe(31);
	for (const [operation, items] of outputs) expectSchema('Voucherify', operation, items);
});
