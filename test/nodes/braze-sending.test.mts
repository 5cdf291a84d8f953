import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { BRAZE_CONTRACT } from '../contract/braze-contract.mts';
import { problemsOfExchanges } from '../contract/braze-traffic.mts';
import { describeWithContract } from '../contract/contract.mts';
import { startStandIn, type StandIn } from './braze-stand-in.mts';
import { expectSchema } from './output-schema.mts';
import { failureOf, jsonOf, located } from './voucherify.mts';

let braze: StandIn;
beforeAll(async () => {
	braze = await startStandIn();
});
afterAll(async () => await braze.server.close());

const sendCampaign = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'campaign',
	operation: 'triggerSend',
	campaign: located('id', 'camp-1'),
	identifyBy: 'externalId',
	externalId: '={{ $json.id }}',
	properties: '={{ { code: $json.code } }}',
	requestSettings: { concurrency: 1 },
	...more,
});
const sendCanvas: INodeParameters = {
	...sendCampaign(),
	resource: 'canvas',
	canvas: located('id', 'canvas-1'),
};
const users = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ id: `user-${n}`, code: `CODE-${n}` }));
const dispatched = () =>
	braze.answer(({ send }) => ({
		status: 201,
		body: { message: 'success', dispatch_id: `dispatch-${send}` },
	}));
const bodies = () => braze.exchanges.map(({ requestBody }) => requestBody);
const recipients = () => bodies().map((body) => (body as { recipients: IDataObject[] }).recipients);

