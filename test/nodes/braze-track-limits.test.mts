import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { BrazeObjectLimit } from '../../sandbox/braze/state.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { BRAZE_CONTRACT } from '../contract/braze-contract.mts';
import { problemsOfBrazeTraffic } from '../contract/braze-traffic.mts';
import { describeWithContract } from '../contract/contract.mts';
import { requestsTo, runBraze } from './braze.mts';
import { startStandIn, type StandIn } from './braze-stand-in.mts';
import { failureOf } from './voucherify.mts';

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

const LANES = ['attributes', 'events', 'purchases'] as const;
const track = (objectLimit: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'user',
	operation: 'track',
	send: ['attributes', 'event', 'purchase'],
	eventName: 'e',
	productId: 'p',
	options: { objectLimit },
	requestSettings: { longestWait: 1 },
	...more,
});
const users = (count: number, more: IDataObject = {}): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ external_id: `user-${n}`, n, ...more }));

/** How many objects of each lane a request carries. */
const sizeOf = (body: unknown) =>
	LANES.map((lane) => {
		const objects = (body as Record<string, unknown[] | undefined>)[lane];
		return objects?.length ?? 0;
	});
const totalOf = (body: unknown) => sizeOf(body).reduce((sum, count) => sum + count, 0);

/** Expects every object of so many users to have arrived once. */
function expectAllOnce(count: number): void {
	const profiles = [...sandbox.braze.state.profiles.all()];
	expect(profiles).toHaveLength(count);
	for (const { events, purchases, customAttributes } of profiles) {
		expect([events.length, purchases.length, Object.keys(customAttributes)]).toEqual([1, 1, ['n']]);
	}
}

// [option, what the workspace allows, endpoint, users, requests]
const limits: ReadonlyArray<[string, BrazeObjectLimit, string, number, number]> = [
	['combined75', '75 combined', '/users/track', 100, 4],
	['combined50', '50 combined', '/users/track', 100, 6],
	['perArray75', '75 per array', '/users/track', 150, 2],
	['bulk1000', '75 combined', '/users/track/bulk', 1000, 3],
];

describe('Track fills requests up to what the contract with Braze allows', () => {
	test.each(limits)('%s', async (option, objectLimit, path, count, requests) => {
		sandbox.braze.state.settings.objectLimit = objectLimit;
		const { items, error } = await runBraze(sandbox, track(option), users(count));
		expect(error).toBeUndefined();
		expect(items).toHaveLength(count);
		expect(requestsTo(sandbox, `POST ${path}`)).toBe(requests);
		expectAllOnce(count);
	});

	test('bulk carries no more than 100 objects of one user', async () => {
		const input = [...Array.from({ length: 150 }, (_, n) => ({ external_id: 'busy', n })), ...users(50)];
		const parameters = track('bulk1000', { send: ['attributes'] });
		const { error } = await runBraze(sandbox, parameters, input);
		expect(error).toBeUndefined();
		expect(sandbox.log.entries().map(({ requestBody }) => totalOf(requestBody))).toEqual([100, 100]);
		expect(sandbox.braze.state.getUser({ external_id: 'busy' })?.customAttributes.n).toBe(149);
	});

	test('bulk carries no more than 2 MB', async () => {
		const parameters = track('bulk1000', { send: ['event'], eventProperties: '={{ { note: $json.note } }}' });
		const { error } = await runBraze(sandbox, parameters, users(100, { note: 'x'.repeat(40_000) }));
		expect(error).toBeUndefined();
		const bytes = sandbox.log.entries().map(({ requestText = '' }) => Buffer.byteLength(requestText));
		expect(bytes).toHaveLength(2);
		for (const size of bytes) expect(size).toBeLessThanOrEqual(2 * 1024 * 1024);
	});

	test('a key that may not use bulk is told which permission it lacks', async () => {
		const credential = { apiKey: sandbox.braze.state.trackOnlyKey };
		const { error } = await runBraze(sandbox, track('bulk1000'), users(1), { credential });
		expect(error?.message).toContain('may not do that');
		expect(error?.description).toContain('the permission "users.track.bulk"');
	});

	test('a limit that there is not is refused before anything is sent', async () => {
		const { error } = await runBraze(sandbox, track('many'), users(1));
		expect(error?.message).toContain('"Objects per Request" is "many"');
		expect(sandbox.log.entries()).toEqual([]);
	});
});

