import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from './parameters';

/** The form fields of every operation that gets many objects. */
export const pagingFields: readonly INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/** The form field of every operation whose answer is large. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** How many objects a user wants: a number, or `Infinity` for all. */
export function readWanted(item: ItemParameters): number {
	return item.flag('returnAll') ? Infinity : item.count('limit', 1, 10_000_000);
}
