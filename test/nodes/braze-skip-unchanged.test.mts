import type { IDataObject, IExecuteFunctions, INodeParameters, INodeType } from 'n8n-workflow';
import { execute } from '../../nodes/common/execute';
import { inBatches, type Prepared } from '../../nodes/common/operation';
import { Braze } from '../../nodes/Braze/Braze.node';
import { track as trackOperation } from '../../nodes/Braze/resources/user/track';
import { SkipUnchanged } from '../../nodes/Braze/track/skipUnchanged';
import { braze as service } from '../../nodes/Braze/transport';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { BRAZE_CONTRACT } from '../contract/braze-contract.mts';
import { problemsOfBrazeTraffic } from '../contract/braze-traffic.mts';
import { describeWithContract } from '../contract/contract.mts';
import { requestsTo, runBraze } from './braze.mts';
import { startStandIn, type StandIn } from './braze-stand-in.mts';
import { failureOf, jsonOf } from './voucherify.mts';

let sandbox: Sandbox;
let braze: StandIn;
beforeAll(async () => {
	sandbox = await startSandbox();
	braze = await startStandIn();
});
beforeEach(() => sandbox.reset());
afterAll(async () => {
	await sandbox.close();
	await braze.server.close();
});

const TRACK = 'POST /users/track';
const EXPORT = 'POST /users/export/ids';
const skipping = { skipUnchanged: true };
const track = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'user',
	operation: 'track',
	requestSettings: { longestWait: 1 },
	options: skipping,
	...more,
});
const users = (count: number, more: (n: number) => IDataObject = () => ({})): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ external_id: `user-${n}`, tier: 'gold', score: n, ...more(n) }));
const profile = (external_id: string) => sandbox.braze.state.getUser({ external_id });
const attributesOf = (externalId: string) => ({ ...profile(externalId)?.customAttributes });

/** Puts users into Braze, and forgets how. */
async function make(profiles: readonly IDataObject[], more: INodeParameters = {}) {
	const { error } = await runBraze(sandbox, track({ options: {}, ...more }), profiles);
	expect(error).toBeUndefined();
	sandbox.log.clear();
	sandbox.braze.state.counters.dataPoints = 0;
}

/** The objects of the requests to track, in the order of their users. */
const sent = () =>
	sandbox.log
		.entries()
		.filter(({ path }) => path === '/users/track')
		.flatMap(({ requestBody }) => (requestBody as { attributes: IDataObject[] }).attributes)
		.sort((a, b) => String(a.external_id).localeCompare(String(b.external_id)));

