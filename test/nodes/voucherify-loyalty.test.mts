import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { customers, failureOf, jsonOf, located, publishing, requests, runVoucherify } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ customers: 300 });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const program = located('name', 'Loyalty Club');
const card = (code: string) => sandbox.voucherify.state.campaigns.getVoucher(code);
const pointsOf = (code: string) => card(code).loyaltyBalance;
const rewardOf = (type: string) => {
	const reward = sandbox.voucherify.state.sales.rewards.all.find((one) => one.type === type);
	if (reward === undefined) throw new Error(`The seed has no ${type} reward`);
	return reward;
};

async function run(operation: string, parameters: INodeParameters, input?: readonly IDataObject[]) {
	return await runVoucherify(sandbox, { resource: 'loyalty', operation, simple: true, ...parameters }, input);
}

async function join(count = 1): Promise<string[]> {
	const customer = located('sourceId', '={{ $json.customer }}');
	const { items } = await run('addMember', { program, customer }, customers(count));
	return items.map(({ json }) => String(json.code));
}

describe('Members', () => {
	test('a customer who joins twice has one card, also when the first answer was lost', async () => {
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: '/v1/loyalties',
			when: 'after',
			kind: 'reset',
			times: 1,
		});
		const [first] = await join();
		const [second] = await join();
		expect(second).toBe(first);
		expect(sandbox.voucherify.state.publications.count).toBe(1);
	});

	test('members come page by page, each once, and by customer', async () => {
		const codes = await join(130);
		const list = { program, returnAll: true };
		const { items } = await run('getManyMembers', list);
		expect(
			jsonOf(items)
				.map(({ code }) => code)
				.sort(),
		).toEqual([...codes].sort());
		expect(requests(sandbox, 'GET', '/v1/loyalties/Loyalty%20Club/members')).toHaveLength(2);
		const own = await run('getManyMembers', { ...list, filters: { customer: 'customer-000003' } });
		expect(own.items.map(({ json }) => json.code)).toEqual([codes[2]]);
		const one = await run('getMember', { member: String(codes[2]) });
		expect(one.items[0]?.json).toMatchObject({
			code: codes[2],
			loyalty_card: { balance: pointsOf(String(codes[2])) },
		});
	});
});

describe('Points', () => {
	test('are added and taken away, and each shows as a transaction', async () => {
		const [member = ''] = await join();
		const before = pointsOf(member) ?? 0;
		const { items } = await run(
			'adjustPoints',
			{
				member,
				points: '={{ $json.points }}',
				expiration: 'PROGRAM_RULES',
				options: { reason: 'sorry', sourceId: '={{ $json.id }}' },
				requestSettings: { concurrency: 1 },
			},
			[
				{ points: 250, id: 't-1' },
				{ points: -50, id: 't-2' },
			],
		);
		expect(jsonOf(items)).toMatchObject([
			{ member, points: 250 },
			{ member, points: -50, balance: before + 200 },
		]);
		expect(pointsOf(member)).toBe(before + 200);
		const listed = await run('getTransactions', { member, order: 'id', returnAll: true });
		expect(jsonOf(listed.items).map(({ source_id }) => source_id)).toEqual(
			expect.arrayContaining(['t-1', 't-2']),
		);
	});

	test('are not added a second time when the answer was lost', async () => {
		const [member = ''] = await join();
		const before = pointsOf(member) ?? 0;
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: '/v1/loyalties',
			when: 'after',
			kind: 'reset',
			times: 1,
		});
		const parameters = {
			resource: 'loyalty',
			operation: 'adjustPoints',
			member,
			points: 10,
			expiration: 'NON_EXPIRING',
		};
		const { failed } = await runVoucherify(sandbox, parameters, [{}], { onError: 'continueErrorOutput' });
		expect(failureOf(failed[0]).uncertain).toBe(true);
		expect(pointsOf(member)).toBe(before + 10);
	});

	test.each([
		['no points', { points: 0 }, '"Points" is 0'],
		['half a point', { points: 0.5 }, '"Points" is 0.5'],
		[
			'a date that is none',
			{ points: 1, expiration: 'CUSTOM_DATE', expirationDate: '2026-02-30' },
			'"Expiration Date" is',
		],
		['no card', { member: '={{ $json.nothing }}', points: 1 }, '"Loyalty Card" is empty'],
	])('%s: refused before anything is sent', async (_what, parameters, message) => {
		const { error } = await run('adjustPoints', {
			member: 'x',
			expiration: 'PROGRAM_RULES',
			...parameters,
		} as INodeParameters);
		expect(error?.message).toContain(message);
		expect(sandbox.log.entries()).toHaveLength(0);
	});
});

