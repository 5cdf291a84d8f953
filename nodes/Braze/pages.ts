import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../common/record';
import type { ApiClient, ApiRequest } from '../common/request';
import { rowsOf } from './answer';

/** A list that Braze gives page by page, counted from 0. */
export interface PagedList {
	readonly path: string;
	readonly query?: ApiRequest['query'];
	/** What the answer calls the rows. */
	readonly key: string;
	/** Rows of a full page. */
	readonly size: number;
}

/**
 * Reads a list page by page. A row that moves to the next page while the list is being read comes once, and a page without any new row
 * is the last.
 * @param wanted how many rows; `Infinity` for all
 * @param identity what tells one row from another
 */
export async function readPages<Row>(
	client: ApiClient,
	{ path, query, key, size }: PagedList,
	wanted: number,
	parse: (row: unknown) => Row | undefined,
	identity: (row: Row) => unknown,
): Promise<Row[]> {
	const found = new Map<unknown, Row>();
	for (let page = 0; found.size < wanted; page++) {
		const response = await client.send({ method: 'GET', path, query: { ...query, page } });
		const rows = rowsOf(response, key);
		const before = found.size;
		for (const row of rows) {
			const parsed = parse(row);
			if (parsed !== undefined && found.size < wanted) found.set(identity(parsed), parsed);
		}
		if (rows.length < size || found.size === before) break;
	}
	return [...found.values()];
}

/** Reads a list of objects with IDs: campaigns, Canvases, segments. */
export async function readObjectPages(
	client: ApiClient,
	list: PagedList,
	wanted: number,
): Promise<IDataObject[]> {
	return await readPages(
		client,
		list,
		wanted,
		(row) => (isRecord(row) ? row : undefined),
		({ id }) => id,
	);
}