describe('Skip Unchanged sends only what differs', () => {
	test('of 200 users of whom 7 differ: four reads, one request, and the hint says what it saved', async () => {
		await make(users(200));
		const changed = (n: number) => (n % 30 === 0 ? { tier: 'silver' } : {});
		const { items, hints, error } = await runBraze(sandbox, track(), users(200, changed));
		expect(error).toBeUndefined();
		expect(jsonOf(items)).toEqual(users(200, changed));
		expect([requestsTo(sandbox, EXPORT), requestsTo(sandbox, TRACK)]).toEqual([4, 1]);
		expect(sent()).toHaveLength(7);
		for (const object of sent()) expect(object).toEqual({ external_id: object.external_id, tier: 'silver' });
		expect(attributesOf('user-30')).toEqual({ tier: 'silver', score: 30 });
		expect(sandbox.braze.state.counters.dataPoints).toBe(7);
		expect(hints[0]?.message).toContain('200 items in 5 requests');
		expect(hints[0]?.message).toContain('393 data points saved by skipping what was unchanged');
		expect(hints[0]?.message).toContain('7 data points (');
	});

	test('nothing at all when nothing differs', async () => {
		await make(users(60));
		const { items, error } = await runBraze(sandbox, track(), users(60));
		expect(error).toBeUndefined();
		expect(items).toHaveLength(60);
		expect(requestsTo(sandbox, TRACK)).toBe(0);
	});

	test('everything to a user that Braze does not know', async () => {
		await make(users(1));
		await runBraze(
			sandbox,
			track(),
			users(2, () => ({ gone: null })),
		);
		expect(sent()).toEqual([{ external_id: 'user-1', tier: 'gold', score: 1, gone: null }]);
		expect(attributesOf('user-1')).toEqual({ tier: 'gold', score: 1 });
	});

	test('of standard fields, objects that are merged, and dates', async () => {
		const ada = {
			external_id: 'ada',
			email: 'ada@example.com',
			first_name: 'Ada',
			home: { city: 'Lyon', zip: '1' },
			on: '2026-06-01T08:00:00Z',
		};
		await make([ada]);
		const later = {
			...ada,
			first_name: 'Eda',
			last_name: null,
			home: { zip: '2', city: 'Lyon' },
			on: '2026-06-01T10:00:00+02:00',
		};
		await runBraze(sandbox, track({ options: { ...skipping, mergeObjects: true } }), [later]);
		expect(sent()).toEqual([
			{ external_id: 'ada', first_name: 'Eda', home: { zip: '2' }, _merge_objects: true },
		]);
		expect(attributesOf('ada').home).toEqual({ city: 'Lyon', zip: '2' });
	});

	test('and increments each time', async () => {
		await make([{ external_id: 'ada', n: 1 }]);
		const parameters = track({ attributesFrom: 'json', attributesJson: '{"n": {"inc": 1}}' });
		for (let time = 0; time < 2; time++) await runBraze(sandbox, parameters, [{ external_id: 'ada' }]);
		expect(attributesOf('ada')).toEqual({ n: 3 });
	});

	test('while events and purchases of the same items all go', async () => {
		await make(users(3));
		const parameters = track({ send: ['attributes', 'event', 'purchase'], eventName: 'e', productId: 'p' });
		const { items } = await runBraze(sandbox, parameters, users(3));
		expect(items).toHaveLength(3);
		expect(profile('user-2')?.events).toHaveLength(1);
		expect(profile('user-2')?.purchases).toHaveLength(1);
		expect(sandbox.braze.state.counters.dataPoints).toBe(6);
	});

	test('by alias too, also where two aliases are those of one user', async () => {
		const alias = (alias_name: string, label = 'shop') => ({ alias_name, alias_label: label });
		const byAlias = { identifyBy: 'alias' };
		await make([{ ...alias('a-1'), tier: 'gold' }], { ...byAlias, options: { existingOnly: false } });
		const user = sandbox.braze.state.getUser({ user_alias: alias('a-1') });
		if (user === undefined) throw new Error('There is no such user');
		sandbox.braze.state.profiles.addAlias(user, alias('b-1', 'app'));
		await runBraze(sandbox, track(byAlias), [
			{ ...alias('a-1'), tier: 'gold' },
			{ ...alias('b-1', 'app'), tier: 'gold' },
		]);
		expect(requestsTo(sandbox, TRACK)).toBe(0);
		// The last one has what the profile has, but no longer when it comes to it.
		await runBraze(sandbox, track(byAlias), [
			{ ...alias('a-1'), tier: 'silver' },
			{ ...alias('b-1', 'app'), tier: 'gold' },
		]);
		expect(user.customAttributes.tier).toBe('gold');
		expect(requestsTo(sandbox, TRACK)).toBe(1);
	});

	test('and a user that comes several times has in the end what its last item says', async () => {
		await make([{ external_id: 'ada', tier: 'gold', n: 0 }]);
		const step = (tier: string, n: number) => ({ external_id: 'ada', tier, n });
		const { items } = await runBraze(sandbox, track({ output: 'summary' }), [
			step('gold', 0),
			step('silver', 0),
			step('gold', 0),
		]);
		expect(attributesOf('ada')).toEqual({ tier: 'gold', n: 0 });
		expect(requestsTo(sandbox, EXPORT)).toBe(1);
		expect(items[0]?.json).toEqual({
			items: 3,
			succeeded: 3,
			failed: 0,
			requests: 2,
			dataPoints: 3,
			dataPointsSaved: 3,
		});
	});
});

