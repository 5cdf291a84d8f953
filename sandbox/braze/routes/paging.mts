/** The query of lists by page. */
export interface PagedRoute {
	Querystring: { page?: string; include_archived?: string; sort_direction?: string };
}

/** One page of a list, counted from 0; pages beyond the end are empty. */
export function pageOf<Entry>(
	entries: readonly Entry[],
	page: string | undefined,
	size: number,
): readonly Entry[] {
	const start = Math.max(0, Math.trunc(Number(page ?? 0)) || 0) * size;
	return entries.slice(start, start + size);
}

/** Oldest first, or newest first when `sort_direction` is `desc`. */
export function sorted<Entry>(entries: readonly Entry[], direction: string | undefined): readonly Entry[] {
	return direction === 'desc' ? [...entries].reverse() : entries;
}
