import type { INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { failureOf, jsonOf, located, requests, runVoucherify } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ asyncMs: 30 });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const state = () => sandbox.voucherify.state;

async function rows(parameters: INodeParameters) {
	const { items, error } = await runVoucherify(sandbox, parameters);
	expect(error).toBeUndefined();
	return jsonOf(items);
}

function create(more: INodeParameters): INodeParameters {
	return { resource: 'voucher', operation: 'create', code: 'CARD', simple: true, ...more };
}

const giftCard = create({ voucherType: 'GIFT_VOUCHER', giftAmount: 25 });
const loyaltyCard = create({ voucherType: 'LOYALTY_CARD', points: 100 });

function adjusting(more: INodeParameters): INodeParameters {
	return {
		resource: 'voucher',
		operation: 'adjustBalance',
		voucher: located('code', 'CARD'),
		balance: 'gift',
		...more,
	};
}

describe('Adjust Balance', () => {
	test.each([
		[10, 1000, 3500],
		[-1.1, -110, 2390],
		['0.29', 29, 2529],
	])('adds %s currency units to a gift card as %s hundredths', async (amount, sent, balance) => {
		await rows(giftCard);
		const [answer] = await rows(adjusting({ amount, options: { reason: 'sorry', sourceId: 't-1' } }));
		expect(requests(sandbox, 'POST', '/v1/vouchers/CARD/balance')[0]?.requestBody).toEqual({
			amount: sent,
			reason: 'sorry',
			source_id: 't-1',
		});
		expect(answer).toMatchObject({ voucher: 'CARD', amount: sent, balance, type: 'gift_voucher' });
	});

	test('adds points as they are to a loyalty card', async () => {
		await rows(loyaltyCard);
		expect(await rows(adjusting({ balance: 'loyalty_card', points: 5 }))).toMatchObject([{ balance: 105 }]);
	});

	test.each([
		['euros to a loyalty card', loyaltyCard, adjusting({ amount: 10 }), 'it is a loyalty card'],
		[
			'points to a gift card',
			giftCard,
			adjusting({ balance: 'loyalty_card', points: 1 }),
			'it is a gift card',
		],
		[
			'euros to a coupon',
			create({ voucherType: 'DISCOUNT_VOUCHER', discountType: 'PERCENT', percentOff: 5 }),
			adjusting({ amount: 10 }),
			'it has no balance',
		],
	])('%s are refused, and nothing is added', async (_what, made, parameters, message) => {
		await rows(made);
		const { error } = await runVoucherify(sandbox, parameters);
		expect(error?.message).toContain(message);
		expect(requests(sandbox, 'POST', '/v1/vouchers/CARD/balance')).toHaveLength(0);
	});

	test('when the answer is lost, nothing is added a second time', async () => {
		await rows(giftCard);
		const fault = { service: 'voucherify', method: 'POST', kind: 'reset', when: 'after' } as const;
		sandbox.faults.add({ ...fault, path: '/v1/vouchers/CARD/balance' });
		const { error } = await runVoucherify(sandbox, adjusting({ amount: 10 }));
		expect(error).toBeDefined();
		expect(requests(sandbox, 'POST', '/v1/vouchers/CARD/balance')).toHaveLength(1);
		expect(state().campaigns.getVoucher('CARD').toVoucher('')).toMatchObject({ gift: { balance: 3500 } });
	});

	test.each([
		[0, '"Amount" is 0'],
		[1.005, '"Amount" is 1.005'],
		['ten', '"Amount" is "ten"'],
	])('an amount of %s is refused before anything is sent', async (amount, message) => {
		const { error } = await runVoucherify(sandbox, adjusting({ amount }));
		expect(error?.message).toContain(message);
		expect(sandbox.log.entries()).toHaveLength(0);
	});
});