describe('Trigger Send', () => {
	beforeEach(dispatched);

	test('sends a campaign to 120 users in three requests, each with their own code, and says by which dispatch', async () => {
		const { items, error } = await braze.run(sendCampaign(), users(120));
		expect(error).toBeUndefined();
		expect(recipients().map(({ length }) => length)).toEqual([50, 50, 20]);
		expect(recipients().flat()).toEqual(
			users(120).map(({ id, code }) => ({ external_user_id: id, trigger_properties: { code } })),
		);
		expect(jsonOf(items)).toEqual(
			users(120).map((user, n) => ({ ...user, dispatch_id: `dispatch-${Math.floor(n / 50)}` })),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(users(120).map((_, item) => ({ item })));
	});

	test('lets users enter a Canvas with entry properties', async () => {
		await braze.run(sendCanvas, users(1));
		expect(braze.exchanges[0]?.path).toBe('/canvas/trigger/send');
		expect(bodies()).toEqual([
			{
				canvas_id: 'canvas-1',
				recipients: [{ external_user_id: 'user-0', canvas_entry_properties: { code: 'CODE-0' } }],
			},
		]);
	});

	test('sends two messages to one user in two requests, of which Braze would send only the last in one', async () => {
		const input = [...users(2), { id: 'user-0', code: 'SECOND' }];
		const { items } = await braze.run(sendCampaign(), input);
		expect(recipients().map((some) => some.map(({ external_user_id }) => external_user_id))).toEqual([
			['user-0', 'user-1'],
			['user-0'],
		]);
		expect(jsonOf(items).map(({ dispatch_id }) => dispatch_id)).toEqual([
			'dispatch-0',
			'dispatch-0',
			'dispatch-1',
		]);
	});

	test('takes attributes, a send ID, aliases and emails', async () => {
		const options = { attributes: '{"tier": "gold"}', existingOnly: false, sendId: 'wave-2' };
		await braze.run(sendCampaign({ properties: '{}', options }), users(1));
		await braze.run(
			sendCampaign({ properties: '{}', identifyBy: 'email', email: 'a@example.com' }),
			users(1),
		);
		await braze.run(
			sendCampaign({ properties: '{}', identifyBy: 'alias', aliasName: 'a', aliasLabel: 'b' }),
			users(1),
		);
		expect(bodies()).toEqual([
			{
				campaign_id: 'camp-1',
				send_id: 'wave-2',
				recipients: [
					{ external_user_id: 'user-0', attributes: { tier: 'gold' }, send_to_existing_only: false },
				],
			},
			{
				campaign_id: 'camp-1',
				recipients: [{ email: 'a@example.com', prioritization: ['identified', 'most_recently_updated'] }],
			},
			{ campaign_id: 'camp-1', recipients: [{ user_alias: { alias_name: 'a', alias_label: 'b' } }] },
		]);
	});

	test.each<[string, INodeParameters, string]>([
		[
			'another campaign for each item',
			{ campaign: located('id', '={{ $json.code }}') },
			'"Campaign" is not the same',
		],
		['new profiles without attributes', { options: { existingOnly: false } }, 'there are no attributes'],
		[
			'new profiles for aliases',
			{
				identifyBy: 'alias',
				aliasName: 'a',
				aliasLabel: 'b',
				options: { existingOnly: false, attributes: '{"a": 1}' },
			},
			'identified by user alias',
		],
		['phone numbers', { identifyBy: 'phone' }, '"Identify Recipients By" is "phone"'],
	])('refuses %s before anything is sent', async (_what, more, problem) => {
		const { error } = await braze.run(sendCampaign(more), users(2));
		expect(error?.message).toContain(problem);
		expect(braze.exchanges).toHaveLength(0);
	});

	test('tells which recipient Braze did not take', async () => {
		braze.answer(() => ({
			status: 201,
			body: {
				message: 'success',
				dispatch_id: 'd',
				errors: [{ type: 'unknown user', input_array: 'recipients', index: 1 }],
			},
		}));
		const { items } = await braze.run(sendCampaign(), users(3), { onError: 'continueRegularOutput' });
		expect(jsonOf(items)[0]).toEqual({ id: 'user-0', code: 'CODE-0', dispatch_id: 'd' });
		expect(failureOf(items[1]).message).toContain('unknown user');
		expect(jsonOf(items)[2]).toEqual({ id: 'user-2', code: 'CODE-2', dispatch_id: 'd' });
	});

	test('is not tried again when nobody knows whether it was sent', async () => {
		braze.answer(() => ({ status: 503, body: { message: 'Try later' } }));
		const { error } = await braze.run(sendCampaign(), users(1));
		expect(braze.exchanges).toHaveLength(1);
		expect(error?.description).toContain('may have acted');
	});

	test('says in words what Braze finds wrong with the campaign', async () => {
		braze.answer(() => ({ status: 400, body: { message: 'Campaign with id camp-1 not found' } }));
		const { error } = await braze.run(sendCampaign(), users(60));
		expect(error?.message).toContain('Campaign with id camp-1 not found');
		expect(braze.exchanges).toHaveLength(1);
	});

	test('puts out what its schema says', async () => {
		const input = [{ external_id: 'user-0' }];
		const byItem = { externalId: '', properties: '{}' };
		expectSchema(
			'Braze',
			'campaign/triggerSend',
			jsonOf((await braze.run(sendCampaign(byItem), input)).items),
		);
		expectSchema(
			'Braze',
			'canvas/triggerSend',
			jsonOf((await braze.run({ ...sendCanvas, ...byItem }, input)).items),
		);
	});
});

const DETAILS = {
	campaign: {
		message: 'success',
		created_at: '2026-08-01T09:30:00+00:00',
		updated_at: '2026-08-31T09:30:00+00:00',
		archived: false,
		draft: false,
		enabled: true,
		name: 'Summer sale: your code',
		description: 'Codes for the summer',
		schedule_type: 'api_triggered',
		channels: ['email'],
		first_sent: '2026-08-02T09:30:00+00:00',
		last_sent: '2026-08-31T09:30:00+00:00',
		tags: ['promotions'],
		teams: ['crm'],
		messages: { 'variation-1': { channel: 'email', subject: 'Your code' } },
		conversion_behaviors: [{ type: 'Starts Session' }],
	},
	segment: {
		message: 'success',
		created_at: '2026-08-01T09:30:00+00:00',
		updated_at: '2026-08-31T09:30:00+00:00',
		name: 'Has an unused code',
		description: 'Users with a code that they have not redeemed',
		text_description: 'voucherify_code is not blank',
		tags: ['promotions'],
		teams: ['crm'],
	},
};

describe('Get', () => {
	test.each(['campaign', 'segment'] as const)('looks up a %s', async (resource) => {
		braze.answer(() => ({ body: DETAILS[resource] }));
		const parameters = { resource, operation: 'get', [resource]: located('id', 'an id&more') };
		const { message: _message, ...details } = DETAILS[resource];
		const whole = await braze.run({ ...parameters, simple: false }, [{}]);
		expect(braze.exchanges[0]?.path).toBe(`/${resource}s/details?${resource}_id=an%20id%26more`);
		expect(jsonOf(whole.items)).toEqual([{ id: 'an id&more', ...details }]);
		const { items } = await braze.run({ ...parameters, simple: true }, [{}]);
		expect(Object.keys(items[0]?.json ?? {})).not.toContain('messages');
		expectSchema('Braze', `${resource}/get`, jsonOf(items));
	});
});

describeWithContract(BRAZE_CONTRACT, 'What Trigger Send and Get exchange with Braze', () => {
	const options = { attributes: '{"tier": "gold"}', existingOnly: false, sendId: 'wave-2' };
	test.each<[string, INodeParameters]>([
		['a campaign', sendCampaign({ options })],
		['a campaign by email', sendCampaign({ identifyBy: 'email', email: 'a@example.com' })],
		['a campaign by alias', sendCampaign({ identifyBy: 'alias', aliasName: 'a', aliasLabel: 'b' })],
		['a campaign by Braze ID', sendCampaign({ identifyBy: 'brazeId', brazeId: 'a' })],
		['a Canvas', sendCanvas],
	])('is as foreseen: %s', async (_what, parameters) => {
		dispatched();
		await braze.run(parameters, users(2));
		expect(braze.exchanges.length).toBeGreaterThan(0);
		expect(problemsOfExchanges(braze.exchanges)).toEqual([]);
	});

	test.each(['campaign', 'segment'] as const)('is as foreseen: the details of a %s', async (resource) => {
		braze.answer(() => ({ body: DETAILS[resource] }));
		await braze.run({ resource, operation: 'get', [resource]: located('id', 'x'), simple: true }, [{}]);
		expect(problemsOfExchanges(braze.exchanges)).toEqual([]);
	});
});
