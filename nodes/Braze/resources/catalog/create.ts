import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { isRecord } from '../../../common/record';
import { rowsOf } from '../../answer';
import { CATALOG_NAME, CATALOG_NAME_REMEDY } from '../../catalogs';

const TYPES = ['array', 'boolean', 'geo', 'number', 'object', 'string', 'time'];

export const create = perItem<IDataObject>({
	name: 'create',
	displayName: 'Create',
	action: 'Create a catalog',
	description: 'Make a catalog for what messages need to know, such as the terms of promotions',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. promotions',
		},
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			placeholder: 'e.g. Terms and dates of running promotions',
		},
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Field',
			default: {},
			description: 'What each item has beside its ID; the field "ID" is always there',
			options: [
				{
					displayName: 'Field',
					name: 'field',
					values: [
						{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. terms' },
						{
							displayName: 'Type',
							name: 'type',
							type: 'options',
							options: [
								{ name: 'Array', value: 'array' },
								{ name: 'Boolean', value: 'boolean' },
								{ name: 'Location', value: 'geo' },
								{ name: 'Number', value: 'number' },
								{ name: 'Object', value: 'object' },
								{ name: 'String', value: 'string' },
								{ name: 'Time', value: 'time' },
							],
							default: 'string',
						},
					],
				},
			],
		},
	],
	read: (item) => {
		const description = item.text('description');
		if (description.length > 250)
			throw item.invalid('description', `has ${description.length} characters`, 'Shorten it to 250.');
		return { name: checkedName(item, item.text('name')), description, fields: readFields(item) };
	},
	run: async (catalog, run) => {
		const response = await run.client.send({
			method: 'POST',
			path: '/catalogs',
			body: { catalogs: [catalog] },
		});
		return rowsOf(response, 'catalogs')
			.filter(isRecord)
			.map((json) => ({ json }));
	},
});

/** The fields of the catalog, of which Braze wants the ID to be the first. */
function readFields(item: ItemParameters): IDataObject[] {
	const fields = item.rows('fields', 'field').map(({ name, type }) => {
		if (!TYPES.some((known) => known === type))
			throw item.invalid('type', 'is none that Braze knows', `Choose one of: ${TYPES.join(', ')}.`);
		return { name: checkedName(item, String(name ?? '').trim()), type };
	});
	const all = [{ name: 'id', type: 'string' }, ...fields.filter(({ name }) => name !== 'id')];
	if (new Set(all.map(({ name }) => name)).size < all.length)
		throw item.invalid('fields', 'has two fields of one name', 'Give each field a name of its own.');
	return all;
}

function checkedName(item: ItemParameters, name: string): string {
	if (CATALOG_NAME.test(name)) return name;
	throw item.invalid('name', `is "${name.slice(0, 300)}"`, CATALOG_NAME_REMEDY);
}
