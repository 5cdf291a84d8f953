import { createHmac } from 'node:crypto';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { webhookSignature } from '../../sandbox/voucherify/webhook-signature.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from './voucherify-call.mts';
import { startReceiver, type WebhookReceiver } from './webhook-receiver.mts';

const MINUTE_MS = 60_000;
/** When tries follow the first one, in minutes after it, as Voucherify documents it. */
const SCHEDULE = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440];

let sandbox: Sandbox;
let call: VoucherifyCall;
let receiver: WebhookReceiver;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = voucherifyCall(sandbox);
	receiver = await startReceiver();
});
beforeEach(() => {
	sandbox.reset();
	receiver.received.length = 0;
	receiver.status = 200;
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});

const listen = async (target: Record<string, unknown> = {}): Promise<string> =>
	(await call('POST', '/_sandbox/webhooks', { url: receiver.url, ...target })).data.id;
const settled = () => sandbox.voucherify.state.webhooks.settled();
const deliveries = async () => (await call('GET', '/_sandbox/webhooks')).data.deliveries;
const publish = (customer = 'customer-000001') =>
	call('POST', '/v1/publications', publicationOf(customer, 'Summer Sale 20%'));

test.each([
	['{"a":1}', 'a17d2ac229d1ebbb5f10e839c7985c4818e5986eab297f7e5979196d4d7d3ed2'],
	['{ "a" :\n\t1 }\r\n', 'a17d2ac229d1ebbb5f10e839c7985c4818e5986eab297f7e5979196d4d7d3ed2'],
	['{"a\\"b": 1}', 'f7cf97814a03146abedb9793f56e1dec34f618f82d10395310d053f749483ffb'],
	['  message  ', '53ff92957e1427ce23ad5bda9d0c5f2f4ff384d0806b83eeacb510c842d3a358'],
])('%j is signed as documented', (text, signature) => {
	expect(webhookSignature(text, 'secretKey')).toBe(signature);
});

test('a text with a string of megabytes is signed like any other', () => {
	const text = JSON.stringify({ note: 'x y'.repeat(6_000_000) });
	expect(webhookSignature(` ${text}\n`, 'k')).toBe(createHmac('sha256', 'k').update(text).digest('hex'));
});

test('white space inside of strings is signed, that outside is not', () => {
	const signature = (text: string) => webhookSignature(text, 'k');
	expect(signature('{"a": "x y", "b\\\\": 1}')).toBe(signature('{"a":"x y","b\\\\":1}'));
	expect(signature('{"a":"x y"}')).not.toBe(signature('{"a":"xy"}'));
});

test('every webhook carries a signature that the secret confirms', async () => {
	await listen();
	await publish();
	await settled();
	expect(receiver.received).toHaveLength(2);
	for (const { headers, text } of receiver.received) {
		expect(headers['x-voucherify-signature']).toBe(webhookSignature(text, sandbox.voucherify.webhookSecret));
		expect(headers['content-type']).toBe('application/json');
	}
});

test('project webhooks, distributions and raw payloads each get their own form', async () => {
	for (const kind of ['project', 'distribution', 'raw']) await listen({ kind, name: 'Code to Braze' });
	const { data } = await publish();
	await settled();
	const bodies = receiver.received.map(({ body }) => body);
	const types = bodies.map((body) => body['type']);
	expect(types.filter((type) => type !== undefined).sort()).toEqual([
		'Code to Braze',
		'publication.succeeded',
		'voucher.published',
	]);
	const distribution = bodies.find((body) => body['type'] === 'Code to Braze');
	expect(distribution).toMatchObject({
		source: { object: 'distribution' },
		event: { type: 'customer.publication.succeeded', entity_id: data.customer_id },
		data: { voucher: { code: data.voucher.code } },
	});
	const raw = bodies.find((body) => body['type'] === undefined);
	expect(raw).toEqual(distribution?.['data']);
});

test('a receiver hears only of the events it asked for', async () => {
	await listen({ events: ['voucher.published'] });
	await publish('somebody new');
	await settled();
	expect(receiver.received.map(({ body }) => body['type'])).toEqual(['voucher.published']);
});

test('customers that are created or changed, and segments they enter, are told', async () => {
	await listen();
	await listen({ kind: 'distribution', name: 'Segments' });
	await call('POST', '/v1/customers', { source_id: 'ada', name: 'Ada' });
	await call('PUT', '/v1/customers/ada', { name: 'Ada L.' });
	await settled();
	const told = receiver.received.map(({ body }) => {
		const data = Object(body['data']);
		return [Object(body['event']).type, data.customer.name, data.segment?.name].join(' / ');
	});
	expect(told.sort()).toEqual([
		'customer.created / Ada / ',
		'customer.segment.entered / Ada / All customers',
		'customer.segment.entered / Ada / New customers',
		'customer.updated / Ada L. / ',
	]);
});

