import { perItem } from '../../../common/operation';
import { readNumberedPages } from '../../numberedPages';
import { pagingFields, readWanted, simplifyField } from '../../pagingFields';
import { simplifyOrder } from '../redemption/simplifyRedemption';

interface Input {
	readonly wanted: number;
	readonly order: string;
	readonly simplify: boolean;
}

const ORDERS = ['-created_at', 'created_at', '-updated_at', 'updated_at'] as const;

export const getAll = perItem<Input>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many orders',
	description: 'List the orders of the project',
	fields: [
		...pagingFields,
		{
			displayName: 'Sort',
			name: 'sort',
			type: 'options',
			options: [
				{ name: 'Last Updated First', value: '-updated_at' },
				{ name: 'Last Updated Last', value: 'updated_at' },
				{ name: 'Newest First', value: '-created_at' },
				{ name: 'Oldest First', value: 'created_at' },
			],
			default: '-created_at',
		},
		simplifyField,
	],
	read: (item) => ({
		wanted: readWanted(item),
		order: item.choice('sort', ORDERS),
		simplify: item.flag('simple'),
	}),
	run: async ({ wanted, order, simplify }, run) => {
		const orders = await readNumberedPages(
			run.client,
			{
				path: '/v1/orders',
				query: { order },
				name: 'orders',
				remedy: 'Set a limit, or export the orders instead.',
			},
			wanted,
		);
		return orders.map((one) => ({ json: simplify ? simplifyOrder(one) : one }));
	},
});
