import { type FilterFields, readFilters } from './conditions.mts';
import type { JsonObject } from './json.mts';
import { orderParameter, readPaging, textParameter } from './query.mts';
import { toTransaction, type Transaction } from './transaction.mts';

const FILTERS: FilterFields<Transaction> = {
	id: ({ id }) => id,
	type: ({ type }) => type,
	reason: ({ reason }) => reason ?? undefined,
	source_id: ({ sourceId }) => sourceId ?? undefined,
	voucher_id: ({ voucher }) => voucher.id,
	campaign_id: ({ voucher }) => voucher.campaign?.id,
	created_at: ({ createdAt }) => new Date(createdAt).toISOString(),
};

/** Answers the lists of transactions, which go on after the id `starting_after_id`; newest first unless asked otherwise. */
export function listTransactions(
	transactions: readonly Transaction[],
	query: JsonObject,
): Record<string, unknown> {
	const { descending } = orderParameter(query, ['id'], 'id');
	const keep = readFilters(query['filters'], FILTERS);
	const found = keep === undefined ? transactions : transactions.filter(keep);
	return cursorList(found, query, descending, toTransaction);
}

/**
 * One page of a list with a cursor: what comes after the item with the id `starting_after_id`.
 * @param items oldest first
 */
export function cursorList<Item extends { readonly id: string }>(
	items: readonly Item[],
	query: JsonObject,
	descending: boolean,
	show: (item: Item) => unknown,
): Record<string, unknown> {
	const { limit } = readPaging(query, 1);
	const after = textParameter(query, 'starting_after_id');
	const ordered = descending ? [...items].reverse() : items;
	// Behind an id that is unknown there is nothing.
	const position = after === undefined ? 0 : ordered.findIndex(({ id }) => id === after) + 1;
	const rest = after !== undefined && position === 0 ? [] : ordered.slice(position);
	const page = rest.slice(0, limit);
	const last = page.at(-1);
	const hasMore = rest.length > page.length;
	return {
		object: 'list',
		data_ref: 'data',
		data: page.map(show),
		has_more: hasMore,
		...(hasMore && last !== undefined && { more_starting_after: last.id }),
	};
}
