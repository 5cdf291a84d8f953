import { WORKSPACE } from '../../sandbox/braze/workspace-seed.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall, type BrazeCall } from './braze-call.mts';

const [EMAIL, SMS] = WORKSPACE.subscriptionGroups.map(({ id }) => id);

let sandbox: Sandbox;
let call: BrazeCall;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = brazeCall(sandbox);
});
beforeEach(async () => {
	sandbox.reset();
	const attributes = [{ external_id: 'ada', email: 'ada@example.com' }, { external_id: 'bob' }];
	await call('POST', '/users/track', { attributes });
});
afterAll(() => sandbox.close());

const set = (body: Record<string, unknown>) =>
	call('POST', '/subscription/status/set', {
		subscription_group_id: EMAIL,
		subscription_state: 'subscribed',
		...body,
	});
const groupsOf = async (query: string) =>
	(await call('GET', `/subscription/user/status?${query}`)).data.users.map(
		(user: { subscription_groups: { id: string; status: string }[] }) =>
			user.subscription_groups.map(({ id, status }) => [id, status]),
	);

test('one group is set for several users, and the latest state counts', async () => {
	expect((await set({ external_id: ['ada', 'bob', 'nobody'] })).status).toBe(201);
	await set({ email: 'ada@example.com', subscription_state: 'unsubscribed' });
	expect(await groupsOf('external_id[]=ada&external_id[]=bob')).toEqual([
		[[EMAIL, 'Unsubscribed']],
		[[EMAIL, 'Subscribed']],
	]);
});

test('several groups are set at once, and found by email', async () => {
	const entry = (subscription_group_id: string | undefined, subscription_state: string) => ({
		subscription_group_id,
		subscription_state,
		external_ids: ['ada'],
	});
	const subscription_groups = [entry(EMAIL, 'subscribed'), entry(SMS, 'unsubscribed')];
	expect((await call('POST', '/v2/subscription/status/set', { subscription_groups })).status).toBe(201);
	expect(await groupsOf('email=ada@example.com')).toEqual([
		[
			[EMAIL, 'Subscribed'],
			[SMS, 'Unsubscribed'],
		],
	]);
});

test('groups that were tracked as an attribute count too', async () => {
	const group = { subscription_group_id: SMS, subscription_state: 'subscribed' };
	await call('POST', '/users/track', { attributes: [{ external_id: 'ada', subscription_groups: [group] }] });
	expect(await groupsOf('external_id=ada')).toEqual([[[SMS, 'Subscribed']]]);
	const other = { subscription_group_id: EMAIL, subscription_state: 'unsubscribed' };
	await call('POST', '/users/track', { attributes: [{ external_id: 'ada', subscription_groups: [other] }] });
	expect(await groupsOf('external_id=ada')).toEqual([
		[
			[SMS, 'Subscribed'],
			[EMAIL, 'Unsubscribed'],
		],
	]);
});

test('email and phone number exclude each other, in Braze words', async () => {
	const answer = await set({ email: 'ada@example.com', phone: '+4915112345678' });
	expect([answer.status, answer.data.message]).toEqual([
		400,
		'Either an email address or a phone number should be provided, but not both.',
	]);
});

test.each([
	['an unknown group', { subscription_group_id: 'x', external_id: 'ada' }],
	['an unknown state', { subscription_state: 'maybe', external_id: 'ada' }],
	['51 users', { external_id: Array(51).fill('ada') }],
])('%s is refused, and nothing changes', async (_name, body) => {
	expect((await set(body)).status).toBe(400);
	expect(await groupsOf('external_id=ada')).toEqual([[]]);
});
