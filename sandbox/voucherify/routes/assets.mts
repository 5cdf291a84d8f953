import type { FastifyInstance } from 'fastify';
import QRCode from 'qrcode';
import { wrong } from '../query.mts';
import type { VoucherifyState } from '../state.mts';

/** Of 1 to 100; pictures grow with it. */
const DEFAULT_SIZE = 10;

interface AssetRequest {
	Params: { code: string };
	Querystring: { size?: string; format?: string };
}

/** Pictures of codes, open to everybody as Voucherify's are: `?size=1..100&format=png|svg`. */
export function registerAssets(app: FastifyInstance, state: VoucherifyState): void {
	app.get<AssetRequest>('/assets/qr/:code', async (request, reply) => {
		const { code } = state.campaigns.getVoucher(request.params.code);
		const { scale, svg } = readPicture(request.query);
		if (svg)
			return await reply.type('image/svg+xml').send(await QRCode.toString(code, { type: 'svg', scale }));
		return await reply.type('image/png').send(await QRCode.toBuffer(code, { scale }));
	});

	app.get<AssetRequest>('/assets/barcode/:code', async (request, reply) => {
		const { code } = state.campaigns.getVoucher(request.params.code);
		const { scale, svg } = readPicture(request.query);
		// The library is large, and few demos look at barcodes.
		const { default: bwipjs } = await import('bwip-js/node');
		const options = { bcid: 'code128', text: code, scale, includetext: true };
		if (svg) return await reply.type('image/svg+xml').send(bwipjs.toSVG(options));
		return await reply.type('image/png').send(await bwipjs.toBuffer(options));
	});
}

function readPicture({ size, format }: AssetRequest['Querystring']): { scale: number; svg: boolean } {
	const value = Number(size ?? DEFAULT_SIZE);
	if (!Number.isInteger(value) || value < 1 || value > 100)
		throw wrong('Query parameter size should be 1 to 100');
	if (format !== undefined && format !== 'png' && format !== 'svg') {
		throw wrong('Query parameter format should be png or svg');
	}
	return { scale: 2 + Math.ceil(value / 10), svg: format === 'svg' };
}
