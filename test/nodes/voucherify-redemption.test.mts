import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { customers, failureOf, jsonOf, located, publishing, requests, runVoucherify } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ customers: 150 });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const REDEMPTIONS = '/v1/redemptions';
const posts = () => requests(sandbox, 'POST', REDEMPTIONS);
const codeOf = async (campaign: string): Promise<string> =>
	String(jsonOf((await runVoucherify(sandbox, publishing(campaign), customers(1))).items)[0]?.code);
const balanceOf = (code: string) => sandbox.voucherify.state.campaigns.getVoucher(code).giftBalance;
const usesOf = (code: string) => sandbox.voucherify.state.campaigns.getVoucher(code).redeemedQuantity;
const code = (id: string): IDataObject => ({ kind: 'voucher', id });
const redeeming = (redeemable: IDataObject[], more: INodeParameters = {}) =>
	({
		resource: 'redemption',
		operation: 'redeem',
		redeemables: { redeemable },
		customer: located('sourceId', 'customer-000001'),
		order: { amount: 100 },
		onRefusal: 'fail',
		simple: true,
		...more,
	}) as INodeParameters;

describe('Redeem', () => {
	test('applies everything together, in the order given, and money goes over in hundredths', async () => {
		const gift = await codeOf('Welcome Gift Card');
		const before = balanceOf(gift) ?? 0;
		const summer = await codeOf('Summer Sale 20%');
		const tier = sandbox.voucherify.state.campaigns.get('Summer Happy Hour').settings.tiers[0]?.id;
		const stack = [
			{ kind: 'promotion_tier', id: tier },
			code(summer),
			{ kind: 'gift', id: gift, credits: 9.99 },
		];
		const { items, error } = await runVoucherify(sandbox, redeeming(stack as IDataObject[]));
		expect(error).toBeUndefined();
		expect(posts()[0]?.requestBody).toEqual({
			redeemables: [
				{ object: 'promotion_tier', id: tier },
				{ object: 'voucher', id: summer },
				{ object: 'voucher', id: gift, gift: { credits: 999 } },
			],
			customer: { source_id: 'customer-000001' },
			order: { amount: 10_000 },
		});
		expect(balanceOf(gift)).toBe(before - 999);
		const [item] = jsonOf(items);
		expect(item).toMatchObject({ redeemed: true, refusals: [], order: { amount: 10_000 } });
		const redemptions = item?.redemptions as IDataObject[];
		expect(redemptions.map(({ result }) => result)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
		expect(redemptions[1]).toMatchObject({ voucher: { code: summer } });
	});

	test('what was refused fails the item with the reason, and names what was redeemed all the same', async () => {
		const good = await codeOf('Summer Sale 20%');
		const { failed } = await runVoucherify(sandbox, redeeming([code(good), code('NO-SUCH-CODE')]), [{}], {
			onError: 'continueErrorOutput',
		});
		const failure = failureOf(failed[0]);
		expect(failure.message).toContain('Voucherify refused the redemption: NO-SUCH-CODE');
		expect(failure).toMatchObject({
			code: 'not_found',
			refusals: [{ id: 'NO-SUCH-CODE', reason: 'not_found' }],
		});
		expect(String(failure.description)).toContain(`${good} (r_`);
		expect(usesOf(good)).toBe(1);
	});

	test('passed on, a refusal inside a success comes out with its reason beside what was redeemed', async () => {
		const good = await codeOf('Summer Sale 20%');
		const parameters = redeeming([code(good), code('NO-SUCH-CODE')], { onRefusal: 'passOn' });
		const { items, error } = await runVoucherify(sandbox, parameters);
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			redeemed: true,
			refusals: [{ id: 'NO-SUCH-CODE', object: 'voucher', reason: 'not_found' }],
		});
	});

	test('passed on, an error that says no to a code is a refusal as well; other errors still fail', async () => {
		const used = await codeOf('Summer Sale 20%');
		const voucher = sandbox.voucherify.state.campaigns.getVoucher(used);
		voucher.change({ active: false }, Date.now());
		const passing = redeeming([code(used)], { onRefusal: 'passOn' });
		const { items } = await runVoucherify(sandbox, passing);
		expect(items[0]?.json).toMatchObject({
			redeemed: false,
			redemptions: [],
			refusals: [{ reason: 'voucher_disabled' }],
		});
		sandbox.faults.add({
			service: 'voucherify',
			path: REDEMPTIONS,
			kind: 'status',
			status: 400,
			body: { code: 400, key: 'invalid_payload', message: 'Invalid payload' },
			times: 1,
		});
		expect((await runVoucherify(sandbox, passing)).error?.message).toContain('Invalid payload');
	});

	test.each(['reset', 'truncate', 'status'] as const)(
		'an answer that is lost (%s) is not asked for again, and the failure says that it may have happened',
		async (kind) => {
			const gift = await codeOf('Welcome Gift Card');
			const fault = {
				service: 'voucherify',
				method: 'POST',
				path: REDEMPTIONS,
				when: 'after',
				times: 1,
			} as const;
			sandbox.faults.add(kind === 'status' ? { ...fault, kind, status: 502 } : { ...fault, kind });
			const { failed } = await runVoucherify(
				sandbox,
				redeeming([{ kind: 'gift', id: gift, credits: 1 }]),
				[{}],
				{ onError: 'continueErrorOutput' },
			);
			expect(posts()).toHaveLength(1);
			expect(failureOf(failed[0])).toMatchObject({ uncertain: true });
		},
	);

	test.each([
		['nothing to redeem', { redeemables: {} }, '"Redeemables" is empty'],
		['31 codes', { redeemables: { redeemable: Array(31).fill(code('A')) as IDataObject[] } }, '31 rows'],
		['an empty code', { redeemables: { redeemable: [code(' ')] } }, '"Code or ID" is empty'],
		[
			'a card without a reward',
			{ redeemables: { redeemable: [{ kind: 'loyalty', id: 'A' }] } },
			'"Reward ID" is empty',
		],
		[
			'thirds of a cent',
			{ redeemables: { redeemable: [{ kind: 'gift', id: 'A', credits: 0.333 }] } },
			'"Credits" is 0.333',
		],
		['items that are none', { order: { items: '{"a": 1}' } }, '"Items" is'],
		['an unknown status', { order: { status: 'LOST' } }, '"Status" is "LOST"'],
	])('%s is refused before anything is sent', async (_what, parameters, message) => {
		const { error } = await runVoucherify(sandbox, redeeming([code('A')], parameters as INodeParameters));
		expect(error?.message).toContain(message);
		expect(sandbox.log.entries()).toHaveLength(0);
	});
});

