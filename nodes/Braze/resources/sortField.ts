import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../common/parameters';

/** The order of a list that Braze gives oldest first or newest first. */
export const sortField: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'options',
	options: [
		{ name: 'Newest First', value: 'desc' },
		{ name: 'Oldest First', value: 'asc' },
	],
	default: 'desc',
	description: 'By the time of creation',
};

/** The chosen order, as Braze takes it. */
export function readSort(item: ItemParameters): string {
	return item.choice('sort', ['desc', 'asc']);
}