describe('Transactions', () => {
	test.each([
		['voucher', { voucher: located('code', 'CARD') }],
		['campaign', { campaign: located('name', 'Welcome Gift Card') }],
	])('of a %s are listed beyond a page, each once, newest or oldest first', async (resource, which) => {
		if (resource === 'voucher') await rows(giftCard);
		else
			await rows({
				...giftCard,
				resource: 'campaign',
				operation: 'addVouchers',
				codes: 'given',
				campaign: located('name', 'Welcome Gift Card'),
			});
		for (let n = 1; n <= 250; n++) state().balances.adjustBalance('CARD', n, {});
		const list = { resource, operation: 'getTransactions', ...which };
		const newest = await rows({ ...list, returnAll: true, order: '-id' });
		const oldest = await rows({ ...list, returnAll: true, order: 'id' });
		const ids = newest.map(({ id }) => id);
		expect(new Set(ids).size).toBe(250);
		expect(oldest.map(({ id }) => id).reverse()).toEqual(ids);
		expect(await rows({ ...list, returnAll: false, limit: 3, order: '-id' })).toHaveLength(3);
	});
});

describe('Vouchers', () => {
	test('all of a campaign are listed, each once; more than 9,900 are refused with what to do', async () => {
		const list = {
			resource: 'voucher',
			operation: 'getAll',
			returnAll: true,
			simple: true,
			order: 'created_at',
		};
		const found = await rows({ ...list, campaign: located('name', 'Newsletter Codes') });
		expect(new Set(found.map(({ code }) => code)).size).toBe(1_000);
		const large = await startSandbox({ codes: 20_000 });
		const { error } = await runVoucherify(large, { ...list, campaign: located('name', 'Newsletter Codes') });
		await large.close();
		expect(error?.message).toContain('Voucherify lists at most 9,900 vouchers, and there are 20,000');
		expect(error?.description).toContain('export');
	});

	test('a generated code follows its format', async () => {
		const [voucher] = await rows(
			create({
				code: '',
				voucherType: 'DISCOUNT_VOUCHER',
				discountType: 'AMOUNT',
				amountOff: 9.99,
				codeFormat: { pattern: 'VIP-####', charset: 'ABC' },
			}),
		);
		expect(voucher?.code).toMatch(/^VIP-[ABC]{4}$/);
		expect(voucher?.discount).toMatchObject({ type: 'AMOUNT', amount_off: 999 });
	});

	test('a code that exists is refused, and the item says so', async () => {
		await rows(giftCard);
		const { failed } = await runVoucherify(sandbox, giftCard, [{}], { onError: 'continueErrorOutput' });
		expect(failureOf(failed[0]).message).toContain('already exists');
	});

	test('disabled and enabled, then deleted', async () => {
		await rows(giftCard);
		const one = { resource: 'voucher', voucher: located('code', 'CARD') };
		expect(await rows({ ...one, operation: 'disable' })).toMatchObject([{ active: false }]);
		expect(await rows({ ...one, operation: 'enable' })).toMatchObject([{ active: true }]);
		expect(await rows({ ...one, operation: 'delete', force: false })).toMatchObject([{ deleted: true }]);
		const { error } = await runVoucherify(sandbox, { ...one, operation: 'get', simple: true });
		expect(error?.message).toContain('Voucherify has no such object');
	});
});

