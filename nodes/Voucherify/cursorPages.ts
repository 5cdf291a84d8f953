import type { IDataObject } from 'n8n-workflow';
import type { ApiClient, ApiRequest } from '../common/request';
import { asRecord } from '../common/record';
import { pageOf, textOf } from './answer';
import { PAGE_SIZE } from './numberedPages';

/**
 * Reads a list that goes on after the ID of its last row (`starting_after_id`), however long it is. Each row comes once.
 * @param wanted how many rows; `Infinity` for all
 */
export async function readCursorPages(
	client: ApiClient,
	{ path, query }: { readonly path: string; readonly query: NonNullable<ApiRequest['query']> },
	wanted: number,
): Promise<IDataObject[]> {
	const found = new Map<string, IDataObject>();
	const limit = Math.min(PAGE_SIZE, wanted);
	for (let after: string | undefined; ;) {
		const response = await client.send({
			method: 'GET',
			path,
			query: { ...query, limit, starting_after_id: after },
		});
		const { rows, hasMore } = pageOf(response);
		const known = found.size;
		for (const row of rows) if (found.size < wanted) found.set(String(row.id), row);
		const last = textOf(asRecord(response.body)?.more_starting_after) ?? textOf(rows[rows.length - 1]?.id);
		const ended = hasMore === undefined ? rows.length < limit : !hasMore;
		// A page without anything new would come again and again.
		if (ended || found.size >= wanted || found.size === known || last === undefined) break;
		after = last;
	}
	return [...found.values()];
}
