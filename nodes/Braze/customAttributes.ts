import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../common/record';
import type { ApiClient } from '../common/request';
import { rowsOf } from './answer';

/**
 * Reads the custom attributes of the workspace, 50 a page; a header of each answer leads to the next page.
 * @param wanted how many; `Infinity` for all
 */
export async function readCustomAttributes(client: ApiClient, wanted: number): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	const cursors = new Set<string>();
	let cursor: string | undefined;
	do {
		const response = await client.send({ method: 'GET', path: '/custom_attributes', query: { cursor } });
		found.push(...rowsOf(response, 'attributes').filter(isRecord));
		cursor = nextCursor(response.headers.link);
		// A cursor that comes again leads round in circles.
		if (cursor === undefined || cursors.has(cursor)) break;
		cursors.add(cursor);
	} while (found.length < wanted);
	return found.slice(0, Math.min(found.length, wanted));
}

function nextCursor(link: string | undefined): string | undefined {
	const next = /<([^<>]*)>;\s*rel="?next/.exec(link ?? '')?.[1];
	const cursor = /[?&]cursor=([^&]+)/.exec(next ?? '')?.[1];
	return cursor === undefined ? undefined : decodeURIComponent(cursor);
}
