import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';
import { EXPORTABLE, type ExportedObject } from './exportable';

/** The choice of the fields of a file. */
export function fieldsField(object: ExportedObject, fields: readonly string[]): INodeProperties {
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		options: EXPORTABLE[object].fields.map((value) => ({ name: titled(value), value })).sort(byName),
		default: [...fields],
		description:
			'What the file holds of each row, under the names that Voucherify shows. Metadata becomes a column for each key. With none chosen, Voucherify decides.',
	};
}

/** The choice of the order of the rows. */
export function orderField(object: ExportedObject): INodeProperties {
	return {
		displayName: 'Sort',
		name: 'order',
		type: 'options',
		options: [
			...EXPORTABLE[object].orders.flatMap((value) => [
				{ name: `${titled(value)}, Ascending`, value },
				{ name: `${titled(value)}, Descending`, value: `-${value}` },
			]),
			{ name: "Voucherify's Own", value: '' },
		],
		default: '',
		description: 'What the rows are ordered by',
	};
}

/** The filter of the rows. */
export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {"junction": "and", "created_at": {"conditions": {"$after": ["2026-01-01"]}}}',
	description:
		'Which rows to export, as Voucherify\'s API takes it: a field with its conditions, whose values are arrays, for example {"junction": "and", "created_at": {"conditions": {"$after": ["2026-01-01"]}}}',
};

/** The export that something is done with. */
export const exportIdField: INodeProperties = {
	displayName: 'Export ID',
	name: 'exportId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. exp_3XAhRoXCGPLBWMMZeFIdLpqm',
	description: 'The ID that the export got when it was created',
};

export function readExportId(item: ItemParameters): string {
	return item.requiredText('exportId', 'Enter the ID of an export, for example from its creation.');
}

/** The chosen fields, in the order of the file. */
export function readFields(item: ItemParameters, object: ExportedObject): readonly string[] {
	return item.choices<string>('fields', EXPORTABLE[object].fields);
}

/** The chosen order; empty for Voucherify's own. */
export function readOrder(item: ItemParameters, order: string, object: ExportedObject): string {
	const { orders }: { readonly orders: readonly string[] } = EXPORTABLE[object];
	if (order === '' || orders.includes(order.replace(/^-/, ''))) return order;
	throw item.invalid(
		'order',
		`is "${order}"`,
		`Choose one of: ${orders.join(', ')}, with a minus in front to turn it round.`,
	);
}

/** `customer_source_id` as "Customer Source ID". */
function titled(field: string): string {
	return field
		.split('_')
		.map((word) =>
			word === 'id' || word === 'qr' ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1),
		)
		.join(' ');
}

function byName(a: INodePropertyOptions, b: INodePropertyOptions): number {
	return a.name.localeCompare(b.name);
}
