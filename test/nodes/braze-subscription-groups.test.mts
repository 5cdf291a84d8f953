import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { WORKSPACE } from '../../sandbox/braze/workspace-seed.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { bodiesTo, brazeRequests, runBraze } from './braze.mts';
import { expectSchema } from './output-schema.mts';
import { failureOf, jsonOf } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const [EMAIL, SMS] = WORKSPACE.subscriptionGroups.map(({ id }) => id);

const setting = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'subscriptionGroup',
	operation: 'setStatus',
	group: EMAIL ?? '',
	status: 'subscribed',
	findBy: 'external_id',
	user: '={{ $json.id }}',
	requestSettings: { concurrency: 1, longestWait: 1 },
	...more,
});
const getting = (more: INodeParameters = {}): INodeParameters => ({
	...setting(more),
	operation: 'getStatus',
});
const users = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ id: `user-${n}` }));
const make = (...profiles: IDataObject[]) => {
	for (const profile of profiles)
		sandbox.braze.state.track({
			attributes: [{ external_id: String(profile.id), email: String(profile.email ?? 'a@example.com') }],
		});
};
const groupsOf = (external_id: string) =>
	sandbox.braze.state.getUser({ external_id })?.standardFields['subscription_groups'];
const groups = () => bodiesTo(sandbox).map((body) => body.subscription_groups);

describe('Set Status', () => {
	test('subscribes 60 users in two requests, and the items come out as they came in', async () => {
		make({ id: 'user-0' }, { id: 'user-59' });
		const { items } = await runBraze(sandbox, setting(), users(60));
		const entry = (from: number, to: number) => ({
			subscription_group_id: EMAIL,
			subscription_state: 'subscribed',
			external_ids: users(60)
				.slice(from, to)
				.map(({ id }) => id),
		});
		expect(groups()).toEqual([[entry(0, 50)], [entry(50, 60)]]);
		expect(jsonOf(items)).toEqual(users(60));
		for (const id of ['user-0', 'user-59'])
			expect(groupsOf(id)).toEqual([{ subscription_group_id: EMAIL, subscription_state: 'subscribed' }]);
	});

	test('puts users of several groups and states into one request', async () => {
		make({ id: 'a' }, { id: 'b' }, { id: 'c' });
		const input = [
			{ id: 'a', group: EMAIL, status: 'subscribed' },
			{ id: 'b', group: SMS, status: 'unsubscribed' },
			{ id: 'c', group: EMAIL, status: 'subscribed' },
		];
		await runBraze(sandbox, setting({ group: '={{ $json.group }}', status: '={{ $json.status }}' }), input);
		expect(groups()).toEqual([
			[
				{ subscription_group_id: EMAIL, subscription_state: 'subscribed', external_ids: ['a', 'c'] },
				{ subscription_group_id: SMS, subscription_state: 'unsubscribed', external_ids: ['b'] },
			],
		]);
		expect(groupsOf('b')).toEqual([{ subscription_group_id: SMS, subscription_state: 'unsubscribed' }]);
	});

	test('is sent again after a lost answer', async () => {
		make({ id: 'user-0' });
		sandbox.faults.add({ service: 'braze', kind: 'reset', when: 'after', times: 1 });
		const { error } = await runBraze(sandbox, setting(), users(1));
		expect(error).toBeUndefined();
		expect(groupsOf('user-0')).toHaveLength(1);
	});

	test('says what Braze finds wrong, for every user of the request', async () => {
		const { items } = await runBraze(sandbox, setting({ group: 'nothing' }), users(2), {
			onError: 'continueRegularOutput',
		});
		expect(items.map((item) => failureOf(item).message)).toEqual(
			Array(2).fill('Braze refused the request: Invalid Subscription Group ID'),
		);
	});

	test('saves the users of other groups when Braze does not know one, with a request for each', async () => {
		make(...users(4));
		const input = users(4).map((user, n) => ({
			...user,
			group: n === 1 ? 'nothing' : n === 2 ? SMS : EMAIL,
		}));
		const { items, failed } = await runBraze(sandbox, setting({ group: '={{ $json.group }}' }), input, {
			onError: 'continueErrorOutput',
		});
		expect(jsonOf(items).map(({ id }) => id)).toEqual(['user-0', 'user-2', 'user-3']);
		expect(failed.map(({ json }) => json.id)).toEqual(['user-1']);
		expect(groupsOf('user-3')).toHaveLength(1);
		expect(groups().map((entries) => (entries as IDataObject[]).length)).toEqual([3, 1, 1, 1]);
	});

	test.each(['group', 'user'])('refuses an empty %s before anything is sent', async (field) => {
		const { error } = await runBraze(sandbox, setting({ [field]: '={{ "" }}' }), users(1));
		expect(error?.message).toContain('is empty');
		expect(brazeRequests(sandbox)).toHaveLength(0);
	});
});

describe('Get Status', () => {
	test('gives the groups of a user', async () => {
		make({ id: 'user-0' });
		sandbox.braze.state.track({ attributes: [{ external_id: 'user-0', phone: '+491511234567' }] });
		await runBraze(sandbox, setting(), users(1));
		const { items } = await runBraze(sandbox, getting(), users(1));
		const [group] = WORKSPACE.subscriptionGroups;
		expect(jsonOf(items)).toEqual([
			{
				external_id: 'user-0',
				email: 'a@example.com',
				phone: '+491511234567',
				subscription_groups: [{ ...group, status: 'Subscribed' }],
			},
		]);
		expectSchema('Braze', 'subscriptionGroup/getStatus', jsonOf(items));
	});

	test.each([
		['email', 'a@example.com', 2],
		['external_id', 'user-1', 1],
		['phone', '+491511234567', 0],
	])('finds every profile by %s', async (findBy, user, count) => {
		make(...users(2));
		const { items } = await runBraze(sandbox, getting({ findBy, user }), [{}]);
		expect(items).toHaveLength(count);
	});
});
