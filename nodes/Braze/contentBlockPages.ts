import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../common/record';
import type { ApiClient } from '../common/request';
import { rowsOf } from './answer';

/** The largest page that Braze gives. */
const PAGE_SIZE = 1_000;

/**
 * Reads the Content Blocks of the workspace; one that moves to the next page while they are being read comes once.
 * @param wanted how many; `Infinity` for all
 */
export async function readContentBlocks(client: ApiClient, wanted: number): Promise<IDataObject[]> {
	const found = new Map<unknown, IDataObject>();
	const limit = Math.min(PAGE_SIZE, wanted);
	for (let offset = 0; found.size < wanted; offset += limit) {
		const response = await client.send({
			method: 'GET',
			path: '/content_blocks/list',
			query: { limit, offset },
		});
		const rows = rowsOf(response, 'content_blocks').filter(isRecord);
		const before = found.size;
		for (const row of rows) if (found.size < wanted) found.set(row.content_block_id, row);
		if (rows.length < limit || found.size === before) break;
	}
	return [...found.values()];
}
