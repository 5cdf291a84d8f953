import type { Paging } from './query.mts';

/** The items of one page, of a list that is stored in ascending order, read backwards when `descending`. */
export function pageOf<Item>(items: readonly Item[], { limit, page }: Paging, descending = false): Item[] {
	const first = (page - 1) * limit;
	if (!descending) return items.slice(first, first + limit);
	const end = Math.max(0, items.length - first);
	return items.slice(Math.max(0, end - limit), end).reverse();
}

/** A list in Voucherify's envelope: `data_ref` names the key of the array. */
export function list(key: string, items: readonly unknown[], total: number): Record<string, unknown> {
	return { object: 'list', data_ref: key, [key]: items, total };
}

/** A copy in ascending order; equal ones keep their order. */
export function sortedBy<Item>(items: readonly Item[], key: (item: Item) => string | number): Item[] {
	return items
		.map((item) => ({ item, key: key(item) }))
		.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
		.map(({ item }) => item);
}
