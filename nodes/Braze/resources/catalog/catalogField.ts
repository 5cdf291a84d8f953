import type { INodeProperties } from 'n8n-workflow';

/** The choice of a catalog; catalogs have names and no IDs. */
export const catalogField: INodeProperties = {
	displayName: 'Catalog',
	name: 'catalog',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a catalog…',
			typeOptions: { searchListMethod: 'searchCatalogs', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. promotions' },
	],
};

export const CATALOG_REMEDY = 'Choose a catalog from the list, or enter its name.';