describe('Skip Unchanged over a stream, window by window', () => {
	/** Track, with each object in a window of its own, and all read before any is sent: as late as Braze may show what it took. */
	const windowed = inBatches({
		...trackOperation,
		open: (fixed) => {
			const skip = new SkipUnchanged('externalId');
			return {
				...trackOperation.open(fixed),
				prepare: async (parts, run, pace) => {
					const prepared: Array<Prepared | undefined> = [];
					for (const part of parts) prepared.push(...(await skip.sift([part], run, pace)).prepared);
					return prepared;
				},
			};
		},
	});

	test('what was read no longer counts for a user of whom something was sent', async () => {
		await make([{ external_id: 'ada', tier: 'gold' }]);
		const resources = [{ name: 'user', displayName: 'User', operations: [windowed] }];
		const { description } = new Braze();
		const node: INodeType = {
			description,
			async execute(this: IExecuteFunctions) {
				return await execute(this, service, resources);
			},
		};
		const step = (external_id: string, tier: string) => ({ external_id, tier });
		const { error } = await runBraze(
			sandbox,
			track(),
			[step('ada', 'silver'), step('ada', 'gold'), step('bob', 'silver'), step('bob', 'gold')],
			{ node },
		);
		expect(error).toBeUndefined();
		expect(requestsTo(sandbox, EXPORT)).toBe(4);
		expect(attributesOf('ada')).toEqual({ tier: 'gold' });
		expect(attributesOf('bob')).toEqual({ tier: 'gold' });
	});
});

describe('Skip Unchanged reads no more than it needs', () => {
	const fieldsRead = () =>
		sandbox.log.entries().map(({ requestBody }) => (requestBody as IDataObject).fields_to_export);

	test('only the fields that are compared, and each user once', async () => {
		await runBraze(sandbox, track(), [...users(3), ...users(3)]);
		await runBraze(sandbox, track(), [{ external_id: 'a', first_name: 'Ada', dob: null }]);
		const ids = ['external_id', 'braze_id', 'user_aliases'];
		expect(fieldsRead().filter(Boolean)).toEqual([
			[...ids, 'custom_attributes'],
			[...ids, 'first_name', 'dob'],
		]);
	});

	test('nothing where nothing can be compared, or no attributes are sent', async () => {
		const group = { group: 'g', status: 'subscribed' };
		await runBraze(sandbox, track({ options: { ...skipping, subscriptionGroups: { group: [group] } } }), [
			{ external_id: 'a' },
		]);
		await runBraze(sandbox, track({ send: ['event'], eventName: 'e' }), [{ external_id: 'a' }]);
		expect([requestsTo(sandbox, EXPORT), requestsTo(sandbox, TRACK)]).toEqual([0, 2]);
	});

	test('and the rate limit for reading does not hold up what is sent', async () => {
		const used = {
			'x-ratelimit-remaining': '0',
			'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
		};
		braze.answer(({ path }) =>
			path === '/users/export/ids'
				? { status: 200, headers: used, body: { message: 'success', users: [] } }
				: { status: 201, body: { message: 'success' } },
		);
		const { items, error } = await braze.run(track(), users(2));
		expect(error).toBeUndefined();
		expect(items).toHaveLength(2);
	});
});

