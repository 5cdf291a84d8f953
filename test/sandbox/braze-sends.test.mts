import { WORKSPACE } from '../../sandbox/braze/workspace-seed.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall, type BrazeCall } from './braze-call.mts';

const [CAMPAIGN, CANVAS, GIFT] = [
	WORKSPACE.campaigns[0],
	WORKSPACE.canvases[0],
	WORKSPACE.transactionalCampaigns[0],
];

let sandbox: Sandbox;
let call: BrazeCall;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = brazeCall(sandbox);
});
beforeEach(async () => {
	sandbox.reset();
	await call('POST', '/users/track', { attributes: [{ external_id: 'ada' }, { external_id: 'bob' }] });
});
afterAll(() => sandbox.close());

const sends = () => sandbox.braze.state.sends.all;

test.each([
	['/campaigns/trigger/send', 'campaign', { campaign_id: CAMPAIGN?.id }, 'trigger_properties'],
	['/canvas/trigger/send', 'canvas', { canvas_id: CANVAS?.id }, 'canvas_entry_properties'],
])('%s notes every recipient with the properties meant for them', async (path, kind, id, name) => {
	const { status, data } = await call('POST', path, {
		...id,
		[name]: { sale: 'summer', code: 'NONE' },
		recipients: [
			{ external_user_id: 'ada', [name]: { code: 'A' } },
			{ external_user_id: 'bob' },
			{ external_user_id: 'nobody', [name]: { code: 'N' } },
		],
	});
	expect([status, data.message]).toEqual([201, 'success']);
	expect(sends()).toMatchObject([
		{
			dispatchId: data.dispatch_id,
			kind,
			broadcast: false,
			recipients: [
				{ user: { external_user_id: 'ada' }, outcome: 'sent', properties: { sale: 'summer', code: 'A' } },
				{ user: { external_user_id: 'bob' }, outcome: 'sent', properties: { sale: 'summer', code: 'NONE' } },
				{ user: { external_user_id: 'nobody' }, outcome: 'no such user' },
			],
		},
	]);
});

test('a user who comes again gets one message, with the last properties', async () => {
	const entry = (code: string) => ({ external_user_id: 'ada', trigger_properties: { code } });
	await call('POST', '/campaigns/trigger/send', {
		campaign_id: CAMPAIGN?.id,
		recipients: [entry('A'), entry('B')],
	});
	expect(sends()[0]?.recipients).toMatchObject([{ properties: { code: 'B' } }]);
});

test('attributes are stored before the message goes out, and may make the user', async () => {
	const attributes = { code: 'A' };
	await call('POST', '/campaigns/trigger/send', {
		campaign_id: CAMPAIGN?.id,
		recipients: [
			{ external_user_id: 'ada', attributes },
			{ external_user_id: 'new', attributes, send_to_existing_only: false },
			{ external_user_id: 'nobody', attributes },
		],
	});
	const code = (external_id: string) =>
		sandbox.braze.state.getUser({ external_id })?.customAttributes['code'];
	expect(['ada', 'new', 'nobody'].map(code)).toEqual(['A', 'A', undefined]);
	expect(sends()[0]?.recipients.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'no such user']);
});

test.each([
	['/campaigns/trigger/send', { campaign_id: 'x', broadcast: true }, 'Campaign with id x not found'],
	['/canvas/trigger/send', { canvas_id: 'x', broadcast: true }, 'Canvas with id x not found'],
])('%s says which id it does not know, and sends nothing', async (path, body, message) => {
	const answer = await call('POST', path, body);
	expect([answer.status, answer.data]).toEqual([400, { message }]);
	expect(sends()).toEqual([]);
});

test('a broadcast excludes recipients', async () => {
	const body = { campaign_id: CAMPAIGN?.id, broadcast: true };
	const recipients = [{ external_user_id: 'ada' }];
	expect((await call('POST', '/campaigns/trigger/send', { ...body, recipients })).status).toBe(400);
	expect((await call('POST', '/campaigns/trigger/send', body)).status).toBe(201);
	expect(sends()).toMatchObject([{ broadcast: true, recipients: [] }]);
});

test('50 recipients are taken and 51 refused', async () => {
	const send = (count: number) =>
		call('POST', '/canvas/trigger/send', {
			canvas_id: CANVAS?.id,
			recipients: Array.from({ length: count }, (_, i) => ({ external_user_id: `u${i}` })),
		});
	expect((await send(50)).status).toBe(201);
	expect((await send(51)).status).toBe(400);
	expect(sends()[0]?.recipients).toHaveLength(50);
});

test('a message goes to the users it names, with its content', async () => {
	const messages = { email: { subject: 'Hello' } };
	await call('POST', '/messages/send', { external_user_ids: ['ada', 'nobody'], messages });
	expect(sends()).toMatchObject([
		{ kind: 'message', messages, recipients: [{ outcome: 'sent' }, { outcome: 'no such user' }] },
	]);
	expect((await call('POST', '/messages/send', { external_user_ids: ['ada'] })).status).toBe(400);
});

test('a transactional message with the same external_send_id is sent once in 24 hours', async () => {
	const path = `/transactional/v1/campaigns/${GIFT?.id}/send`;
	const body = { external_send_id: 'order-1', recipient: { external_user_id: 'ada' } };
	const first = (await call('POST', path, body)).data;
	expect(first.status).toBe('sent');
	expect((await call('POST', path, body)).data.dispatch_id).toBe(first.dispatch_id);
	expect(sends()).toHaveLength(1);
	sandbox.clock.advance(24 * 60 * 60_000 + 1);
	expect((await call('POST', path, body)).data.dispatch_id).not.toBe(first.dispatch_id);
});

test('only transactional campaigns can be sent that way', async () => {
	const recipient = { external_user_id: 'ada' };
	const usual = await call('POST', `/transactional/v1/campaigns/${CAMPAIGN?.id}/send`, { recipient });
	expect([usual.status, usual.data.message]).toEqual([
		400,
		expect.stringContaining('not a transactional campaign'),
	]);
	const unknown = await call('POST', '/transactional/v1/campaigns/x/send', { recipient });
	expect([unknown.status, unknown.data.message]).toEqual([400, 'Campaign does not exist']);
});
