import { invalid } from '../errors.mts';
import { isObject } from '../json.mts';
import { displayLabel, type Table } from './table.mts';

/** Objects that the sandbox has none of: any fields, no row. */
export const emptyTable: Table = {
	check: (parameters) => void readFields(parameters),
	*csv(parameters) {
		yield readFields(parameters).map(displayLabel).join(',') + '\n';
	},
};

function readFields(parameters: unknown): string[] {
	const fields = isObject(parameters) ? (parameters['fields'] ?? ['id']) : ['id'];
	if (!Array.isArray(fields)) {
		throw invalid('invalid_export_fields', 'Invalid export fields', 'Property .fields should be an array');
	}
	return fields.map(String);
}
