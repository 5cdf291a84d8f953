import { perItem } from '../../../common/operation';
import { readCatalog } from '../../catalogs';
import { CATALOG_REMEDY, catalogField } from './catalogField';

export const get = perItem<string>({
	name: 'get',
	displayName: 'Get',
	action: 'Get a catalog',
	description: 'Look up a catalog: its fields, and how many items it has',
	fields: [catalogField],
	read: (item) => item.located('catalog', CATALOG_REMEDY),
	run: async (name, run) => [{ json: await readCatalog(run, name) }],
});
