import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { WORKSPACE } from '../../sandbox/braze/workspace-seed.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { bodiesTo, brazeRequests, runBraze } from './braze.mts';
import { expectSchema } from './output-schema.mts';
import { failureOf, jsonOf, located } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const CAMPAIGN = WORKSPACE.campaigns[0]?.id ?? '';
const OTHER_CAMPAIGN = WORKSPACE.campaigns[1]?.id ?? '';
const CANVAS = WORKSPACE.canvases[0]?.id ?? '';
const GOLD = { custom_attribute: { custom_attribute_name: 'tier', comparison: 'equals', value: 'gold' } };

const sendCampaign = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'campaign',
	operation: 'triggerSend',
	campaign: located('id', CAMPAIGN),
	identifyBy: 'externalId',
	externalId: '={{ $json.id }}',
	properties: '={{ { code: $json.code } }}',
	requestSettings: { concurrency: 1, longestWait: 1 },
	...more,
});
const sendCanvas = (more: INodeParameters = {}): INodeParameters => ({
	...sendCampaign(more),
	resource: 'canvas',
	canvas: located('id', CANVAS),
});
const toEveryone = { sendTo: 'everyone', properties: '{"code": "SUMMER"}' };
const users = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ id: `user-${n}`, code: `CODE-${n}` }));
const known = (...ids: string[]) => {
	for (const external_id of ids) sandbox.braze.state.track({ attributes: [{ external_id, known: true }] });
};
const sends = () => sandbox.braze.state.sends.all;
const recipients = () => bodiesTo(sandbox).map((body) => body.recipients as IDataObject[]);

