import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';
import { CATALOG_NAME, CATALOG_NAME_REMEDY } from '../../catalogs';

const TYPES = ['array', 'boolean', 'geo', 'number', 'object', 'string', 'time'];

/** The form field for the fields of a catalog. */
export const fieldsField: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Field',
	default: {},
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
};

/** The fields that an item describes, without the ID, which every catalog has. */
export function readFields(item: ItemParameters): IDataObject[] {
	const fields = item
		.rows('fields', 'field')
		.map(({ name, type }) => {
			if (!TYPES.some((known) => known === type))
				throw item.invalid('type', 'is none that Braze knows', `Choose one of: ${TYPES.join(', ')}.`);
			return { name: checkedName(item, String(name ?? '').trim()), type };
		})
		.filter(({ name }) => name !== 'id');
	if (new Set(fields.map(({ name }) => name)).size < fields.length)
		throw item.invalid('fields', 'has two fields of one name', 'Give each field a name of its own.');
	return fields;
}

/** A name of a catalog or a field that Braze takes. */
export function checkedName(item: ItemParameters, name: string, parameter = 'name'): string {
	if (CATALOG_NAME.test(name)) return name;
	throw item.invalid(parameter, `is "${name.slice(0, 300)}"`, CATALOG_NAME_REMEDY);
}
