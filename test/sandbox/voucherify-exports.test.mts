import { gunzipSync } from 'node:zlib';
import axios from 'axios';
import { parse } from 'csv-parse/sync';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from './voucherify-call.mts';

let sandbox: Sandbox;
let call: VoucherifyCall;

beforeAll(async () => {
	sandbox = await startSandbox({ codes: 50_000 });
	call = voucherifyCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const create = (exportedObject: string, parameters?: unknown) =>
	call('POST', '/v1/exports', { exported_object: exportedObject, parameters });
const status = async (id: string): Promise<string> => (await call('GET', `/v1/exports/${id}`)).data.status;

async function campaignId(name: string): Promise<string> {
	return (await call('GET', `/v1/campaigns/${encodeURIComponent(name)}`)).data.id;
}

async function downloadUrl(exportedObject: string, parameters?: unknown): Promise<string> {
	const { data } = await create(exportedObject, parameters);
	sandbox.clock.advance(300);
	return (await call('GET', `/v1/exports/${data.id}`)).data.result.url;
}

async function rows(exportedObject: string, parameters?: unknown): Promise<string[][]> {
	const { data } = await axios.get(await downloadUrl(exportedObject, parameters), { responseType: 'text' });
	return parse(data);
}

test('an export is scheduled, in progress, then done, by the clock', async () => {
	const { data } = await create('voucher');
	expect([data.status, data.result]).toEqual(['SCHEDULED', null]);
	sandbox.clock.advance(150);
	expect(await status(data.id)).toBe('IN_PROGRESS');
	sandbox.clock.advance(150);
	expect(await status(data.id)).toBe('DONE');
});

test('an export fails when the sandbox is told so, and only that one', async () => {
	await call('POST', '/_sandbox/exports', { failNext: 1 });
	const [bad, good] = [await create('voucher'), await create('voucher')];
	sandbox.clock.advance(300);
	const { data } = await call('GET', `/v1/exports/${bad.data.id}`);
	expect([data.status, data.result]).toEqual(['ERROR', null]);
	expect(await status(good.data.id)).toBe('DONE');
});

test('a download needs its token and no keys', async () => {
	const url = await downloadUrl('customer');
	expect((await axios.get(url)).status).toBe(200);
	const wrong = await axios.get(url.replace(/token=./, 'token=_'), { validateStatus: () => true });
	expect([wrong.status, wrong.data.code]).toEqual([401, 401]);
	const without = await axios.get(url.split('?')[0] ?? '', { validateStatus: () => true });
	expect(without.status).toBe(401);
});

test('a download before the export is done, or after it was deleted, is refused', async () => {
	const url = await downloadUrl('customer');
	const { data } = await create('customer');
	const job = sandbox.voucherify.state.exports.get(data.id);
	const early = await call('GET', `/v1/exports/${data.id}?token=${job.token}`);
	expect(early.status).toBe(404);
	const { pathname } = new URL(url);
	expect((await call('DELETE', pathname)).status).toBe(204);
	expect((await axios.get(url, { validateStatus: () => true })).status).toBe(404);
});

test('all codes of a campaign come once each, under display labels, in the order of the fields', async () => {
	const fields = ['code', 'campaign', 'customer_source_id', 'qr_code', 'metadata'];
	const [header, ...codes] = await rows('voucher', {
		campaign_id: await campaignId('Newsletter Codes'),
		fields,
	});
	expect(header).toEqual(['Code', 'Campaign', 'Customer Source ID', 'QR Code', 'season']);
	expect(new Set(codes.map(([code]) => code)).size).toBe(50_000);
	expect(codes[0]?.slice(1)).toEqual([
		'Newsletter Codes',
		'',
		expect.stringContaining(`/assets/qr/${codes[0]?.[0]}`),
		'summer',
	]);
});

test('money is decimal, points are not, and holders are named', async () => {
	const gift = await call('POST', '/v1/publications', publicationOf('ada', 'Welcome Gift Card'));
	await call('POST', '/v1/publications', publicationOf('ada', 'Loyalty Club'));
	const fields = ['code', 'value', 'gift_balance', 'loyalty_balance', 'customer_source_id'];
	const giftCampaign = await campaignId('Welcome Gift Card');
	const loyalty = await campaignId('Loyalty Club');
	const [, card] = await rows('voucher', { campaign_id: giftCampaign, fields });
	expect(card).toEqual([gift.data.voucher.code, '25.00', '25.00', '', 'ada']);
	const [, points] = await rows('voucher', { campaign_id: loyalty, fields });
	expect(points?.slice(1)).toEqual(['100', '', '100', 'ada']);
	const [, order] = await rows('order', { fields: ['amount', 'discount_amount', 'total_amount'] });
	expect(order).toEqual(['49.90', '4.99', '44.91']);
});

test('filters choose rows and order sorts them', async () => {
	const parameters = { fields: ['source_id', 'name'], order: '-source_id' };
	const [, ...all] = await rows('customer', parameters);
	expect(all).toHaveLength(100);
	expect(all[0]?.[0]).toBe('customer-000100');
	const ids = { conditions: { $in: ['customer-000007', 'customer-000003'] } };
	const [, ...two] = await rows('customer', { ...parameters, filters: { junction: 'and', source_id: ids } });
	expect(two.map(([id]) => id)).toEqual(['customer-000007', 'customer-000003']);
	const other = { conditions: { $is: ['customer-000001'] } };
	const both = { junction: 'and', source_id: ids, email: other };
	expect(await rows('customer', { ...parameters, filters: both })).toHaveLength(1);
	const after = {
		created_at: { conditions: { $after: [new Date(sandbox.clock.millis() - 150_000).toISOString()] } },
	};
	const [, ...recent] = await rows('customer', { ...parameters, filters: after });
	expect(recent.map(([id]) => id)).toEqual(['customer-000100', 'customer-000099']);
});

test('codes that nobody holds can be filtered out', async () => {
	const { data } = await call('POST', '/v1/publications', publicationOf('ada', 'Newsletter Codes'));
	const filters = { holder_id: { conditions: { $has_value: [] } } };
	const parameters = { campaign_id: await campaignId('Newsletter Codes'), fields: ['code'], filters };
	expect(await rows('voucher', parameters)).toEqual([['Code'], [data.voucher.code]]);
});

test('a cell with commas, quotes and line ends stays one cell', async () => {
	const name = 'Ada, "the first"\nof her name';
	await call('POST', '/v1/customers', { source_id: 'odd', name });
	const filters = { source_id: { conditions: { $is: ['odd'] } } };
	expect(await rows('customer', { fields: ['source_id', 'name'], filters })).toEqual([
		['Source ID', 'Name'],
		['odd', name],
	]);
});

test('a publication of several codes takes a row for each', async () => {
	await call('POST', '/v1/publications', {
		customer: { source_id: 'ada' },
		campaign: { name: 'Last Codes', count: 3 },
	});
	const [, ...published] = await rows('publication', {
		fields: ['voucher_code', 'customer_source_id', 'campaign'],
	});
	expect(new Set(published.map(([code]) => code)).size).toBe(3);
	expect(published[0]?.slice(1)).toEqual(['ada', 'Last Codes']);
});

test('the file is packed only for who asks', async () => {
	const url = await downloadUrl('customer');
	const get = (encoding: string) =>
		axios.get(url, {
			headers: { 'Accept-Encoding': encoding },
			responseType: 'arraybuffer',
			decompress: false,
		});
	const plain = await get('identity');
	const refused = await get('gzip;q=0, identity');
	const packed = await get('gzip');
	expect(plain.headers['content-encoding']).toBeUndefined();
	expect(refused.headers['content-encoding']).toBeUndefined();
	expect(packed.headers['content-encoding']).toBe('gzip');
	expect(gunzipSync(packed.data).equals(plain.data)).toBe(true);
});

test('a reader who stops takes nothing with it', async () => {
	const url = await downloadUrl('voucher', { fields: ['code'] });
	const stop = new AbortController();
	const { data } = await axios.get(url, { responseType: 'stream', signal: stop.signal });
	data.once('data', () => stop.abort());
	await expect(
		(async () => {
			for await (const chunk of data) expect(chunk.length).toBeGreaterThan(0);
		})(),
	).rejects.toThrow();
	expect((await call('GET', '/v1/exports')).status).toBe(200);
});

test.each([
	[{ fields: ['code', 'nothing'] }, 'invalid_export_fields'],
	[{ fields: 'code' }, 'invalid_export_fields'],
	[{ order: 'price' }, 'invalid_payload'],
	[{ filters: { nothing: { conditions: { $is: ['x'] } } } }, 'invalid_payload'],
	[{ filters: { code: { conditions: { $like: ['x'] } } } }, 'invalid_payload'],
])('parameters %j are refused with %s', async (parameters, key) => {
	const { status: code, data } = await create('voucher', parameters);
	expect([code, data.key]).toEqual([400, key]);
});