describe('Trigger Send', () => {
	test('sends a campaign to 120 users in three requests, each with their own code, and says by which dispatch', async () => {
		known('user-0', 'user-119');
		const { items, error } = await runBraze(sandbox, sendCampaign(), users(120));
		expect(error).toBeUndefined();
		expect(recipients().map(({ length }) => length)).toEqual([50, 50, 20]);
		expect(recipients().flat()).toEqual(
			users(120).map(({ id, code }) => ({ external_user_id: id, trigger_properties: { code } })),
		);
		expect(jsonOf(items)).toEqual(
			users(120).map((user, n) => ({ ...user, dispatch_id: sends()[Math.floor(n / 50)]?.dispatchId })),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(users(120).map((_, item) => ({ item })));
		const arrived = sends().flatMap((send) => send.recipients.filter(({ outcome }) => outcome === 'sent'));
		expect(arrived.map(({ properties }) => properties)).toEqual([{ code: 'CODE-0' }, { code: 'CODE-119' }]);
	});

	test('lets users enter a Canvas with entry properties', async () => {
		known('user-0');
		await runBraze(sandbox, sendCanvas(), users(1));
		expect(sends()).toMatchObject([
			{ kind: 'canvas', id: CANVAS, recipients: [{ outcome: 'sent', properties: { code: 'CODE-0' } }] },
		]);
	});

	test('sends two messages to one user in two requests, of which Braze would send only the last in one', async () => {
		known('user-0', 'user-1');
		const input = [...users(2), { id: 'user-0', code: 'SECOND' }];
		const { items } = await runBraze(sandbox, sendCampaign(), input);
		expect(sends().map((send) => send.recipients.map(({ properties }) => properties))).toEqual([
			[{ code: 'CODE-0' }, { code: 'CODE-1' }],
			[{ code: 'SECOND' }],
		]);
		const [first, second] = sends().map(({ dispatchId }) => dispatchId);
		expect(jsonOf(items).map(({ dispatch_id }) => dispatch_id)).toEqual([first, first, second]);
	});

	test('sends several campaigns in one run, each in requests of its own', async () => {
		const input = users(100).map((user, n) => ({
			...user,
			campaign: n % 2 === 0 ? CAMPAIGN : OTHER_CAMPAIGN,
		}));
		const { items } = await runBraze(
			sandbox,
			sendCampaign({ campaign: located('id', '={{ $json.campaign }}') }),
			input,
		);
		expect(sends().map(({ id, recipients: { length } }) => [id, length])).toEqual([
			[CAMPAIGN, 50],
			[OTHER_CAMPAIGN, 50],
		]);
		expect(jsonOf(items)).toEqual(
			input.map((json, n) => ({ ...json, dispatch_id: sends()[n % 2]?.dispatchId })),
		);
	});

	test('takes attributes, a send ID, an audience filter, aliases and emails', async () => {
		const options = {
			attributes: '{"tier": "gold"}',
			existingOnly: false,
			sendId: 'wave-2',
			audience: JSON.stringify(GOLD),
		};
		await runBraze(sandbox, sendCampaign({ properties: '{}', options }), users(1));
		const email = { identifyBy: 'email', email: 'a@example.com' };
		await runBraze(sandbox, sendCampaign({ properties: '{}', ...email }), users(1));
		const alias = { identifyBy: 'alias', aliasName: 'a', aliasLabel: 'b' };
		await runBraze(sandbox, sendCampaign({ properties: '{}', ...alias }), users(1));
		expect(bodiesTo(sandbox)).toEqual([
			{
				campaign_id: CAMPAIGN,
				send_id: 'wave-2',
				audience: GOLD,
				recipients: [
					{ external_user_id: 'user-0', attributes: { tier: 'gold' }, send_to_existing_only: false },
				],
			},
			{
				campaign_id: CAMPAIGN,
				recipients: [{ email: 'a@example.com', prioritization: ['identified', 'most_recently_updated'] }],
			},
			{ campaign_id: CAMPAIGN, recipients: [{ user_alias: { alias_name: 'a', alias_label: 'b' } }] },
		]);
		const made = sandbox.braze.state.getUser({ external_id: 'user-0' });
		expect({ ...made?.customAttributes }).toEqual({ tier: 'gold' });
	});

	test.each<[string, INodeParameters, string]>([
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
		['no campaign', { campaign: located('id', '={{ "" }}') }, '"Campaign" is empty'],
	])('refuses %s before anything is sent', async (_what, more, problem) => {
		const { error } = await runBraze(sandbox, sendCampaign(more), users(2));
		expect(error?.message).toContain(problem);
		expect(brazeRequests(sandbox)).toHaveLength(0);
	});

	test('tells which recipient Braze did not take', async () => {
		sandbox.faults.add({
			service: 'braze',
			kind: 'status',
			status: 201,
			body: {
				message: 'success',
				dispatch_id: 'd',
				errors: [{ type: 'unknown user', input_array: 'recipients', index: 1 }],
			},
		});
		const { items } = await runBraze(sandbox, sendCampaign(), users(3), { onError: 'continueRegularOutput' });
		expect(jsonOf(items)[0]).toEqual({ id: 'user-0', code: 'CODE-0', dispatch_id: 'd' });
		expect(failureOf(items[1]).message).toContain('unknown user');
		expect(jsonOf(items)[2]).toEqual({ id: 'user-2', code: 'CODE-2', dispatch_id: 'd' });
	});

	test.each<[string, INodeParameters]>([
		['a campaign to users', sendCampaign()],
		['a campaign to everyone', sendCampaign(toEveryone)],
		['a Canvas to everyone', sendCanvas(toEveryone)],
	])('is not tried again when nobody knows whether it was sent: %s', async (_what, parameters) => {
		sandbox.faults.add({ service: 'braze', kind: 'reset', when: 'after' });
		const { error } = await runBraze(sandbox, parameters, users(1));
		expect(sends()).toHaveLength(1);
		expect(error?.description).toContain('may have acted');
	});

	test('is tried again when it certainly was not sent', async () => {
		sandbox.faults.add({ service: 'braze', kind: 'status', status: 502, times: 2 });
		const { error } = await runBraze(
			sandbox,
			sendCampaign({ requestSettings: { longestWait: 1 } }),
			users(1),
		);
		expect(error).toBeUndefined();
		expect(sends()).toHaveLength(1);
		expect(brazeRequests(sandbox)).toHaveLength(3);
	});

	test('says in words what Braze finds wrong with the campaign', async () => {
		const { error } = await runBraze(sandbox, sendCampaign({ campaign: located('id', 'camp-1') }), users(60));
		expect(error?.message).toContain('Campaign with id camp-1 not found');
		expect(brazeRequests(sandbox)).toHaveLength(1);
	});

	test('puts out what its schema says', async () => {
		const input = [{ external_id: 'user-0' }];
		const byItem = { externalId: '', properties: '{}' };
		const campaign = await runBraze(sandbox, sendCampaign(byItem), input);
		expectSchema('Braze', 'campaign/triggerSend', jsonOf(campaign.items));
		const canvas = await runBraze(sandbox, sendCanvas(byItem), input);
		expectSchema('Braze', 'canvas/triggerSend', jsonOf(canvas.items));
	});
});

describe('Trigger Send to everyone', () => {
	test.each<[string, INodeParameters, IDataObject]>([
		[
			'a campaign',
			sendCampaign(toEveryone),
			{ campaign_id: CAMPAIGN, trigger_properties: { code: 'SUMMER' } },
		],
		['a Canvas', sendCanvas(toEveryone), { canvas_id: CANVAS, canvas_entry_properties: { code: 'SUMMER' } }],
	])('sends %s once, however many items come in, and gives one item', async (_what, parameters, body) => {
		const { items, hints } = await runBraze(sandbox, parameters, users(120));
		expect(bodiesTo(sandbox)).toEqual([{ ...body, broadcast: true }]);
		expect(sends()).toMatchObject([{ broadcast: true }]);
		expect(jsonOf(items)).toEqual([{ dispatch_id: sends()[0]?.dispatchId }]);
		expect(items[0]?.pairedItem).toEqual(users(120).map((_, item) => ({ item })));
		expect(hints[0]?.message).toContain('to everyone in the audience, once for all items');
	});

	test('sends only to those whom an audience filter leaves, without what belongs to single recipients', async () => {
		const options = { audience: JSON.stringify(GOLD), attributes: '{"a": 1}', sendId: 'wave-2' };
		await runBraze(sandbox, sendCampaign({ ...toEveryone, options }), users(1));
		expect(bodiesTo(sandbox)).toEqual([
			{
				campaign_id: CAMPAIGN,
				send_id: 'wave-2',
				audience: GOLD,
				trigger_properties: { code: 'SUMMER' },
				broadcast: true,
			},
		]);
	});

	test.each<[string, INodeParameters]>([
		['properties', { properties: '={{ { code: $json.code } }}' }],
		['campaigns', { campaign: located('id', '={{ $json.code }}') }],
		['audiences', { options: { audience: '={{ { AND: [{ id: $json.id }] } }}' } }],
	])('sends nothing when items want different %s', async (_what, more) => {
		const parameters = sendCampaign({ ...toEveryone, ...more });
		const stopped = await runBraze(sandbox, parameters, users(2));
		expect(stopped.error?.message).toContain('"Send To" is "Everyone in the Audience"');
		const { items } = await runBraze(sandbox, parameters, users(2), { onError: 'continueRegularOutput' });
		expect(items.map((item) => failureOf(item).message)).toEqual([
			expect.stringContaining('Nothing was sent'),
			expect.stringContaining('wants another message or audience than the first one'),
		]);
		expect(brazeRequests(sandbox)).toHaveLength(0);
	});

	test('fails every item when Braze refuses', async () => {
		const parameters = sendCampaign({ ...toEveryone, campaign: located('id', 'camp-1') });
		const { items } = await runBraze(sandbox, parameters, users(2), { onError: 'continueRegularOutput' });
		expect(items.map((item) => failureOf(item).message)).toEqual(
			Array(2).fill('Braze refused the request: Campaign with id camp-1 not found'),
		);
	});
});

describe('Get', () => {
	test.each(['campaign', 'segment'] as const)('looks up a %s', async (resource) => {
		const id = WORKSPACE[`${resource}s`].find(({ tags }) => tags.length > 0)?.id ?? '';
		const parameters = { resource, operation: 'get', [resource]: located('id', id) };
		const whole = await runBraze(sandbox, { ...parameters, simple: false }, [{}]);
		const { message: _message, ...details } = brazeRequests(sandbox)[0]?.responseBody as IDataObject;
		expect(jsonOf(whole.items)).toEqual([{ id, ...details }]);
		const { items } = await runBraze(sandbox, { ...parameters, simple: true }, [{}]);
		expect(Object.keys(items[0]?.json ?? {})).not.toContain('messages');
		expectSchema('Braze', `${resource}/get`, jsonOf(items));
	});

	test.each(['campaign', 'segment'] as const)(
		'of a %s keeps any ID within its parameter',
		async (resource) => {
			await runBraze(sandbox, { resource, operation: 'get', [resource]: located('id', 'an id&more') }, [{}]);
			expect(brazeRequests(sandbox)[0]?.path).toBe(`/${resource}s/details?${resource}_id=an%20id%26more`);
		},
	);
});
