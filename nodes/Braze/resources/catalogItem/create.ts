import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { catalogField } from '../catalog/catalogField';
import { itemIdField, readItem, readValues, valuesField, type CatalogItem } from './itemFields';

export const create = perItem<CatalogItem & { readonly values: IDataObject }>({
	name: 'create',
	displayName: 'Create',
	action: 'Create a catalog item',
	description: 'Add an item to a catalog, at once',
	fields: [catalogField, itemIdField, valuesField],
	read: (item) => ({ ...readItem(item), values: readValues(item) }),
	run: async ({ catalog, id, values }, run) => {
		await run.client.send({
			method: 'POST',
			path: path`/catalogs/${catalog}/items/${id}`,
			body: { items: [values] },
		});
		return [{ json: { id, ...values } }];
	},
});
