import type { FastifyInstance } from 'fastify';
import { objectIn, readBody, readRows, textIn, wrongPayload } from '../body.mts';
import { customerOfRow } from '../customer-row.mts';
import { isObject } from '../json.mts';
import { doRows } from '../rows.mts';
import type { VoucherifyState } from '../state.mts';
import { readUpload } from '../upload.mts';

/** Customers by the many: upserts, metadata and CSV files. All asynchronous; none of them fires `customer.updated`. */
export function registerCustomerBulk(app: FastifyInstance, state: VoucherifyState): void {
	app.post('/v1/customers/bulk/async', (request, reply) => {
		const rows = readRows(request.body);
		const work = () =>
			doRows(
				rows,
				(row) => state.customers.upsert(withSourceId(row), true),
				(row) => ({ sourceId: sourceIdOf(row) }),
			);
		const { id } = state.asyncActions.start('CUSTOMERS.BULK_UPDATE', work);
		return reply.code(202).send({ async_action_id: id });
	});

	app.post('/v1/customers/metadata/async', (request, reply) => {
		const body = readBody(request.body);
		const metadata = objectIn(body, 'metadata');
		const { source_ids: sourceIds } = body;
		if (metadata === undefined) throw wrongPayload('Property .metadata is required');
		if (!Array.isArray(sourceIds)) throw wrongPayload('Property .source_ids should be an array');
		const work = () =>
			doRows(
				sourceIds,
				(sourceId) => state.customers.update(state.customers.get(String(sourceId)), { metadata }, true),
				(sourceId) => ({ sourceId: String(sourceId) }),
			);
		const { id } = state.asyncActions.start('CUSTOMERS.METADATA_UPDATE', work);
		return reply.code(202).send({ async_action_id: id });
	});

	app.post('/v1/customers/importCSV', async (request, reply) => {
		const { rows } = await readUpload(request);
		const work = () =>
			doRows(
				rows,
				(row) => state.customers.overwrite(withSourceId(customerOfRow(row))),
				(row, index) => ({ sourceId: row['source_id'] ?? '', row: index + 1 }),
			);
		const { id } = state.asyncActions.start('CUSTOMERS.IMPORT_CSV', work);
		return await reply.code(202).send({ async_action_id: id });
	});
}

function withSourceId(row: unknown): Readonly<Record<string, unknown>> {
	const body = readBody(row);
	if (textIn(body, 'source_id') === undefined) throw wrongPayload('Property .source_id is required');
	return body;
}

function sourceIdOf(row: unknown): string {
	const sourceId = isObject(row) ? row['source_id'] : undefined;
	return typeof sourceId === 'string' ? sourceId : '';
}
