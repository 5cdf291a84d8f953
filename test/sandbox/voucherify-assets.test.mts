import axios from 'axios';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, voucherifyCall } from './voucherify-call.mts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

let sandbox: Sandbox;
let assets: { qr: { url: string }; barcode: { url: string } };

beforeAll(async () => {
	sandbox = await startSandbox();
	const body = publicationOf('ada', 'Summer Sale 20%');
	assets = (await voucherifyCall(sandbox)('POST', '/v1/publications', body)).data.voucher.assets;
});
afterAll(() => sandbox.close());

const get = (url: string) => axios.get(url, { responseType: 'arraybuffer', validateStatus: () => true });

test.each(['qr', 'barcode'] as const)(
	'the %s of a code is a picture that anybody can open',
	async (shape) => {
		const png = await get(assets[shape].url);
		expect([png.status, png.headers['content-type']]).toEqual([200, 'image/png']);
		expect(png.data.subarray(0, 4).equals(PNG)).toBe(true);
		const svg = await get(`${assets[shape].url}?format=svg`);
		expect([svg.status, svg.headers['content-type']]).toEqual([200, 'image/svg+xml']);
		expect(svg.data.toString()).toMatch(/^<svg/);
		const large = await get(`${assets[shape].url}?size=100`);
		expect(width(large.data)).toBeGreaterThan(width(png.data));
	},
);

test('a code that does not exist has no picture, and a size beyond 100 is refused', async () => {
	expect((await get(`${sandbox.voucherify.url}/assets/qr/NOTHING`)).status).toBe(404);
	expect((await get(`${assets.qr.url}?size=101`)).status).toBe(400);
	expect((await get(`${assets.qr.url}?format=gif`)).status).toBe(400);
});

/** Pixels, from the header of a PNG. */
function width(png: Buffer): number {
	return png.readUInt32BE(16);
}