describe('Roll Back', () => {
	const rollingBack = (scope: string, redemptionId: string): INodeParameters => ({
		resource: 'redemption',
		operation: 'rollBack',
		scope,
		redemptionId,
		simple: true,
		options: { reason: 'Order canceled' },
	});

	test('a single one gives the credits back, and a second time counts as done', async () => {
		const gift = await codeOf('Welcome Gift Card');
		const before = balanceOf(gift);
		const { items } = await runVoucherify(sandbox, redeeming([{ kind: 'gift', id: gift, credits: 5 }]));
		const [redemption] = items[0]?.json.redemptions as IDataObject[];
		expect(balanceOf(gift)).toBe((before ?? 0) - 500);
		const first = await runVoucherify(sandbox, rollingBack('single', String(redemption?.id)));
		expect(balanceOf(gift)).toBe(before);
		expect(first.items[0]?.json).toMatchObject({
			rolled_back: true,
			already_rolled_back: false,
			rollbacks: [{ result: 'SUCCESS', redemption: redemption?.id }],
		});
		const second = await runVoucherify(sandbox, rollingBack('single', String(redemption?.id)));
		expect(second.error).toBeUndefined();
		expect(second.items[0]?.json).toMatchObject({ rolled_back: true, already_rolled_back: true });
		expect(balanceOf(gift)).toBe(before);
	});

	test('everything redeemed together, also when the first answer was lost', async () => {
		const [gift, summer] = [await codeOf('Welcome Gift Card'), await codeOf('Summer Sale 20%')];
		const before = balanceOf(gift);
		const { items } = await runVoucherify(
			sandbox,
			redeeming([code(summer), { kind: 'gift', id: gift, credits: 5 }]),
		);
		const parent = items[0]?.json.parent_redemption as IDataObject;
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: REDEMPTIONS,
			when: 'after',
			kind: 'reset',
			times: 1,
		});
		const { error, items: done } = await runVoucherify(sandbox, rollingBack('whole', String(parent.id)));
		expect(error).toBeUndefined();
		expect(done[0]?.json).toMatchObject({ rolled_back: true, already_rolled_back: true });
		expect([balanceOf(gift), usesOf(summer)]).toEqual([before, 0]);
	});

	test('one that there is not fails', async () => {
		const { error } = await runVoucherify(sandbox, rollingBack('single', 'r_nothing'));
		expect(error?.message).toContain('Voucherify has no such object');
	});
});