describe('Skip Unchanged explains what went wrong', () => {
	test('a key that may not read profiles: every item says so, and nothing is sent', async () => {
		const credential = { apiKey: sandbox.braze.state.trackOnlyKey };
		const { items } = await runBraze(sandbox, track(), users(2), {
			credential,
			onError: 'continueRegularOutput',
		});
		for (const item of items) {
			expect(failureOf(item).message).toBe(
				'Skip Unchanged could not read the profile, and nothing was sent: This Braze API key may not do that',
			);
			expect(failureOf(item).description).toContain('Give the key the permission "users.export.ids"');
			expect(failureOf(item).status).toBe(403);
		}
		expect(requestsTo(sandbox, TRACK)).toBe(0);
	});

	test('a read that fails fails the items of its users, with their events, and no others', async () => {
		braze.answer(({ path, body }) => {
			if (path !== '/users/export/ids') return { status: 201, body: { message: 'success' } };
			const isSecond = JSON.stringify(body).includes('"user-70"');
			return isSecond ? { status: 400, body: { message: 'no' } } : { status: 200, body: { users: [] } };
		});
		const parameters = track({ send: ['attributes', 'event'], eventName: 'e' });
		const { items } = await braze.run(parameters, users(120), { onError: 'continueRegularOutput' });
		const failed = items.flatMap((item, index) => (failureOf(item) === undefined ? [] : [index]));
		expect(failed).toEqual(Array.from({ length: 50 }, (_, n) => n + 50));
		expect(failureOf(items[70]).message).toContain('and nothing was sent: Braze refused the request: no');
		const tracked = braze.exchanges.filter(({ path }) => path === '/users/track');
		expect(JSON.stringify(tracked)).not.toMatch(/"user-[5-9]\d"/);
		const lanes = tracked.map(({ requestBody }) => requestBody as { attributes?: []; events?: [] });
		expect(lanes.reduce((sum, { events = [] }) => sum + events.length, 0)).toBe(70);
	});

	test('a read whose answer was lost leaves no doubt: it changed nothing', async () => {
		braze.answer(() => 'reset');
		const parameters = track({ requestSettings: { tries: 1 } });
		const { items } = await braze.run(parameters, users(1), { onError: 'continueRegularOutput' });
		expect(failureOf(items[0]).uncertain).toBeUndefined();
		expect(failureOf(items[0]).message).toContain('could not read the profile');
	});

	test('a node that stops names the item, and sends nothing', async () => {
		const credential = { apiKey: sandbox.braze.state.trackOnlyKey };
		const { error } = await runBraze(sandbox, track(), users(60), { credential });
		expect(error?.message).toContain('[item 0]');
		expect(error?.message).toContain('No other item had succeeded');
		expect(requestsTo(sandbox, TRACK)).toBe(0);
	});

	test('cancelling ends the reading, and nothing is sent', async () => {
		let cancel = (): void => {};
		braze.answer(() => {
			cancel();
			return { status: 200, body: { users: [] } };
		});
		const { run } = await braze.run(track({ requestSettings: { concurrency: 1 } }), users(500), {
			started: (how) => {
				cancel = how;
			},
		});
		expect(run.status).toBe('canceled');
		expect(braze.exchanges.map(({ path }) => path)).toEqual(['/users/export/ids']);
	});

	test.each(['email', 'phone', 'brazeId'])(
		'users identified by %s are refused before anything is sent',
		async (identifyBy) => {
			const item = { email: 'a@example.com', phone: '+491511234567', braze_id: 'b', tier: 'gold' };
			const { error } = await runBraze(sandbox, track({ identifyBy }), [item]);
			expect(error?.message).toContain('"Skip Unchanged" needs external IDs or user aliases');
			expect(error?.description).toContain('or switch the option off');
			expect(sandbox.log.entries()).toEqual([]);
		},
	);
});

describeWithContract(BRAZE_CONTRACT, 'What Skip Unchanged exchanges with Braze', () => {
	test('is what the contract says', async () => {
		await make(users(2));
		await runBraze(
			sandbox,
			track(),
			users(3, () => ({ first_name: 'Ada', tier: 'silver' })),
		);
		expect(problemsOfBrazeTraffic(sandbox)).toEqual([]);
	});
});