describe('Track halves a request that is too large for Braze, whatever the limit', () => {
	test.each(limits)('%s: 413, until it passes', async (option, objectLimit, path) => {
		sandbox.braze.state.settings.objectLimit = objectLimit;
		for (let time = 0; time < 2; time++)
			sandbox.faults.add({
				service: 'braze',
				path,
				kind: 'status',
				status: 413,
				body: { message: 'x' },
				times: 1,
			});
		const { error } = await runBraze(sandbox, track(option), users(16));
		expect(error).toBeUndefined();
		// 48 objects; two requests of 24; one of those in two of 12.
		expect(requestsTo(sandbox, `POST ${path}`)).toBe(5);
		expectAllOnce(16);
	});

	test.each<[string, BrazeObjectLimit, number, number]>([
		// 75 are too many, so 38 and 37, then the other 25
		['combined75', '50 combined', 100, 4],
		// 225 are too many, so 113 and 112, which are too: 57, 56, 56, 56
		['perArray75', '75 combined', 75, 7],
	])(
		'%s, where the workspace allows "%s": too many objects, until it passes',
		async (option, objectLimit, count, requests) => {
			sandbox.braze.state.settings.objectLimit = objectLimit;
			const send = option === 'combined75' ? ['attributes'] : ['attributes', 'event', 'purchase'];
			const { items, error } = await runBraze(sandbox, track(option, { send }), users(count));
			expect(error).toBeUndefined();
			expect(items).toHaveLength(count);
			expect(requestsTo(sandbox, 'POST /users/track')).toBe(requests);
			expect(sandbox.braze.state.profiles.size).toBe(count);
		},
	);

	test.each([
		['combined50', 'Max Input Length Exceeded'],
		['bulk1000', 'Max Input Length Exceeded'],
		['bulk1000', 'The request body is too large'],
	])('%s: 400 "%s", until it passes', async (option, message) => {
		const most = 10;
		braze.answer(({ body }) =>
			totalOf(body) > most
				? { status: 400, body: { message } }
				: { status: 201, body: { message: 'success' } },
		);
		const { items, error } = await braze.run(track(option, { send: ['event'] }), users(40));
		expect(error).toBeUndefined();
		expect(items).toHaveLength(40);
		const taken = braze.exchanges.filter(({ status }) => status === 201);
		expect(taken.map(({ requestBody }) => totalOf(requestBody))).toEqual([10, 10, 10, 10]);
		expect(braze.exchanges).toHaveLength(7);
	});

	test('an object that is too large by itself fails alone', async () => {
		braze.answer(({ body }) =>
			JSON.stringify(body).includes('user-5')
				? { status: 413, body: 'too large' }
				: { status: 201, body: {} },
		);
		const { items } = await braze.run(track('bulk1000', { send: ['event'] }), users(8), {
			onError: 'continueRegularOutput',
		});
		const failed = items.flatMap((item, index) => (failureOf(item) === undefined ? [] : [index]));
		expect(failed).toEqual([5]);
		expect(failureOf(items[5])).toMatchObject({ message: 'Braze found the request too large', status: 413 });
	});
});

describeWithContract(BRAZE_CONTRACT, 'What Track exchanges with Braze', () => {
	test('is what the contract says, in bulk', async () => {
		await runBraze(sandbox, track('bulk1000'), users(10));
		expect(problemsOfBrazeTraffic(sandbox)).toEqual([]);
	});
});
