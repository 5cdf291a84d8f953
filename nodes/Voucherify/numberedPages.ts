import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../common/failure';
import type { ApiClient, ApiRequest } from '../common/request';
import { pageOf } from './answer';

/** The largest page that Voucherify gives. */
export const PAGE_SIZE = 100;

/** Voucherify refuses pages beyond this one, unless a list says otherwise. */
const LAST_PAGE = 100;

/** A list that is read page by page. */
export interface NumberedList {
	readonly path: string;
	readonly query: NonNullable<ApiRequest['query']>;
	/** Beyond which Voucherify refuses; 99 for vouchers and redemptions. */
	readonly lastPage?: number | undefined;
	/** What the rows are, for errors: "publications". */
	readonly name: string;
	/** What to do when there are more than can be listed. */
	readonly remedy: string;
}

/**
 * Reads a list by page numbers, which reach 10,000 rows at most. Rows that move to the next page while it is being read come once.
 * @param wanted how many rows; `Infinity` for all
 * @throws {Failure} when more rows are wanted than can be reached, before the second page is asked for
 */
export async function readNumberedPages(
	client: ApiClient,
	list: NumberedList,
	wanted: number,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	const seen = new Set<unknown>();
	const { lastPage = LAST_PAGE } = list;
	const limit = Math.min(PAGE_SIZE, wanted);
	for (let page = 1; found.length < wanted; page++) {
		const response = await client.send({
			method: 'GET',
			path: list.path,
			query: { ...list.query, limit, page },
		});
		const { rows, total } = pageOf(response);
		if (Math.min(wanted, total ?? 0) > lastPage * PAGE_SIZE) throw tooMany(list, total ?? 0);
		for (const row of rows) {
			if (seen.has(row.id) || found.length >= wanted) continue;
			seen.add(row.id);
			found.push(row);
		}
		if (rows.length < limit) break;
		if (page === lastPage) {
			if (found.length < wanted && total === undefined) throw tooMany(list, found.length);
			break;
		}
	}
	return found;
}

function tooMany({ name, remedy, lastPage = LAST_PAGE }: NumberedList, total: number): Failure {
	return new Failure({
		message: `Voucherify lists at most ${(lastPage * PAGE_SIZE).toLocaleString('en-US')} ${name}, and there are ${total.toLocaleString('en-US')}`,
		description: remedy,
	});
}
