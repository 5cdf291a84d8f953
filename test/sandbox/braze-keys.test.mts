import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall, type BrazeCall } from './braze-call.mts';

const NO_DATA = "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.";

let sandbox: Sandbox;
let call: BrazeCall;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = brazeCall(sandbox);
});
afterAll(() => sandbox.close());

const withKey = (key: string) => ({ Authorization: `Bearer ${key}` });

test('an unknown key is refused with the key in the message', async () => {
	const answer = await call('POST', '/users/track', { attributes: [] }, withKey('no-such-key'));
	expect(answer.status).toBe(401);
	expect(answer.data).toEqual({ message: 'Invalid API key: no-such-key' });
});

test.each(['', 'Basic abc', 'Bearer'])('the authorization %j is no key', async (authorization) => {
	const answer = await call('GET', '/campaigns/list', undefined, { Authorization: authorization });
	expect(answer.status).toBe(401);
});

test('the word Bearer may be written in any case', async () => {
	const answer = await call('GET', '/campaigns/list', undefined, {
		Authorization: `bearer ${sandbox.braze.apiKey}`,
	});
	expect(answer.status).toBe(200);
});

test('the key is checked before the permission, and the permission before the body', async () => {
	const trackOnly = withKey(sandbox.braze.state.trackOnlyKey);
	expect((await call('POST', '/users/export/ids', '{', withKey('no-such-key'))).status).toBe(401);
	expect((await call('POST', '/users/export/ids', '{', trackOnly)).status).toBe(403);
	expect((await call('POST', '/users/track', '{', trackOnly)).status).toBe(400);
});

test('a key for nothing but users.track may track, and is recognised by an empty request that writes nothing', async () => {
	const trackOnly = withKey(sandbox.braze.state.trackOnlyKey);
	const probe = await call('POST', '/users/track', { attributes: [] }, trackOnly);
	expect([probe.status, probe.data]).toEqual([400, { message: NO_DATA }]);
	expect(sandbox.braze.state.profiles.size).toBe(0);
	const tracked = await call('POST', '/users/track', { attributes: [{ external_id: 'u', a: 1 }] }, trackOnly);
	expect(tracked.status).toBe(201);
});

test.each([
	'/custom_attributes',
	'/events/list',
	'/campaigns/list',
	'/canvas/list',
	'/segments/list',
	'/catalogs',
])('a key for nothing but users.track gets 403 from %s', async (path) => {
	const answer = await call('GET', path, undefined, withKey(sandbox.braze.state.trackOnlyKey));
	expect([answer.status, typeof answer.data.message]).toEqual([403, 'string']);
});

test('keys with other permissions can be added and revoked', async () => {
	sandbox.braze.state.keys.add({ key: 'lists-only', permissions: ['campaigns.list'] });
	expect((await call('GET', '/campaigns/list', undefined, withKey('lists-only'))).status).toBe(200);
	expect((await call('GET', '/canvas/list', undefined, withKey('lists-only'))).status).toBe(403);
	sandbox.braze.state.keys.revoke('lists-only');
	expect((await call('GET', '/campaigns/list', undefined, withKey('lists-only'))).status).toBe(401);
});

test('a route that does not exist answers 404 to a known key and 401 to an unknown one', async () => {
	expect((await call('POST', '/users/nothing', {})).status).toBe(404);
	expect((await call('POST', '/users/nothing', {}, withKey('no-such-key'))).status).toBe(401);
});
