import { BrazeState } from '../../sandbox/braze/state.mts';
import { Clock } from '../../sandbox/common/clock.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall, type BrazeCall } from './braze-call.mts';

const DEFAULTS = {
	objectLimit: '75 combined',
	rateLimitHeaders: 'epoch',
	arrayLength: 25,
	fieldsToExportRequired: false,
	exportMs: 300,
	catalogMs: 300,
	cloudStorage: false,
};

let sandbox: Sandbox;
let call: BrazeCall;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = brazeCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

test('a program outside changes settings by name, and a reset brings the defaults back', async () => {
	expect((await call('GET', '/_sandbox/braze')).data).toEqual(DEFAULTS);
	const changed = await call('POST', '/_sandbox/braze', { objectLimit: '50 combined', arrayLength: 3 });
	expect(changed.data).toEqual({ ...DEFAULTS, objectLimit: '50 combined', arrayLength: 3 });
	await call('POST', '/users/track', { attributes: [{ external_id: 'u', tags: [1, 2, 3, 4] }] });
	expect(sandbox.braze.state.getUser({ external_id: 'u' })?.customAttributes).toEqual({ tags: [2, 3, 4] });
	sandbox.reset();
	expect((await call('GET', '/_sandbox/braze')).data).toEqual(DEFAULTS);
});

test('a program outside adds keys with permissions, which a reset takes away', async () => {
	await call('POST', '/_sandbox/braze', { keys: [{ key: 'lists-only', permissions: ['segments.list'] }] });
	const key = { Authorization: 'Bearer lists-only' };
	expect((await call('GET', '/segments/list', undefined, key)).status).toBe(200);
	expect((await call('GET', '/canvas/list', undefined, key)).status).toBe(403);
	sandbox.reset();
	expect((await call('GET', '/segments/list', undefined, key)).status).toBe(401);
});

test('a workspace may start with other settings and further keys, and keeps them through a reset', () => {
	const state = new BrazeState(new Clock(), 1, {
		objectLimit: '75 per array',
		keys: [{ key: 'mine', permissions: 'all' }],
	});
	state.reset();
	expect(state.settings).toEqual({ ...DEFAULTS, objectLimit: '75 per array' });
	expect(state.keys.allows('mine', 'users.track')).toBe(true);
});

test('a sandbox passes its Braze options on', async () => {
	const own = await startSandbox({
		braze: { objectLimit: '50 combined', keys: [{ key: 'mine', permissions: ['users.track'] }] },
	});
	try {
		const key = { Authorization: 'Bearer mine' };
		const track = (count: number) =>
			brazeCall(own)('POST', '/users/track', { attributes: Array(count).fill({ external_id: 'u' }) }, key);
		expect((await track(50)).status).toBe(201);
		expect((await track(51)).status).toBe(400);
	} finally {
		await own.close();
	}
});

test('the same seed gives the same keys and Braze IDs, another seed others', () => {
	const idsOf = (seed: number) => {
		const state = new BrazeState(new Clock(), seed);
		state.track({ attributes: [{ external_id: 'u' }] });
		return [state.apiKey, state.trackOnlyKey, state.getUser({ external_id: 'u' })?.brazeId];
	};
	expect(idsOf(7)).toEqual(idsOf(7));
	expect(new Set([...idsOf(7), ...idsOf(8)]).size).toBe(6);
});
