import { Failure } from '../../../common/failure';
import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { isRecord } from '../../../common/record';
import { rowsOf } from '../../answer';
import { catalogField } from '../catalog/catalogField';
import { itemIdField, readItem, type CatalogItem } from './itemFields';

export const get = perItem<CatalogItem>({
	name: 'get',
	displayName: 'Get',
	action: 'Get a catalog item',
	description: 'Look up an item of a catalog',
	fields: [catalogField, itemIdField],
	read: readItem,
	run: async ({ catalog, id }, run) => {
		const response = await run.client.send({ method: 'GET', path: path`/catalogs/${catalog}/items/${id}` });
		const [json] = rowsOf(response, 'items').filter(isRecord);
		if (json === undefined) throw new Failure({ message: `The catalog ${catalog} has no item ${id}` });
		return [{ json }];
	},
});
