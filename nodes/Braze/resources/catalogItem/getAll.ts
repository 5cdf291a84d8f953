import { perItem } from '../../../common/operation';
import { pagingFields, readWanted } from '../../../common/pagingFields';
import { path } from '../../../common/urlPath';
import { readLinkedPages } from '../../linkedPages';
import { CATALOG_REMEDY, catalogField } from '../catalog/catalogField';

interface Input {
	readonly catalog: string;
	readonly wanted: number;
}

export const getAll = perItem<Input>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many catalog items',
	description: 'List the items of a catalog, however many they are',
	fields: [catalogField, ...pagingFields],
	read: (item) => ({ catalog: item.located('catalog', CATALOG_REMEDY), wanted: readWanted(item) }),
	run: async ({ catalog, wanted }, run) => {
		const items = await readLinkedPages(run.client, path`/catalogs/${catalog}/items`, 'items', wanted);
		return items.map((json) => ({ json }));
	},
});
