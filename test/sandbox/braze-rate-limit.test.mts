import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall, type BrazeCall } from './braze-call.mts';

/** 40 seconds before the minute ends. */
const START = '2026-06-01T12:00:20Z';
const RESET = Date.parse('2026-06-01T12:01:00Z') / 1000;

let sandbox: Sandbox;
let call: BrazeCall;

beforeEach(async () => {
	sandbox = await startSandbox({ brazeRateLimit: 2, clock: new Date(START) });
	call = brazeCall(sandbox);
});
afterEach(() => sandbox.close());

const isSecondsLeft = (value: unknown) => Number(value) >= 1 && Number(value) <= 40;
const list = () => call('GET', '/campaigns/list');

test('every answer says what is left of the quota, and when it is whole again in epoch seconds', async () => {
	const { headers } = await list();
	expect(headers).toMatchObject({
		'x-ratelimit-limit': '2',
		'x-ratelimit-remaining': '1',
		'x-ratelimit-reset': String(RESET),
	});
});

test('one request too many is 429 with a message, until the minute is over', async () => {
	await list();
	await list();
	const refused = await list();
	expect([refused.status, refused.data]).toEqual([429, { message: expect.any(String) }]);
	expect(refused.headers['x-ratelimit-remaining']).toBe('0');
	sandbox.clock.advance(40_000);
	expect((await list()).status).toBe(200);
});

test('some contracts tell the seconds that are left', async () => {
	sandbox.braze.state.settings.rateLimitHeaders = 'seconds left';
	const { headers } = await list();
	expect(isSecondsLeft(headers['x-ratelimit-reset'])).toBe(true);
});

test('some contracts tell nothing but when to try again', async () => {
	sandbox.braze.state.settings.rateLimitHeaders = 'retry after';
	await list();
	await list();
	const { headers, status } = await list();
	expect(status).toBe(429);
	expect(isSecondsLeft(headers['x-ratelimit-retry-after'])).toBe(true);
	expect(Object.keys(headers).filter((name) => name.startsWith('x-ratelimit'))).toEqual([
		'x-ratelimit-retry-after',
	]);
});

test('an unknown key uses nothing of the quota', async () => {
	await call('GET', '/campaigns/list', undefined, { Authorization: 'Bearer no-such-key' });
	expect((await list()).headers['x-ratelimit-remaining']).toBe('1');
});
