import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall, type BrazeCall } from './braze-call.mts';
import { startReceiver, type WebhookReceiver } from './webhook-receiver.mts';

const HALF_HOUR = 30 * 60_000;
/** The clock also runs by itself. */
const SLACK = 60_000;

let sandbox: Sandbox;
let call: BrazeCall;
let receiver: WebhookReceiver;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = brazeCall(sandbox);
});
beforeEach(async () => {
	sandbox.reset();
	receiver = await startReceiver();
});
afterEach(() => receiver.close());
afterAll(() => sandbox.close());

const send = (more: Record<string, unknown> = {}) =>
	call('POST', '/_sandbox/braze/webhooks', { url: receiver.url, body: { user_id: 'u' }, ...more });

/** The first call once its latest try has come to something. */
async function outcome(attempts: number): Promise<Record<string, unknown>> {
	for (;;) {
		const [delivery] = (await call('GET', '/_sandbox/braze/webhooks')).data.deliveries;
		if (delivery.attempts.length >= attempts) return delivery;
	}
}

test('a webhook message reaches its URL with its headers and body', async () => {
	expect((await send({ headers: { 'X-Secret': 's3cret' } })).status).toBe(202);
	expect(await outcome(1)).toMatchObject({ state: 'delivered', attempts: [{ status: 200 }] });
	expect(receiver.received).toMatchObject([
		{ headers: { 'x-secret': 's3cret', 'content-type': 'application/json' }, body: { user_id: 'u' } },
	]);
});

test('text goes out as it is', async () => {
	await send({ body: '{ "raw":  1 }', headers: { 'Content-Type': 'text/plain' } });
	await outcome(1);
	expect(receiver.received[0]).toMatchObject({
		text: '{ "raw":  1 }',
		headers: { 'content-type': 'text/plain' },
	});
});

test.each([408, 429, 500, 503])('%i is tried again five times within 30 minutes', async (status) => {
	receiver.status = status;
	const start = sandbox.clock.millis();
	await send();
	for (let tries = 1; tries <= 5; tries++) {
		const { state, nextAttemptAt } = await outcome(tries);
		expect(state).toBe('retrying');
		sandbox.clock.advance(Math.max(0, Date.parse(String(nextAttemptAt)) - sandbox.clock.millis()));
		expect(sandbox.clock.millis()).toBeLessThan(start + HALF_HOUR + SLACK);
	}
	expect(await outcome(6)).toMatchObject({ state: 'failed' });
	sandbox.clock.advance(HALF_HOUR);
	expect(receiver.received).toHaveLength(6);
});

test('a later try that is taken ends it', async () => {
	receiver.status = 503;
	await send();
	await outcome(1);
	receiver.status = 200;
	sandbox.clock.advance(SLACK);
	expect(await outcome(2)).toMatchObject({ state: 'delivered' });
});

test.each([301, 400, 401, 404, 410])('%i is never tried again', async (status) => {
	receiver.status = status;
	await send();
	expect(await outcome(1)).toMatchObject({ state: 'failed', attempts: [{ status }] });
	sandbox.clock.advance(HALF_HOUR);
	expect(receiver.received).toHaveLength(1);
});

test('a receiver that takes 90 s has not answered', async () => {
	receiver.status = undefined;
	await send();
	while (receiver.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
	sandbox.clock.advance(90_000);
	expect(await outcome(1)).toMatchObject({ state: 'failed', attempts: [{ error: 'No answer within 90 s' }] });
});

test('what is no URL is refused', async () => {
	expect((await send({ url: 'nowhere' })).status).toBe(400);
});