test('a publication that only repeats the first one tells nobody again', async () => {
	const body = publicationOf('customer-000001', 'Summer Sale 20%', 'once');
	await listen();
	await call('POST', '/v1/publications', body);
	await call('POST', '/v1/publications', body);
	await settled();
	expect(receiver.received).toHaveLength(2);
});

test('a failed delivery is tried again on the documented schedule, with the same id, then given up', async () => {
	const id = await listen({ events: ['voucher.published'] });
	receiver.status = 500;
	await publish();
	await settled();
	let passed = 0;
	for (const [i, minutes] of SCHEDULE.entries()) {
		sandbox.clock.advance((minutes - passed) * MINUTE_MS - 5_000);
		await settled();
		expect(receiver.received).toHaveLength(i + 1);
		sandbox.clock.advance(5_000);
		await settled();
		expect(receiver.received).toHaveLength(i + 2);
		passed = minutes;
	}
	expect(new Set(receiver.received.map(({ body }) => body['id'])).size).toBe(1);
	const [delivery] = await deliveries();
	expect(delivery.state).toBe('failed');
	expect(delivery.attempts).toHaveLength(13);
	const { targets } = (await call('GET', '/_sandbox/webhooks')).data;
	expect(targets).toMatchObject([{ id, active: false }]);
	await publish('customer-000002');
	await settled();
	expect(receiver.received).toHaveLength(13);
});

test('a receiver that recovers gets the event, once', async () => {
	await listen({ events: ['voucher.published'] });
	receiver.status = 503;
	await publish();
	await settled();
	expect(await deliveries()).toMatchObject([{ state: 'retrying', attempts: [{ status: 503 }] }]);
	receiver.status = 204;
	sandbox.clock.advance(MINUTE_MS);
	await settled();
	sandbox.clock.advance(24 * 60 * MINUTE_MS);
	await settled();
	expect(receiver.received).toHaveLength(2);
	expect(await deliveries()).toMatchObject([
		{ state: 'delivered', attempts: [{ status: 503 }, { status: 204 }] },
	]);
});

test('a receiver that does not answer within 10 s of the clock has failed', async () => {
	await listen({ events: ['voucher.published'] });
	receiver.status = undefined;
	await publish();
	while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
	sandbox.clock.advance(10_000);
	await settled();
	expect(await deliveries()).toMatchObject([
		{ state: 'retrying', attempts: [{ error: 'No answer within 10 s' }] },
	]);
});

test('a receiver that nobody runs is tried again too', async () => {
	await call('POST', '/_sandbox/webhooks', { url: 'http://127.0.0.1:9/', events: ['voucher.published'] });
	await publish();
	await settled();
	const [delivery] = await deliveries();
	expect(delivery.state).toBe('retrying');
	expect(delivery.attempts[0].error).toBeTruthy();
});

test('a receiver that was removed hears nothing more', async () => {
	const id = await listen({ events: ['voucher.published'] });
	receiver.status = 500;
	await publish();
	await settled();
	await call('DELETE', `/_sandbox/webhooks/${id}`);
	sandbox.clock.advance(MINUTE_MS);
	await publish('customer-000002');
	await settled();
	expect(receiver.received).toHaveLength(1);
});

test('any event can be sent with data of one’s own', async () => {
	await listen();
	const data = { redemption: { id: 'r_1' } };
	await call('POST', '/_sandbox/events', { type: 'redemption.succeeded', data, audience: 'project' });
	await settled();
	expect(receiver.received[0]?.body).toMatchObject({ type: 'redemption.succeeded', data });
	const unknown = await call('POST', '/_sandbox/events', { type: 'nothing.happened' });
	expect(unknown.status).toBe(400);
});

test('a receiver given at the start is there, and is back after a reset', async () => {
	const own = await startSandbox({ voucherifyWebhook: receiver.url });
	own.reset();
	await voucherifyCall(own)('POST', '/v1/customers', { source_id: 'ada' });
	await own.voucherify.state.webhooks.settled();
	await own.close();
	expect(receiver.received.map(({ body }) => body['type'])).toEqual(['customer.created']);
});

test('a thousand deliveries arrive, each once', async () => {
	await listen({ events: ['voucher.published'] });
	const numbers = Array.from({ length: 1_000 }, (_, i) => i);
	for (let i = 0; i < numbers.length; i += 50) {
		await Promise.all(numbers.slice(i, i + 50).map((number) => publish(`c-${number}`)));
	}
	await settled();
	const codes = receiver.received.map(({ body }) => Object(body['data']).voucher.code);
	expect([codes.length, new Set(codes).size]).toEqual([1_000, 1_000]);
});
