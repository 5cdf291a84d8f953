import type { FastifyInstance } from 'fastify';
import { objectIn, readBody, readRows, textIn, wrongPayload } from '../body.mts';
import { doRows } from '../rows.mts';
import type { VoucherifyState } from '../state.mts';
import { readUpload } from '../upload.mts';
import { codeOfRow, voucherOfRow } from '../voucher-row.mts';

/** Vouchers by the many: import of objects and of CSV files, updates of metadata. All of them are asynchronous. */
export function registerVoucherBulk(app: FastifyInstance, state: VoucherifyState): void {
	app.post('/v1/vouchers/import', (request, reply) => {
		const rows = readRows(request.body);
		const work = () =>
			doRows(
				rows,
				(row) => state.voucherChanges.importRow(row, undefined, true),
				(row) => ({ code: codeOfRow(row) }),
			);
		return reply.code(202).send({ async_action_id: state.asyncActions.start('VOUCHERS.IMPORT', work).id });
	});

	app.post('/v1/vouchers/importCSV', async (request, reply) => {
		const { rows, fields } = await readUpload(request);
		const silently = fields['webhooks_enable'] !== 'true';
		const work = () =>
			doRows(
				rows,
				(row) => state.voucherChanges.importRow(voucherOfRow(row), undefined, silently),
				(row, index) => ({ code: codeOfRow(row), row: index + 1 }),
			);
		const { id } = state.asyncActions.start('VOUCHERS.IMPORT_CSV', work);
		return await reply.code(202).send({ async_action_id: id });
	});

	app.post('/v1/vouchers/bulk/async', (request, reply) => {
		const rows = readRows(request.body);
		const update = (row: unknown): void => {
			const body = readBody(row);
			const metadata = objectIn(body, 'metadata');
			if (metadata === undefined) throw wrongPayload('Property .metadata is required');
			const voucher = state.campaigns.getVoucher(textIn(body, 'code') ?? '');
			state.voucherChanges.mergeMetadata(voucher, metadata);
		};
		const work = () => doRows(rows, update, (row) => ({ code: codeOfRow(row) }));
		const { id } = state.asyncActions.start('VOUCHERS.BULK_UPDATE', work);
		return reply.code(202).send({ async_action_id: id });
	});

	app.post('/v1/vouchers/metadata/async', (request, reply) => {
		const body = readBody(request.body);
		const metadata = objectIn(body, 'metadata');
		const { codes } = body;
		if (metadata === undefined) throw wrongPayload('Property .metadata is required');
		if (!Array.isArray(codes)) throw wrongPayload('Property .codes should be an array');
		const work = () =>
			doRows(
				codes,
				(code) => state.voucherChanges.mergeMetadata(state.campaigns.getVoucher(String(code)), metadata),
				(code) => ({ code: String(code) }),
			);
		const { id } = state.asyncActions.start('VOUCHERS.METADATA_UPDATE', work);
		return reply.code(202).send({ async_action_id: id });
	});
}
