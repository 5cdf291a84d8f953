import { readCatalogs } from '../catalogs';
import { readContentBlocks } from '../contentBlockPages';
import { CAMPAIGNS, CANVASES, SEGMENTS } from '../pagedLists';
import { readObjectPages, type PagedList } from '../pages';
import { entryOf, listSearch, MOST_ENTRIES } from './listSearch';

/** Newest first, so that of very many the latest can be chosen. */
function paged(list: PagedList) {
	return listSearch(async (client) => {
		const rows = await readObjectPages(client, { ...list, query: { sort_direction: 'desc' } }, MOST_ENTRIES);
		return rows.map((row) => entryOf(row));
	});
}

/** The lists that forms offer for searching. */
export const lists = {
	searchCampaigns: paged(CAMPAIGNS),
	searchCanvases: paged(CANVASES),
	searchCatalogs: listSearch(async (client) =>
		(await readCatalogs(client)).map((catalog) => entryOf(catalog, 'name')),
	),
	searchContentBlocks: listSearch(async (client) => {
		const blocks = await readContentBlocks(client, MOST_ENTRIES);
		return blocks.map((block) => entryOf(block, 'content_block_id'));
	}),
	searchSegments: paged(SEGMENTS),
};
