import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../common/record';
import type { ApiClient } from '../common/request';
import { rowsOf } from './answer';

/**
 * Reads a list whose answers lead to the next page by a header, 50 rows a page.
 * @param key what the answer calls the rows
 * @param wanted how many; `Infinity` for all
 */
export async function readLinkedPages(
	client: ApiClient,
	path: string,
	key: string,
	wanted: number,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	const cursors = new Set<string>();
	let cursor: string | undefined;
	do {
		const response = await client.send({ method: 'GET', path, query: { cursor } });
		found.push(...rowsOf(response, key).filter(isRecord));
		cursor = nextCursor(response.headers.link);
		// A cursor that comes again leads round in circles.
		if (cursor === undefined || cursors.has(cursor)) break;
		cursors.add(cursor);
	} while (found.length < wanted);
	return found.slice(0, Math.min(found.length, wanted));
}

/** The way to the next page, which may stand behind the way back to the previous one. */
function nextCursor(link: string | undefined): string | undefined {
	const next = (link ?? '').split(',').find((one) => /;\s*rel="?next/.test(one));
	const cursor = /[?&]cursor=([^&>]+)/.exec(next ?? '')?.[1];
	return cursor === undefined ? undefined : decodeURIComponent(cursor);
}