describe('Get and Get Many', () => {
	test('redemptions by code, page by page, simplified at the paths of the raw ones', async () => {
		const list = {
			resource: 'redemption',
			operation: 'getAll',
			returnAll: true,
			filters: { voucher: 'HELLO10' },
		};
		const raw = jsonOf((await runVoucherify(sandbox, { ...list, simple: false })).items);
		const simple = jsonOf((await runVoucherify(sandbox, { ...list, simple: true })).items);
		expect(raw.length).toBeGreaterThan(50);
		expect(new Set(raw.map(({ id }) => id)).size).toBe(raw.length);
		raw.forEach((redemption, n) => expect(redemption).toMatchObject(simple[n] ?? { none: true }));
		const one = { resource: 'redemption', operation: 'get', redemptionId: String(raw[0]?.id), simple: true };
		expect((await runVoucherify(sandbox, one)).items[0]?.json).toMatchObject({
			id: raw[0]?.id,
			voucher: { code: 'HELLO10' },
		});
	});
});

describe('Validate', () => {
	const validating = (redeemable: IDataObject[], more: INodeParameters = {}) =>
		redeeming(redeemable, { resource: 'validation', operation: 'validate', ...more });

	test('says what an order would cost and uses nothing up', async () => {
		const summer = await codeOf('Summer Sale 20%');
		const { items } = await runVoucherify(
			sandbox,
			validating([code(summer)], { options: { lockMinutes: 10 } }),
		);
		expect(items[0]?.json).toMatchObject({
			valid: true,
			redeemables: [{ id: summer }],
			order: { amount: 10_000, total_amount: 8_000 },
			session: { type: 'LOCK', ttl: 10, ttl_unit: 'MINUTES' },
			refusals: [],
		});
		expect(usesOf(summer)).toBe(0);
	});

	test('what is not valid inside a success fails the item, or is passed on with its reason', async () => {
		const { error } = await runVoucherify(sandbox, validating([code('NO-SUCH-CODE')]));
		expect(error?.message).toContain('Voucherify refused the validation: NO-SUCH-CODE');
		const passing = await runVoucherify(sandbox, validating([code('NO-SUCH-CODE')], { onRefusal: 'passOn' }));
		expect(passing.items[0]?.json).toMatchObject({
			valid: false,
			redeemables: [],
			refusals: [{ id: 'NO-SUCH-CODE', reason: 'not_found' }],
		});
		const raw = await runVoucherify(
			sandbox,
			validating([code('NO-SUCH-CODE')], { onRefusal: 'passOn', simple: false }),
		);
		expect(raw.items[0]?.json).toMatchObject({ valid: false, redeemables: [{ status: 'INAPPLICABLE' }] });
	});
});

describe('Check Eligibility', () => {
	const checking = (more: INodeParameters = {}): INodeParameters => ({
		resource: 'qualification',
		operation: 'checkEligibility',
		customer: located('sourceId', 'customer-000001'),
		order: { amount: 100 },
		scenario: 'ALL',
		returnAll: true,
		simple: true,
		...more,
	});

	test('finds the codes of a customer and the promotions for everybody, each once, beyond one page', async () => {
		const several = publishing('10 Euro Off', { preventDuplicates: 'off', options: { count: 30 } });
		const made = [];
		for (let n = 0; n < 3; n++) made.push(...(await runVoucherify(sandbox, several, customers(1))).items);
		const codes = made.flatMap(({ json }) => json.codes as string[]);
		// Groups of 20 that share a moment lie across the borders of pages.
		codes.forEach((one, n) => {
			const voucher = sandbox.voucherify.state.campaigns.getVoucher(one);
			voucher.change({ createdAt: Date.UTC(2026, 5, 1) + Math.floor(n / 20) }, Date.now());
		});
		const { items, error } = await runVoucherify(sandbox, checking());
		expect(error).toBeUndefined();
		const found = items[0]?.json.redeemables as IDataObject[];
		const ids = found.map(({ id }) => String(id));
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toEqual(expect.arrayContaining(codes));
		expect(found.filter(({ object }) => object === 'promotion_tier').length).toBeGreaterThan(0);
		expect(items[0]?.json.eligible).toBe(true);
		const few = await runVoucherify(sandbox, checking({ returnAll: false, limit: 3 }));
		expect(few.items[0]?.json.redeemables).toHaveLength(3);
	});

	test('nothing to be had is an answer, and no error', async () => {
		const nobody = checking({ scenario: 'CUSTOMER_WALLET', customer: located('sourceId', 'nobody') });
		const { items } = await runVoucherify(sandbox, nobody);
		expect(items[0]?.json).toMatchObject({ eligible: false, redeemables: [] });
	});
});
