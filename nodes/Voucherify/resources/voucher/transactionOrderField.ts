import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';

/** The order of transactions; their IDs grow with time. */
export const transactionOrderField: INodeProperties = {
	displayName: 'Sort',
	name: 'order',
	type: 'options',
	options: [
		{ name: 'Newest First', value: '-id' },
		{ name: 'Oldest First', value: 'id' },
	],
	default: '-id',
};

export function readOrder(item: ItemParameters): string {
	return item.choice('order', ['-id', 'id']);
}
