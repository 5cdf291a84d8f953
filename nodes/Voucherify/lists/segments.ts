import { readSegments } from '../resources/segment/segmentPages';
import { textOf } from '../answer';
import { listSearch } from './listSearch';
import { matches } from './scan';

/** More segments than anybody scrolls through. */
const MOST = 1_000;

/** Segments by name or ID, in alphabetical order. */
export const searchSegments = listSearch(async (client, typed) => {
	const segments = await readSegments(client, MOST);
	const results = segments
		.filter(({ id, name }) => matches(typed, [id, name]))
		.map(({ id, name }) => ({ name: textOf(name) ?? String(id), value: String(id) }))
		.sort((a, b) => a.name.localeCompare(b.name));
	return { results, nextPage: undefined };
});
