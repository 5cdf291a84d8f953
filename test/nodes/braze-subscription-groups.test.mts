import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { BRAZE_CONTRACT } from '../contract/braze-contract.mts';
import { problemsOfExchanges } from '../contract/braze-traffic.mts';
import { describeWithContract } from '../contract/contract.mts';
import { startStandIn, type StandIn } from './braze-stand-in.mts';
import { expectSchema } from './output-schema.mts';
import { jsonOf } from './voucherify.mts';

let braze: StandIn;
beforeAll(async () => {
	braze = await startStandIn();
});
afterAll(async () => await braze.server.close());

const setting = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'subscriptionGroup',
	operation: 'setStatus',
	group: 'group-1',
	status: 'subscribed',
	findBy: 'external_id',
	user: '={{ $json.id }}',
	...more,
});
const getting = (more: INodeParameters = {}): INodeParameters => ({
	...setting(more),
	operation: 'getStatus',
});
const STATUS = {
	message: 'success',
	total_count: 1,
	users: [
		{
			email: 'a@example.com',
			phone: null,
			external_id: 'user-0',
			subscription_groups: [{ id: 'group-1', name: 'News', channel: 'email', status: 'Subscribed' }],
		},
	],
};
const users = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ id: `user-${n}` }));
const taken = () => braze.answer(() => ({ status: 201, body: { message: 'success' } }));
const groups = () =>
	braze.exchanges.map(
		({ requestBody }) => (requestBody as { subscription_groups: IDataObject[] }).subscription_groups,
	);

describe('Set Status', () => {
	beforeEach(taken);

	test('subscribes 60 users in two requests, and the items come out as they came in', async () => {
		const { items } = await braze.run(setting({ requestSettings: { concurrency: 1 } }), users(60));
		const entry = (from: number, to: number) => ({
			subscription_group_id: 'group-1',
			subscription_state: 'subscribed',
			external_ids: users(60)
				.slice(from, to)
				.map(({ id }) => id),
		});
		expect(groups()).toEqual([[entry(0, 50)], [entry(50, 60)]]);
		expect(jsonOf(items)).toEqual(users(60));
	});

	test('puts users of several groups and states into one request', async () => {
		const input = [
			{ id: 'a', group: 'g-1', status: 'subscribed' },
			{ id: 'b', group: 'g-2', status: 'unsubscribed' },
			{ id: 'c', group: 'g-1', status: 'subscribed' },
		];
		await braze.run(setting({ group: '={{ $json.group }}', status: '={{ $json.status }}' }), input);
		expect(groups()).toEqual([
			[
				{ subscription_group_id: 'g-1', subscription_state: 'subscribed', external_ids: ['a', 'c'] },
				{ subscription_group_id: 'g-2', subscription_state: 'unsubscribed', external_ids: ['b'] },
			],
		]);
	});

	test.each(['group', 'user'])('refuses an empty %s before anything is sent', async (field) => {
		const { error } = await braze.run(setting({ [field]: '={{ "" }}' }), users(1));
		expect(error?.message).toContain('is empty');
		expect(braze.exchanges).toHaveLength(0);
	});
});

test('Get Status gives the groups of a user', async () => {
	braze.answer(() => ({ body: STATUS }));
	const { items } = await braze.run(getting(), users(1));
	expect(braze.exchanges[0]?.path).toBe('/subscription/user/status?external_id=user-0&limit=100');
	expect(jsonOf(items)).toEqual(STATUS.users);
	expectSchema('Braze', 'subscriptionGroup/getStatus', jsonOf(items));
});

describeWithContract(BRAZE_CONTRACT, 'What operations on subscription groups exchange with Braze', () => {
	test.each(['external_id', 'email', 'phone'])('is as foreseen by %s', async (findBy) => {
		taken();
		await braze.run(setting({ findBy }), users(2));
		expect(braze.exchanges).toHaveLength(1);
		expect(problemsOfExchanges(braze.exchanges)).toEqual([]);
		braze.answer(() => ({ body: STATUS }));
		await braze.run(getting({ findBy }), users(1));
		expect(braze.exchanges).toHaveLength(1);
		expect(problemsOfExchanges(braze.exchanges)).toEqual([]);
	});
});
