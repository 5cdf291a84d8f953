import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { customers, jsonOf, located, publishing, runVoucherify } from '../nodes/voucherify.mts';
import { describeWithContract, OpenApiContract } from './contract.mts';
import { problemsOfTraffic } from './traffic.mts';

const CONTRACT = 'voucherify-contract.json';

const customer = located('sourceId', 'customer-000001');
const order = {
	sourceId: 'order-1',
	status: 'CREATED',
	amount: 50,
	discountAmount: 1,
	items: '[{"product_id": "prod_tea", "quantity": 2, "price": 2500, "amount": 5000}]',
	metadata: '{"shop": "online"}',
};
const all = { returnAll: true, simple: true };

describeWithContract(CONTRACT, 'What is sent and answered around orders is as the contract has it', () => {
	let sandbox: Sandbox;
	beforeEach(async () => {
		sandbox = await startSandbox({ customers: 150, asyncMs: 30 });
	});
	afterEach(async () => await sandbox.close());

	/** Runs an operation that must succeed, and checks all that went over the wire. */
	async function run(
		resource: string,
		operation: string,
		parameters: INodeParameters = {},
		input?: readonly IDataObject[],
	): Promise<IDataObject[]> {
		sandbox.log.clear();
		const contract = new OpenApiContract(CONTRACT);
		const { items, error } = await runVoucherify(sandbox, { resource, operation, ...parameters }, input);
		const said = error === undefined ? '' : `${error.message} ${error.description ?? ''}`;
		expect([resource, operation, said, problemsOfTraffic(contract, sandbox)]).toEqual([
			resource,
			operation,
			'',
			[],
		]);
		expect(sandbox.log.entries().length).toBeGreaterThan(0);
		return jsonOf(items);
	}

	const codeOf = async (campaign: string): Promise<string> =>
		String(jsonOf((await runVoucherify(sandbox, publishing(campaign), customers(1))).items)[0]?.code);
	const idOf = (items: readonly IDataObject[]): string => String(items[0]?.id);
	const tierId = (): string =>
		sandbox.voucherify.state.campaigns.get('Summer Happy Hour').settings.tiers[0]?.id ?? '';

	test('redemptions, validations and qualifications', async () => {
		const gift = await codeOf('Welcome Gift Card');
		const stack = {
			redeemables: {
				redeemable: [
					{ kind: 'promotion_tier', id: tierId() },
					{ kind: 'voucher', id: await codeOf('Summer Sale 20%') },
					{ kind: 'gift', id: gift, credits: 5 },
				],
			},
			customer,
			order,
			onRefusal: 'fail',
			simple: true,
		};
		const options = { trackingId: 'visitor', metadata: '{"a": 1}', sessionKey: 'ssn_1' };
		await run('validation', 'validate', { ...stack, options: { ...options, lockMinutes: 10 } });
		const [redeemed] = await run('redemption', 'redeem', { ...stack, options });
		const parent = String((redeemed?.parent_redemption as IDataObject).id);
		await run('redemption', 'get', { redemptionId: parent, simple: false });
		await run('redemption', 'getAll', {
			...all,
			filters: {
				campaign: 'Summer Sale 20%',
				customer: 'customer-000001',
				result: 'SUCCESS',
				voucher: gift,
				createdAfter: '2020-01-01',
				createdBefore: '2040-01-01',
			},
		});
		const undone = { reason: 'canceled', trackingId: 'visitor', metadata: '{"a": 1}' };
		await run('redemption', 'rollBack', {
			scope: 'whole',
			redemptionId: parent,
			simple: true,
			options: undone,
		});
		const single = { ...stack, redeemables: { redeemable: [{ kind: 'gift', id: gift }] } };
		const [again] = await run('redemption', 'redeem', { ...single, order: { amount: 10 } });
		const [one] = again?.redemptions as IDataObject[];
		const rollBack = { scope: 'single', redemptionId: String(one?.id), simple: true, options: undone };
		await run('redemption', 'rollBack', rollBack);
		await run('redemption', 'rollBack', rollBack);
		await run('qualification', 'checkEligibility', {
			...all,
			customer,
			order,
			scenario: 'ALL',
			options: {
				filters: '{"resource_type": {"conditions": {"$in": ["voucher", "promotion_tier"]}}}',
				sorting: 'BEST_DEAL',
				metadata: '{"a": 1}',
				trackingId: 'visitor',
			},
		});
	});

	test('loyalty programs and rewards', async () => {
		const program = located('name', 'Loyalty Club');
		const [member] = await run('loyalty', 'addMember', {
			program,
			customer,
			simple: true,
			options: { channel: 'Braze', metadata: '{"a": 1}' },
		});
		const card = { member: String(member?.code) };
		const filters = { customer: 'customer-000001', createdAfter: '2020-01-01', createdBefore: '2040-01-01' };
		await run('loyalty', 'getManyMembers', { ...all, program, filters });
		await run('loyalty', 'getMember', { ...card, simple: true });
		for (const expiration of ['PROGRAM_RULES', 'NON_EXPIRING', 'CUSTOM_DATE']) {
			await run('loyalty', 'adjustPoints', {
				...card,
				points: 300,
				expiration,
				expirationDate: '2040-12-31T00:00:00',
				options: { reason: 'sorry', sourceId: `t-${expiration}` },
			});
		}
		await run('loyalty', 'adjustPoints', { ...card, points: -1, expiration: 'PROGRAM_RULES' });
		await run('loyalty', 'getTransactions', { ...card, ...all, order: '-id' });
		await run('loyalty', 'getRewards', { of: 'program', program });
		const offered = await run('loyalty', 'getRewards', { of: 'member', ...card, affordable: true });
		const rewards = offered.map(({ reward }) => reward as IDataObject);
		const coin = rewards.find(({ type }) => type === 'COIN');
		await run('loyalty', 'redeemReward', {
			...card,
			reward: located('id', String(rewards.find(({ type }) => type === 'MATERIAL')?.id)),
			onRefusal: 'fail',
			simple: true,
			options: { metadata: '{"a": 1}' },
		});
		await run('loyalty', 'redeemReward', {
			...card,
			reward: located('id', String(coin?.id)),
			onRefusal: 'fail',
			simple: true,
			order,
			options: { points: 20 },
		});

		await run('reward', 'getAll', all);
		const additionalFields = { metadata: '{"a": 1}' };
		const campaign = located('name', 'Welcome Gift Card');
		const made = [
			await run('reward', 'create', {
				type: 'CAMPAIGN',
				name: 'A',
				campaign,
				balance: 500,
				additionalFields,
			}),
			await run('reward', 'create', { type: 'COIN', name: 'C', exchangeRatio: 0.5, pointsRatio: 10 }),
			await run('reward', 'create', {
				type: 'MATERIAL',
				name: 'B',
				productId: 'prod_1',
				skuId: 'sku_1',
				additionalFields: {
					...additionalFields,
					stock: 3,
					imageUrl: 'https://a.example/b.png',
					description: 'c',
				},
			}),
		].map((items) => located('id', idOf(items)));
		const [code = located('id', ''), coins = located('id', ''), material = located('id', '')] = made;
		await run('reward', 'get', { reward: code });
		await run('reward', 'update', { reward: coins, fields: { exchangeRatio: 2, pointsRatio: 5, name: 'D' } });
		await run('reward', 'update', {
			reward: material,
			fields: { stock: 5, description: 'd', imageUrl: 'https://a.example/d.png', metadata: '{"a": 2}' },
		});
		await run('reward', 'createAssignment', { reward: code, program, points: 100, autoRedeem: true });
		await run('reward', 'createAssignment', { reward: coins, program, points: '', autoRedeem: false });
		await run('reward', 'getAssignments', { reward: code, ...all });
		await run('reward', 'delete', { reward: material });
	});

	test('referrals and promotion tiers', async () => {
		const referral = await codeOf('Refer a Friend');
		const holders = await run('referral', 'addHolders', {
			referral,
			customers: 'customer-000002, new-1',
			options: { metadata: '{"a": 1}' },
		});
		await run('referral', 'getHolders', { referral, ...all, role: 'REFEREE' });
		await run('referral', 'removeHolder', { referral, holder: idOf(holders) });
		await run('promotionTier', 'getAll', { ...all, from: 'all', available: true });
		const campaign = located('name', 'Summer Happy Hour');
		await run('promotionTier', 'getAll', { ...all, from: 'campaign', campaign });
		await run('promotionTier', 'get', { tier: located('id', tierId()), simple: true });
	});

	test('orders and events', async () => {
		const options = { referrer: 'customer-000002' };
		const [made] = await run('order', 'create', { customer, order, options });
		await run('order', 'get', { orderId: String(made?.id) });
		await run('order', 'update', { orderId: 'order-1', order: { status: 'PAID' }, customer, options });
		await run('order', 'getAll', { ...all, sort: '-updated_at' });
		await run(
			'order',
			'importInBulk',
			{ sourceId: '={{ $json.id }}', customer, order: { ...order, sourceId: '' } },
			[{ id: 'i-1' }, { id: 'i-2' }],
		);
		await run('event', 'track', {
			event: 'newsletter_subscribed',
			customer,
			options: {
				metadata: '{"a": 1}',
				loyalty: await codeOf('Loyalty Club'),
				referral: await codeOf('Refer a Friend'),
				referrerId: sandbox.voucherify.state.customers.get('customer-000001').id,
			},
		});
	});

	test('distributions', async () => {
		const [segment] = sandbox.voucherify.state.segments.all;
		for (const oncePer of ['customerAndCampaign', 'execution', 'mailing']) {
			await run('distribution', 'publishToSegment', {
				segment: located('id', String(segment?.id)),
				campaign: located('name', 'Free Coffee'),
				oncePer,
				mailing: 'spring',
				onFailure: 'output',
				simple: true,
				options: { channel: 'Braze', metadata: '{"a": 1}' },
			});
		}
	});

	test('calls by hand', async () => {
		const query = { parameter: [{ name: 'limit', value: '3' }] };
		const call = { query, split: true, repeatable: false };
		await run('apiCall', 'send', { ...call, method: 'GET', path: '/v1/customers' });
		const body = '{"source_id": "by-hand", "name": "Ada"}';
		await run('apiCall', 'send', {
			method: 'POST',
			path: '/v1/customers',
			body,
			split: true,
			repeatable: true,
		});
	});
});
