import { gunzipSync } from 'node:zlib';
import axios from 'axios';
import { unzipSync } from 'fflate';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall, type BrazeCall } from './braze-call.mts';
import { startReceiver } from './webhook-receiver.mts';

const EXPORT_MS = 60_000;

let sandbox: Sandbox;
let call: BrazeCall;

beforeAll(async () => {
	sandbox = await startSandbox({ exportMs: EXPORT_MS, brazeRateLimit: 1_000 });
	call = brazeCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const segment = (name: string) => sandbox.braze.state.workspace.segments.find((one) => one.name === name)?.id;
const start = (more: Record<string, unknown> = {}) =>
	call('POST', '/users/export/segment', {
		segment_id: segment('All users'),
		fields_to_export: ['external_id', 'custom_attributes'],
		...more,
	});
const download = (url: string) =>
	axios.get<ArrayBuffer>(url, { responseType: 'arraybuffer', validateStatus: () => true });
const linesOf = (file: Uint8Array) =>
	Buffer.from(file)
		.toString()
		.split('\n')
		.filter((line) => line !== '')
		.map((line): Record<string, unknown> => JSON.parse(line));

const seed = (count: number) => {
	for (let i = 0; i < count; i++) {
		sandbox.braze.state.track({
			attributes: [{ external_id: `u${i}`, ...(i % 2 === 0 && { voucherify_code: `C-${i}`, color: 'red' }) }],
		});
	}
};

test('the archive answers 403 until it is ready, and again some hours later', async () => {
	const { url, object_prefix } = (await start()).data;
	expect(url).toContain(object_prefix);
	expect((await download(url)).status).toBe(403);
	sandbox.clock.advance(EXPORT_MS);
	expect((await download(url)).status).toBe(200);
	sandbox.clock.advance(5 * 60 * 60_000);
	expect((await download(url)).status).toBe(403);
});

test('fetching the archive needs no key and takes nothing from the quota', async () => {
	const { url } = (await start()).data;
	const remaining = async () =>
		Number((await call('GET', '/segments/list')).headers['x-ratelimit-remaining']);
	const before = await remaining();
	await download(url);
	expect(await remaining()).toBe(before - 1);
});

test('a zip archive holds every member once, one JSON object a line, 5,000 a file', async () => {
	seed(5_001);
	const { url } = (await start()).data;
	sandbox.clock.advance(EXPORT_MS);
	const files = Object.values(unzipSync(new Uint8Array((await download(url)).data))).map(linesOf);
	expect(files.map((lines) => lines.length)).toEqual([5_000, 1]);
	const ids = files.flat().map(({ external_id }) => external_id);
	expect(ids).toEqual(Array.from({ length: 5_001 }, (_, i) => `u${i}`));
});

test('a gzip archive unpacks to the same lines', async () => {
	seed(5_001);
	const { url } = (await start({ output_format: 'gzip' })).data;
	sandbox.clock.advance(EXPORT_MS);
	expect(linesOf(gunzipSync(Buffer.from((await download(url)).data)))).toHaveLength(5_001);
});

test('a segment holds its members only, with the fields and attributes that were asked for', async () => {
	seed(3);
	const { url } = (
		await start({
			segment_id: segment('Has an unused code'),
			fields_to_export: ['external_id'],
			custom_attributes_to_export: ['voucherify_code'],
		})
	).data;
	sandbox.clock.advance(EXPORT_MS);
	const [file] = Object.values(unzipSync(new Uint8Array((await download(url)).data)));
	expect(linesOf(file ?? new Uint8Array())).toEqual([
		{ external_id: 'u0', custom_attributes: { voucherify_code: 'C-0' } },
		{ external_id: 'u2', custom_attributes: { voucherify_code: 'C-2' } },
	]);
});

test('attributes that are named count for nothing where all of them are asked for', async () => {
	seed(1);
	const { url } = (await start({ custom_attributes_to_export: ['voucherify_code'] })).data;
	sandbox.clock.advance(EXPORT_MS);
	const [file] = Object.values(unzipSync(new Uint8Array((await download(url)).data)));
	expect(linesOf(file ?? new Uint8Array())).toEqual([
		{ external_id: 'u0', custom_attributes: { voucherify_code: 'C-0', color: 'red' } },
	]);
});

test('the archive opens by its signature alone, and not to a request that brings a key', async () => {
	const { url } = (await start()).data;
	sandbox.clock.advance(EXPORT_MS);
	expect((await download(url.split('?')[0])).status).toBe(403);
	const headers = { Authorization: `Bearer ${sandbox.braze.apiKey}` };
	expect((await axios.get(url, { headers, validateStatus: () => true })).status).toBe(400);
	expect((await download(url)).status).toBe(200);
});

test('where customers have their own cloud storage, the answer has no address', async () => {
	sandbox.braze.state.settings.cloudStorage = true;
	const receiver = await startReceiver();
	try {
		const { data } = await start({ callback_endpoint: receiver.url });
		expect(data).toEqual({ message: 'success', object_prefix: expect.any(String), url: null });
		sandbox.clock.advance(EXPORT_MS);
		while (receiver.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
		expect(receiver.received[0]?.body).toEqual({ success: true });
	} finally {
		await receiver.close();
	}
});

test('one export of a segment at a time; another segment may be exported meanwhile', async () => {
	expect((await start()).status).toBe(200);
	expect((await start()).status).toBe(429);
	expect((await start({ segment_id: segment('Loyalty members') })).status).toBe(200);
	sandbox.clock.advance(EXPORT_MS);
	expect((await start()).status).toBe(200);
});

test('a callback endpoint hears when the archive is ready', async () => {
	const receiver = await startReceiver();
	try {
		const { url } = (await start({ callback_endpoint: receiver.url })).data;
		expect(receiver.received).toEqual([]);
		sandbox.clock.advance(EXPORT_MS);
		while (receiver.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
		expect(receiver.received[0]?.body).toEqual({ success: true, url });
	} finally {
		await receiver.close();
	}
});

test.each([
	['an unknown segment', { segment_id: 'nothing' }],
	['no fields', { fields_to_export: [] }],
	['an unknown format', { output_format: 'rar' }],
])('%s is refused', async (_name, more) => {
	expect((await start(more)).status).toBe(400);
});
