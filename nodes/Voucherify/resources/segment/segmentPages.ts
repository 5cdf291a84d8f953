import type { IDataObject } from 'n8n-workflow';
import type { ApiClient, ApiRequest } from '../../../common/request';
import { pageOf } from '../../answer';
import { PAGE_SIZE } from '../../numberedPages';
import { TimePages } from '../../timePages';

/**
 * Reads segments, the oldest first. Their list has no page numbers, so it is read on by the time of creation.
 * @param wanted how many; `Infinity` for all
 * @param filters as query parameters
 */
export async function readSegments(
	client: ApiClient,
	wanted: number,
	filters: NonNullable<ApiRequest['query']> = {},
): Promise<IDataObject[]> {
	const segments: IDataObject[] = [];
	const pages = new TimePages(Math.min(PAGE_SIZE, wanted));
	for (let next = pages.next; next !== undefined && segments.length < wanted; next = pages.next) {
		const response = await client.send({
			method: 'GET',
			path: '/v1/segments',
			query: {
				...filters,
				order: 'created_at',
				limit: pages.size,
				'filters[created_at][conditions][$after][0]': next.after,
				// Undocumented here, and only needed when a hundred segments were created in the same millisecond.
				page: next.page === 1 ? undefined : next.page,
			},
		});
		segments.push(...pages.take(pageOf(response)));
	}
	return segments.slice(0, wanted);
}
