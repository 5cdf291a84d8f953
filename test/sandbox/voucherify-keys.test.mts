import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { voucherifyCall, publicationOf } from './voucherify-call.mts';

const NOON = new Date('2026-03-01T12:00:00.000Z');

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ voucherifyRateLimit: 3, clock: NOON });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

test.each([[{ 'X-App-Id': 'wrong' }], [{ 'X-App-Token': 'wrong' }], [{ 'X-App-Token': '' }]])(
	'keys %j are refused, and nothing is done',
	async (headers) => {
		const call = voucherifyCall(sandbox);
		const { status, data } = await call(
			'POST',
			'/v1/publications',
			publicationOf('ada', 'Last Codes'),
			headers,
		);
		expect([status, data.code, data.key]).toEqual([401, 401, 'unauthorized']);
		expect(sandbox.voucherify.state.publications.count).toBe(0);
	},
);

test('every answer tells what is left of the quota; one request too many gets 429 until the next minute', async () => {
	const call = voucherifyCall(sandbox);
	const left: unknown[] = [];
	for (let i = 0; i < 3; i++) {
		const { status, headers } = await call('GET', '/v1/campaigns');
		expect(status).toBe(200);
		expect(headers).toMatchObject({
			'x-rate-limit-limit': '3',
			'x-rate-limit-retry': String(NOON.getTime() / 1000 + 60),
			'x-rate-limit-type': 'api_calls',
		});
		left.push(headers['x-rate-limit-remaining']);
	}
	expect(left).toEqual(['2', '1', '0']);
	const limited = await call('POST', '/v1/publications', publicationOf('ada', 'Last Codes'));
	expect(limited.status).toBe(429);
	expect(limited.data).toEqual({ code: 429, message: 'Too many requests hit the API too quickly.' });
	const wait = Number(limited.headers['retry-after']);
	expect(wait).toBeGreaterThan(0);
	expect(sandbox.voucherify.state.publications.count).toBe(0);
	sandbox.clock.advance(wait * 1000);
	expect((await call('GET', '/v1/campaigns')).status).toBe(200);
});

test('without a quota there are no such headers', async () => {
	const free = await startSandbox();
	const { headers } = await voucherifyCall(free)('GET', '/v1/campaigns');
	await free.close();
	expect(Object.keys(headers).filter((name) => name.startsWith('x-rate-limit'))).toEqual([]);
});

test('requests to the control routes need no keys and cost no quota', async () => {
	const call = voucherifyCall(sandbox);
	for (let i = 0; i < 5; i++) {
		const { status } = await call('GET', '/_sandbox/state', undefined, { 'X-App-Id': '', 'X-App-Token': '' });
		expect(status).toBe(200);
	}
	expect((await call('GET', '/v1/campaigns')).headers['x-rate-limit-remaining']).toBe('2');
});

test('the same seed gives the same keys, ids and codes; another seed gives others', async () => {
	const facts = async (seed: number): Promise<string> => {
		const one = await startSandbox({ seed, clock: NOON });
		const call = voucherifyCall(one);
		const { data } = await call(
			'POST',
			'/v1/publications',
			publicationOf('customer-000001', 'Summer Sale 20%'),
		);
		await one.close();
		const { applicationId, secretKey, webhookSecret } = one.voucherify;
		return [applicationId, secretKey, webhookSecret, data.id, data.customer_id, data.voucher.code].join();
	};
	const [first, again, other] = [await facts(5), await facts(5), await facts(6)];
	expect(again).toBe(first);
	expect(other).not.toBe(first);
});

test('the clock starts where it is told, moves when it is moved, and goes back with a reset', async () => {
	const call = voucherifyCall(sandbox);
	const now = async (): Promise<number> => Date.parse((await call('GET', '/_sandbox/clock')).data.now);
	expect((await now()) - NOON.getTime()).toBeLessThan(60_000);
	await call('POST', '/_sandbox/clock', { advanceMs: 86_400_000 });
	expect((await now()) - NOON.getTime()).toBeGreaterThanOrEqual(86_400_000);
	const { data } = await call('POST', '/v1/customers', { source_id: 'tomorrow' });
	expect(data.created_at).toMatch(/^2026-03-02T12:/);
	await call('POST', '/_sandbox/reset');
	expect((await now()) - NOON.getTime()).toBeLessThan(60_000);
	expect((await call('GET', '/v1/customers/tomorrow')).status).toBe(404);
});

test('with a latency every answer comes late, those of the control routes at once', async () => {
	const slow = await startSandbox({ latencyMs: 500 });
	const call = voucherifyCall(slow);
	const answered: string[] = [];
	await Promise.all([
		call('GET', '/v1/campaigns').then(() => answered.push('campaigns')),
		call('GET', '/_sandbox/clock').then(() => answered.push('clock')),
	]);
	await slow.close();
	expect(answered).toEqual(['clock', 'campaigns']);
});

test('a reset brings back the very same codes', async () => {
	const call = voucherifyCall(sandbox);
	const publish = () => call('POST', '/v1/publications', publicationOf('ada', 'Last Codes'));
	const first = (await publish()).data.voucher.code;
	sandbox.reset();
	expect((await publish()).data.voucher.code).toBe(first);
});

test('the log tells request and answer, and counts by route', async () => {
	const call = voucherifyCall(sandbox);
	const body = publicationOf('ada', 'Last Codes');
	const { data } = await call('POST', '/v1/publications?join_once=true', body);
	await call('GET', '/v1/customers/ada');
	const log = (await call('GET', '/_sandbox/log')).data;
	expect(log.totals).toEqual({ 'POST /v1/publications': 1, 'GET /v1/customers/:customerId': 1 });
	expect(log.entries[0]).toMatchObject({
		service: 'voucherify',
		method: 'POST',
		path: '/v1/publications?join_once=true',
		requestBody: body,
		status: 200,
		responseBody: data,
	});
});

test('the state shows stock, publications and segments, as many as asked for', async () => {
	const call = voucherifyCall(sandbox);
	await call('POST', '/v1/publications', publicationOf('ada', 'Last Codes'));
	const { data } = await call('GET', '/_sandbox/state?latest=1');
	const { voucherify } = data;
	expect(voucherify.counts).toMatchObject({ customers: 101, publications: 1 });
	expect(voucherify.customers).toHaveLength(1);
	expect(voucherify.publications).toMatchObject([{ customerSourceId: 'ada', campaign: 'Last Codes' }]);
	const campaign = voucherify.campaigns.find(({ name }: { name: string }) => name === 'Last Codes');
	expect(campaign).toMatchObject({ codes: 3, published: 1, left: 2 });
});