describe('A campaign', () => {
	const trial: INodeParameters = {
		resource: 'campaign',
		operation: 'create',
		name: 'Trial',
		campaignType: 'DISCOUNT_COUPONS',
		codes: 'STATIC',
		vouchersCount: 50,
		discountType: 'PERCENT',
		percentOff: 20,
		codeFormat: { prefix: 'T-', length: 6 },
		simple: true,
	};

	test('is created with its codes, which are there when the item comes out', async () => {
		const [made] = await rows({
			...trial,
			waits: true,
			settings: { more: '{"voucher": {"redemption": {"quantity": 2}}}' },
		});
		expect(made).toMatchObject({ name: 'Trial', vouchers_count: 50, type: 'STATIC' });
		const campaign = state().campaigns.get('Trial');
		expect(campaign.generationStatus).toBe('DONE');
		expect(campaign.voucher(0).code).toMatch(/^T-\w{6}$/);
		expect(campaign.settings.redemptionQuantity).toBe(2);
	});

	test('need not be waited for', async () => {
		await rows({ ...trial, waits: false });
		expect(requests(sandbox, 'GET', '/v1/campaigns')).toHaveLength(0);
		expect(state().campaigns.get('Trial').generationStatus).not.toBe('DONE');
	});

	test('whose creation fails, fails the item', async () => {
		const body = {
			id: 'camp_1',
			name: 'Trial',
			creation_status: 'FAILED',
			vouchers_generation_status: 'FAILED',
		};
		const fault = { service: 'voucherify', method: 'GET', kind: 'status', status: 200 } as const;
		sandbox.faults.add({ ...fault, path: '/v1/campaigns/', body });
		const { error } = await runVoucherify(sandbox, { ...trial, waits: true });
		expect(error?.message).toContain('could not create the campaign "Trial"');
	});

	test('that is not done in time leaves open what came of it, for it is there', async () => {
		const body = { id: 'camp_1', name: 'Trial', creation_status: 'IN_PROGRESS' };
		const fault = { service: 'voucherify', method: 'GET', kind: 'status', status: 200 } as const;
		sandbox.faults.add({ ...fault, path: '/v1/campaigns/', body });
		const short = { ...trial, waits: true, options: { longestWaitForResult: 0.01 } };
		const { failed } = await runVoucherify(sandbox, short, [{}], { onError: 'continueErrorOutput' });
		expect(failureOf(failed[0])).toMatchObject({ uncertain: true });
		expect(failureOf(failed[0]).message).toContain('is not done');
	});

	test('gets codes added, and is gone with all of them once it is deleted', async () => {
		await rows({ ...trial, waits: true });
		const campaign = located('name', 'Trial');
		const add = { resource: 'campaign', operation: 'addVouchers', campaign, simple: true };
		expect(await rows({ ...add, codes: 'generated', count: 7, waits: true })).toMatchObject([
			{ count: 7, done: true },
		]);
		expect(await rows({ ...add, codes: 'given', code: 'ADA' })).toMatchObject([{ code: 'ADA' }]);
		expect(state().campaigns.get('Trial').codeCount).toBe(58);
		await rows({ resource: 'campaign', operation: 'delete', campaign, force: true, waits: true });
		expect(state().campaigns.find('Trial')).toBeUndefined();
		expect(state().campaigns.findVoucher('ADA')).toBeUndefined();
	});
});

describe('Async actions', () => {
	test('are listed, the newest first, beyond a page and each once', async () => {
		for (let n = 0; n < 250; n++) {
			state().asyncActions.start('VOUCHERS.IMPORT', () => ({ done: 0, failed: [] }));
			// Two at a time.
			sandbox.clock.advance(n % 2);
		}
		const found = await rows({ resource: 'asyncAction', operation: 'getAll', returnAll: true });
		expect(new Set(found.map(({ id }) => id)).size).toBe(250);
		const times = found.map(({ created_at: at }) => String(at));
		expect(times).toEqual([...times].sort().reverse());
	});

	test('are waited for; one that failed fails the item, or not', async () => {
		const bad = () => {
			throw new Error('Out of order');
		};
		const asyncActionId = state().asyncActions.start('VOUCHERS.IMPORT', bad).id;
		const wait = { resource: 'asyncAction', operation: 'waitFor', asyncActionId };
		const { error } = await runVoucherify(sandbox, wait);
		expect(error?.message).toContain(`could not do the async action ${asyncActionId}`);
		expect(await rows({ ...wait, options: { failWhenFailed: false } })).toMatchObject([{ status: 'FAILED' }]);
	});
});