describe('Rewards of a member', () => {
	test('what a member can afford is exchanged for points, once', async () => {
		const [member = ''] = await join();
		await run('adjustPoints', { member, points: 1000, expiration: 'PROGRAM_RULES' });
		const before = pointsOf(member) ?? 0;
		const mug = rewardOf('MATERIAL');
		const offered = await run('getRewards', { of: 'member', member, affordable: true });
		expect(jsonOf(offered.items).map(({ reward }) => (reward as IDataObject).id)).toContain(mug.id);
		const { items, error } = await run('redeemReward', {
			member,
			reward: located('id', mug.id),
			onRefusal: 'fail',
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			redeemed: true,
			result: 'SUCCESS',
			reward: { id: mug.id },
			refusals: [],
		});
		expect(pointsOf(member)).toBe(before - 50);
		expect(requests(sandbox, 'POST', `/v1/loyalties/members/${member}/redemption`)).toHaveLength(1);
	});

	test('too few points are a refusal: the item fails, or is passed on with the reason', async () => {
		const [member = ''] = await join();
		await run('adjustPoints', { member, points: -(pointsOf(member) ?? 0), expiration: 'PROGRAM_RULES' });
		const reward = located('id', rewardOf('MATERIAL').id);
		const { error } = await run('redeemReward', { member, reward, onRefusal: 'fail' });
		expect(error?.message).toContain('exceeded');
		const passed = await run('redeemReward', { member, reward, onRefusal: 'passOn' });
		expect(passed.items[0]?.json).toMatchObject({
			redeemed: false,
			refusals: [{ reason: 'loyalty_card_points_exceeded' }],
		});
	});

	test('the rewards of a program', async () => {
		const { items } = await run('getRewards', { of: 'program', program });
		const offered = sandbox.voucherify.state.sales.rewards.all.map(({ id }) => id);
		expect(
			jsonOf(items)
				.map(({ reward_id }) => reward_id)
				.sort(),
		).toEqual([...offered].sort());
	});
});

describe('Rewards of the project', () => {
	const reward = async (operation: string, parameters: INodeParameters) =>
		await runVoucherify(sandbox, { resource: 'reward', operation, ...parameters });

	test('are made, changed, offered by a program and removed', async () => {
		const made = await reward('create', {
			type: 'MATERIAL',
			name: 'Mug',
			productId: 'prod_1',
			additionalFields: { stock: 3, imageUrl: 'https://a.example/mug.png', metadata: '{"a": 1}' },
		});
		const chosen = located('id', String(made.items[0]?.json.id));
		const changed = await reward('update', { reward: chosen, fields: { stock: 5, name: 'Big mug' } });
		expect(changed.items[0]?.json).toMatchObject({ name: 'Big mug', stock: 5, metadata: { a: 1 } });
		const offered = await reward('createAssignment', {
			reward: chosen,
			program,
			points: 70,
			autoRedeem: false,
		});
		expect(offered.items[0]?.json).toMatchObject({ parameters: { loyalty: { points: 70 } } });
		const listed = await reward('getAssignments', { reward: chosen, returnAll: true });
		expect(jsonOf(listed.items)).toEqual(jsonOf(offered.items));
		expect((await reward('delete', { reward: chosen })).error?.message).toContain('Voucherify refused');
		const other = await reward('create', {
			type: 'COIN',
			name: 'Points',
			exchangeRatio: 0.5,
			pointsRatio: 10,
		});
		const id = String(other.items[0]?.json.id);
		expect((await reward('delete', { reward: located('id', id) })).items[0]?.json).toEqual({
			reward: id,
			deleted: true,
		});
		const left = await reward('getAll', { returnAll: true });
		expect(jsonOf(left.items).map((one) => one.id)).not.toContain(id);
	});

	test('a code as reward comes from a campaign, by its name too', async () => {
		const campaign = located('name', 'Welcome Gift Card');
		const { items } = await reward('create', { type: 'CAMPAIGN', name: 'Gift', campaign, balance: 500 });
		const { id } = sandbox.voucherify.state.campaigns.get('Welcome Gift Card');
		expect(items[0]?.json.parameters).toMatchObject({ campaign: { id, balance: 500 } });
	});

	test.each([
		['nothing to change', 'update', { reward: located('id', 'rew_1'), fields: {} }, '"Fields" is empty'],
		[
			'half of an exchange rate',
			'update',
			{ reward: located('id', 'rew_1'), fields: { pointsRatio: 5 } },
			'"Exchange Ratio" is missing',
		],
		[
			'an exchange rate of 0',
			'create',
			{ type: 'COIN', name: 'A', exchangeRatio: 0, pointsRatio: 1 },
			'"Exchange Ratio" is not above 0',
		],
	])('%s: refused before anything is sent', async (_what, operation, parameters, message) => {
		const { error } = await reward(operation, parameters as INodeParameters);
		expect(error?.message).toContain(message);
		expect(sandbox.log.entries()).toHaveLength(0);
	});
});

