import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { catalogField } from '../catalog/catalogField';
import { itemIdField, readItem, readValues, valuesField, type CatalogItem } from './itemFields';

export const update = perItem<CatalogItem & { readonly values: IDataObject }>({
	name: 'update',
	displayName: 'Update',
	action: 'Update a catalog item',
	description: 'Change the given fields of an item of a catalog, at once',
	fields: [catalogField, itemIdField, valuesField],
	read: (item) => ({ ...readItem(item), values: readValues(item) }),
	run: async ({ catalog, id, values }, run) => {
		await run.client.send({
			method: 'PATCH',
			path: path`/catalogs/${catalog}/items/${id}`,
			body: { items: [values] },
			repeatable: true,
		});
		return [{ json: { id, ...values } }];
	},
});
