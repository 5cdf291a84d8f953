import { request } from 'node:http';
import axios from 'axios';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from './voucherify-call.mts';

let sandbox: Sandbox;
let call: VoucherifyCall;

beforeAll(async () => {
	sandbox = await startSandbox({ codes: 100_000 });
	call = voucherifyCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const publish = () => call('POST', '/v1/publications', publicationOf('ada', 'Summer Sale 20%'));
const published = (): number => sandbox.voucherify.state.publications.count;

/** What reaches a client that reads the bare socket. */
interface OnTheWire {
	readonly announced: number;
	readonly received: number;
	readonly error: string | undefined;
}

async function onTheWire(path: string): Promise<OnTheWire> {
	return await new Promise((resolve) => {
		const { applicationId, secretKey, url } = sandbox.voucherify;
		const headers = { 'x-app-id': applicationId, 'x-app-token': secretKey };
		let announced = 0;
		let received = 0;
		const end = (error?: NodeJS.ErrnoException) => resolve({ announced, received, error: error?.code });
		request(url + path, { headers, agent: false }, (response) => {
			announced = Number(response.headers['content-length']);
			response.on('data', (chunk: Buffer) => (received += chunk.length));
			response.on('error', end).on('end', () => end());
		})
			.on('error', end)
			.end();
	});
}

describe.each(['before', 'after'] as const)('%s the work', (when) => {
	const done = when === 'after' ? 1 : 0;
	const once = { service: 'voucherify', when, times: 1 } as const;

	test('another status is answered instead', async () => {
		sandbox.faults.add({
			...once,
			kind: 'status',
			status: 503,
			headers: { 'retry-after': '7' },
			body: { message: 'busy' },
		});
		const { status, headers, data } = await publish();
		expect([status, headers['retry-after'], data]).toEqual([503, '7', { message: 'busy' }]);
		expect(published()).toBe(done);
	});

	test('the connection is reset', async () => {
		sandbox.faults.add({ ...once, kind: 'reset' });
		await expect(publish()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(published()).toBe(done);
	});

	test('the answer is cut off in the middle', async () => {
		sandbox.faults.add({ ...once, kind: 'truncate' });
		const { announced, received, error } = await onTheWire('/v1/campaigns');
		expect(error).toBe('ECONNRESET');
		expect(received).toBe(Math.floor(announced / 2));
		expect(received).toBeGreaterThan(0);
	});

	test('a page of HTML is answered', async () => {
		sandbox.faults.add({ ...once, kind: 'notJson' });
		const { status, headers, data } = await publish();
		expect([status, headers['content-type']]).toEqual([200, 'text/html']);
		expect(data).toMatch(/^<!DOCTYPE html>/);
		expect(published()).toBe(done);
	});

	test('nothing is answered, and the connection stays open', async () => {
		sandbox.faults.add({ ...once, kind: 'hang' });
		const patience = axios.get(`${sandbox.voucherify.url}/v1/campaigns`, {
			headers: { 'X-App-Id': sandbox.voucherify.applicationId, 'X-App-Token': sandbox.voucherify.secretKey },
			timeout: 300,
		});
		await expect(patience).rejects.toMatchObject({ code: 'ECONNABORTED' });
		expect(sandbox.log.entries()[0]?.fault).toBe(`hang ${when}`);
	});

	test('the answer comes late, but complete', async () => {
		const answered: string[] = [];
		sandbox.faults.add({ ...once, kind: 'slow', delayMs: 400 });
		await Promise.all([
			publish().then(({ status }) => answered.push(`late ${status}`)),
			call('GET', '/v1/customers/customer-000001').then(({ status }) => answered.push(`quick ${status}`)),
		]);
		expect(answered).toHaveLength(2);
		expect(answered).toContain('quick 200');
		expect(answered).toContain('late 200');
		expect(published()).toBe(1);
	});
});

test.each(['before', 'after'] as const)('a token ends %s the work when enough time passes', async (when) => {
	const form = new URLSearchParams({ grant_type: 'client_credentials', scope: 'api' });
	const keys = { 'X-App-Id': sandbox.voucherify.applicationId, 'X-App-Token': sandbox.voucherify.secretKey };
	const { url } = sandbox.voucherify;
	const { data } = await axios.post(`${url}/v1/oauth/token`, form, { headers: keys });
	sandbox.faults.add({ service: 'voucherify', path: '/v1/publications', when, kind: 'elapse', ms: 901_000 });
	const { status } = await axios.post(`${url}/v1/publications`, publicationOf('ada', 'Summer Sale 20%'), {
		headers: { Authorization: `Bearer ${data.access_token}` },
		validateStatus: () => true,
	});
	expect([status, published()]).toEqual(when === 'before' ? [401, 0] : [200, 1]);
	expect(sandbox.log.entries().at(-1)?.fault).toBe(`elapse ${when}`);
	const headers = { Authorization: `Bearer ${data.access_token}` };
	const later = await axios.get(`${url}/v1/campaigns`, { headers, validateStatus: () => true });
	expect(later.status).toBe(401);
});

test('after a fault the same request succeeds, with nothing left over', async () => {
	sandbox.faults.add({ service: 'voucherify', kind: 'reset', when: 'after', times: 1 });
	const body = publicationOf('ada', 'Summer Sale 20%', 'once');
	await expect(call('POST', '/v1/publications', body)).rejects.toThrow();
	const { data } = await call('POST', '/v1/publications', body);
	expect(published()).toBe(1);
	expect(data.source_id).toBe('once');
});

test('a fault hits the method and path it is meant for, after the requests it lets pass, as often as it says', async () => {
	const fault = {
		service: 'voucherify',
		kind: 'status',
		status: 500,
		method: 'POST',
		skip: 1,
		times: 2,
	} as const;
	sandbox.faults.add({ ...fault, path: '/v1/publications' });
	const outcomes: number[] = [];
	for (let i = 0; i < 4; i++) outcomes.push((await publish()).status);
	expect(outcomes).toEqual([200, 500, 500, 200]);
	expect((await call('GET', '/v1/publications')).status).toBe(200);
	expect(sandbox.faults.list()).toMatchObject([{ skipped: 1, hits: 2 }]);
});

test('a path between slashes is a regular expression on path and query', async () => {
	sandbox.faults.add({ service: 'voucherify', kind: 'status', status: 500, path: '/source_id=s[12]$/' });
	const status = async (id: string) => (await call('GET', `/v1/publications?source_id=${id}`)).status;
	expect([await status('s1'), await status('s2'), await status('s3')]).toEqual([500, 500, 200]);
});

test('faults of one service leave the other alone', async () => {
	sandbox.faults.add({ service: 'braze', kind: 'status', status: 500 });
	expect((await publish()).status).toBe(200);
});

test('faults are armed, listed and disarmed over HTTP, and a nonsense one is refused', async () => {
	const fault = { service: 'voucherify', kind: 'status', status: 500, path: '/v1/customers' };
	const { data } = await call('POST', '/_sandbox/faults', [fault, { ...fault, path: '/v1/segments' }]);
	expect((await call('GET', '/v1/segments')).status).toBe(500);
	await call('DELETE', `/_sandbox/faults/${data.ids[1]}`);
	expect((await call('GET', '/v1/segments')).status).toBe(200);
	expect((await call('GET', '/v1/customers')).status).toBe(500);
	await call('DELETE', '/_sandbox/faults');
	expect((await call('GET', '/v1/customers')).status).toBe(200);
	const bad = await call('POST', '/_sandbox/faults', { service: 'voucherify', kind: 'explode' });
	expect(bad.status).toBe(400);
	expect(bad.data.message).toContain('status, reset, truncate');
});

test('a download breaks off in the middle', async () => {
	const { data } = await call('POST', '/v1/exports', {
		exported_object: 'voucher',
		parameters: { fields: ['code'] },
	});
	sandbox.clock.advance(300);
	const { url } = (await call('GET', `/v1/exports/${data.id}`)).data.result;
	const { pathname, search } = new URL(url);
	const whole = await onTheWire(pathname + search);
	expect(whole.error).toBeUndefined();
	const bytes = 200_000;
	sandbox.faults.add({
		service: 'voucherify',
		kind: 'truncate',
		when: 'after',
		bytes,
		path: pathname,
		times: 1,
	});
	const broken = await onTheWire(pathname + search);
	expect(broken.error).toBe('ECONNRESET');
	expect(broken.received).toBeLessThanOrEqual(bytes);
	expect(broken.received).toBeLessThan(whole.received);
});
