import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { causeOf, CUSTOMER } from '../contract/voucherify-cause-cases.mts';
import type { TriggerServer } from '../nodes/webhook-server.mts';
import { voucherifyCall, type VoucherifyCall } from '../sandbox/voucherify-call.mts';
import { readTemplate, serveTemplate } from './template.mts';

let sandbox: Sandbox;
let server: TriggerServer;
let call: VoucherifyCall;
afterEach(async () => {
	await server.close();
	await sandbox.close();
});

/** Serves a workflow as the webhook of a distribution, for a customer whom Braze knows too. */
async function distributedTo(file: string): Promise<void> {
	sandbox = await startSandbox({ customers: 10 });
	server = await serveTemplate(readTemplate(file), sandbox);
	call = voucherifyCall(sandbox);
	await call('POST', '/v1/customers', { ...CUSTOMER, name: 'Ada' });
	sandbox.braze.state.track({ attributes: [{ external_id: CUSTOMER.source_id, first_name: 'Ada' }] });
	sandbox.voucherify.state.webhooks.addTarget('distribution', server.url, 'To n8n');
}

/** Waits for the workflow to take what Voucherify sends because of a call. */
async function after(happens: Promise<unknown>): Promise<void> {
	await happens;
	await sandbox.voucherify.state.webhooks.settled();
}

const failures = () => server.runs.flatMap(({ data }) => data.resultData.error?.message ?? []);
const profile = () => sandbox.braze.state.getUser({ external_id: CUSTOMER.source_id });
const attributes = () => ({ ...profile()?.customAttributes });
const publishedCodes = () =>
	sandbox.voucherify.state.publications.all.flatMap(({ vouchers }) => vouchers.map(({ code }) => code));

describe('Cart abandoned', () => {
	const event = async (name: string, metadata: object) =>
		await after(call('POST', '/v1/events', { event: name, customer: CUSTOMER, metadata }));
	const entries = () =>
		sandbox.braze.state.sends.all.flatMap(({ kind, recipients }) =>
			recipients.map(({ user, outcome, properties }) => ({ kind, user, outcome, properties })),
		);
	beforeEach(async () => await distributedTo('11-cart-abandoned.json'));

	test('who leaves a cart enters the Canvas with a code of their own', async () => {
		await event('cart_abandoned', { cart_id: 'cart-1' });
		expect(failures()).toEqual([]);
		const [code] = publishedCodes();
		expect(code).toMatch(/^EURO-/);
		expect(entries()).toEqual([
			{
				kind: 'canvas',
				user: { external_user_id: CUSTOMER.source_id },
				outcome: 'sent',
				properties: { code, expires: '', cart_id: 'cart-1' },
			},
		]);
	});

	test('the same cart, told of again, brings the same code; another cart another one', async () => {
		await event('cart_abandoned', { cart_id: 'cart-1' });
		await event('cart_abandoned', { cart_id: 'cart-1' });
		await event('cart_abandoned', { cart_id: 'cart-2' });
		const [first, second] = publishedCodes();
		expect(publishedCodes()).toHaveLength(2);
		expect(entries().map(({ properties }) => properties.code)).toEqual([first, first, second]);
	});

	test('a cart without an ID counts each time, and other events do nothing', async () => {
		await event('cart_abandoned', {});
		await event('cart_abandoned', {});
		await event('page_viewed', { page: '/' });
		expect(failures()).toEqual([]);
		expect(publishedCodes()).toHaveLength(2);
		expect(entries()).toHaveLength(2);
	});
});

describe('Win-back', () => {
	/** Makes segments that hold whoever is active in some way. */
	async function segment(name: string, field: string): Promise<void> {
		const filter = { junction: 'AND', [`metadata.${field}`]: { conditions: { $is: ['yes'] } } };
		expect((await call('POST', '/v1/segments', { name, type: 'auto-update', filter })).status).toBe(200);
	}
	const set = async (metadata: object) =>
		await after(call('PUT', `/v1/customers/${CUSTOMER.source_id}`, { metadata }));
	beforeEach(async () => {
		await distributedTo('13-win-back.json');
		await segment('Active customers', 'active');
		await segment('Newsletter readers', 'reads');
		await set({ active: 'yes', reads: 'yes' });
	});

	test('who leaves the segment has a code and an event on their profile; leaving again gives no second code', async () => {
		await set({ active: 'no' });
		expect(failures()).toEqual([]);
		const [code] = publishedCodes();
		expect(code).toMatch(/^COFFEE-/);
		expect(attributes()).toMatchObject({ voucherify_win_back_code: code });
		expect(profile()?.events).toMatchObject([
			{ name: 'voucherify.win_back', properties: { code, segment: 'Active customers' } },
		]);
		await set({ active: 'yes' });
		await set({ active: 'no' });
		expect(failures()).toEqual([]);
		expect(publishedCodes()).toEqual([code]);
		expect(profile()?.events).toHaveLength(2);
	});

	test('another segment does nothing', async () => {
		await set({ reads: 'no' });
		expect(server.executions).not.toEqual([]);
		expect(failures()).toEqual([]);
		expect(publishedCodes()).toEqual([]);
		expect(attributes()).not.toHaveProperty('voucherify_win_back_code');
	});

	test('a customer who leaves because they are deleted gets none, and is not created again', async () => {
		await after(call('DELETE', `/v1/customers/${CUSTOMER.source_id}`));
		expect(failures()).toEqual([expect.stringContaining('Voucherify has no such object')]);
		expect(publishedCodes()).toEqual([]);
		expect((await call('GET', `/v1/customers/${CUSTOMER.source_id}`)).status).toBe(404);
	});
});

describe('Loyalty tiers', () => {
	/** Lets a member change tiers by a cause of the list. */
	async function cause(title: string): Promise<void> {
		const { before, act } = causeOf(title);
		await before?.(call);
		await after(act(call));
		expect(failures()).toEqual([]);
	}
	beforeEach(async () => await distributedTo('14-loyalty-tiers.json'));

	test.each([
		['joined', 'a member who reaches the first tier', 'Silver'],
		['upgraded', 'a member who reaches the next tier', 'Gold'],
		['downgraded', 'a member who falls to a lower tier', 'Silver'],
	])('who has %s has the tier as an attribute, and the event', async (change, title, tier) => {
		await cause(title);
		expect(attributes()).toMatchObject({ loyalty_tier: tier, loyalty_tier_changed_at: expect.anything() });
		expect(profile()?.events.at(-1)).toMatchObject({ name: `voucherify.customer.loyalty.tier.${change}` });
	});

	test('who falls below the first tier has no tier any more', async () => {
		await cause('a member who falls below the first tier');
		expect(profile()?.events.map(({ name }) => name)).toEqual([
			'voucherify.customer.loyalty.tier.joined',
			'voucherify.customer.loyalty.tier.left',
		]);
		expect(attributes()).not.toHaveProperty('loyalty_tier');
		expect(attributes()).toHaveProperty('loyalty_tier_changed_at');
	});
});
