import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { CATALOG_REMEDY, catalogField } from './catalogField';

export const remove = perItem<string>({
	name: 'delete',
	displayName: 'Delete',
	action: 'Delete a catalog',
	description: 'Delete a catalog with all its items for good',
	fields: [catalogField],
	read: (item) => item.located('catalog', CATALOG_REMEDY),
	run: async (name, run) => {
		await run.client.send({ method: 'DELETE', path: path`/catalogs/${name}`, repeatable: true });
		return [{ json: { name, deleted: true } }];
	},
});
