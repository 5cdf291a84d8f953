import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import type { ApiClient, ApiRequest } from '../../common/request';
import { pageOf } from '../answer';
import { PAGE_SIZE } from '../numberedPages';
import type { Found } from './listSearch';

/** Pages looked through for one request of the form; more are asked for as the user scrolls. */
const PAGES_AT_ONCE = 3;

/**
 * Looks through a list page by page for what contains the typed text: Voucherify can't search by a part of a name.
 * @param lastPage beyond which Voucherify refuses
 * @param texts what a row is searched by
 */
export async function scan(
	client: ApiClient,
	{ path, query, lastPage }: { path: string; query: NonNullable<ApiRequest['query']>; lastPage: number },
	typed: string,
	from: number,
	texts: (row: IDataObject) => readonly unknown[],
	choice: (row: IDataObject) => INodeListSearchItems,
): Promise<Found> {
	const results: INodeListSearchItems[] = [];
	for (let page = from; page <= lastPage; page++) {
		if (page >= from + PAGES_AT_ONCE || (results.length > 0 && page > from))
			return { results, nextPage: page };
		const response = await client.send({ method: 'GET', path, query: { ...query, limit: PAGE_SIZE, page } });
		const { rows } = pageOf(response);
		for (const row of rows) if (matches(typed, texts(row))) results.push(choice(row));
		if (rows.length < PAGE_SIZE) return { results, nextPage: undefined };
	}
	return { results, nextPage: undefined };
}

/** Whether one of the texts contains what was typed, in upper or lower case. */
export function matches(typed: string, texts: readonly unknown[]): boolean {
	const sought = typed.toLowerCase();
	return (
		sought === '' || texts.some((text) => typeof text === 'string' && text.toLowerCase().includes(sought))
	);
}