describe('Referral codes', () => {
	const referral = async (operation: string, parameters: INodeParameters, input?: readonly IDataObject[]) =>
		await runVoucherify(sandbox, { resource: 'referral', operation, ...parameters }, input);

	test('holders are added as an array or as text, listed by role and removed', async () => {
		const [code = ''] = jsonOf(
			(await runVoucherify(sandbox, publishing('Refer a Friend'), customers(1))).items,
		).map((json) => String(json.code));
		const added = await referral(
			'addHolders',
			{ referral: code, customers: '={{ $json.who }}', requestSettings: { concurrency: 1 } },
			[{ who: ['customer-000002', 'customer-000003'] }, { who: 'customer-000004, new-friend' }],
		);
		expect(added.items.map(({ pairedItem }) => pairedItem)).toEqual([0, 0, 1, 1].map((item) => ({ item })));
		const all = { referral: code, returnAll: true };
		const referees = await referral('getHolders', { ...all, role: 'REFEREE' });
		expect(referees.items).toHaveLength(4);
		const everybody = await referral('getHolders', { ...all, role: 'any' });
		expect(everybody.items).toHaveLength(5);
		const holder = String(added.items[0]?.json.id);
		await referral('removeHolder', { referral: code, holder });
		const left = await referral('getHolders', { ...all, role: 'REFEREE' });
		expect(jsonOf(left.items).map(({ id }) => id)).not.toContain(holder);
		const again = await referral('addHolders', { referral: code, customers: 'customer-000004' });
		expect(again.error?.message).toContain('Voucherify refused');
	});
});

describe('Promotion tiers', () => {
	const tiers = async (operation: string, parameters: INodeParameters) =>
		await runVoucherify(sandbox, { resource: 'promotionTier', operation, simple: true, ...parameters });
	const known = () => sandbox.voucherify.state.campaigns.get('Summer Happy Hour').settings.tiers;

	test('of a promotion in their order, of all promotions, and one by ID', async () => {
		const campaign = located('name', 'Summer Happy Hour');
		const of = await tiers('getAll', { from: 'campaign', campaign, returnAll: true });
		expect(jsonOf(of.items).map(({ id }) => id)).toEqual(known().map(({ id }) => id));
		const all = await tiers('getAll', { from: 'all', available: false, returnAll: false, limit: 1 });
		expect(all.items).toHaveLength(1);
		const one = await tiers('get', { tier: located('id', String(known()[1]?.id)) });
		expect(one.items[0]?.json.name).toBe(known()[1]?.name);
		expect((await tiers('get', { tier: located('id', 'promo_x') })).error?.message).toContain(
			'no promotion tier',
		);
	});
});
