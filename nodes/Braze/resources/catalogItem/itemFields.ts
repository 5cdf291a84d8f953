import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';
import { CATALOG_NAME, CATALOG_NAME_REMEDY } from '../../catalogs';
import { CATALOG_REMEDY } from '../catalog/catalogField';

export const itemIdField: INodeProperties = {
	displayName: 'Item ID',
	name: 'itemId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. summer-sale',
};

export const valuesField: INodeProperties = {
	displayName: 'Values',
	name: 'values',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {"title": "Summer sale", "ends_at": "2026-08-31T23:59:59Z"}',
	description: 'The fields of the item as a JSON object, without its ID',
};

/** One item of a catalog. */
export interface CatalogItem {
	readonly catalog: string;
	readonly id: string;
}

export function readItem(item: ItemParameters): CatalogItem {
	const id = item.requiredText('itemId', 'Enter the ID of an item.');
	if (!CATALOG_NAME.test(id)) throw item.invalid('itemId', `is "${id.slice(0, 300)}"`, CATALOG_NAME_REMEDY);
	return { catalog: item.located('catalog', CATALOG_REMEDY), id };
}

/** The fields of an item; Braze wants its ID elsewhere. */
export function readValues(item: ItemParameters): IDataObject {
	return Object.fromEntries(Object.entries(item.object('values')).filter(([name]) => name !== 'id'));
}
