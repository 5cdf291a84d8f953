import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import type { ApiRequest } from '../../../common/request';
import { readNumberedPages } from '../../numberedPages';
import { pagingFields, readWanted, simplifyField } from '../../pagingFields';
import { simplifyPublication } from './simplifyPublication';

interface Input {
	readonly wanted: number;
	readonly query: NonNullable<ApiRequest['query']>;
	readonly simplify: boolean;
}

/** Form field to query parameter. */
const FILTERS = {
	campaign: 'campaign',
	customer: 'customer',
	result: 'result',
	sourceId: 'source_id',
	voucher: 'voucher',
} as const;

export const getAll = perItem<Input>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many publications',
	description: 'List which codes went to which customers',
	fields: [
		...pagingFields,
		{
			displayName: 'Sort',
			name: 'order',
			type: 'options',
			options: [
				{ name: 'Newest First', value: '-created_at' },
				{ name: 'Oldest First', value: 'created_at' },
			],
			default: '-created_at',
		},
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Campaign',
					name: 'campaign',
					type: 'string',
					default: '',
					placeholder: 'e.g. Summer Sale',
					description: 'Name of a campaign',
				},
				{
					displayName: 'Customer',
					name: 'customer',
					type: 'string',
					default: '',
					placeholder: 'e.g. customer-000001',
					description: 'Source ID or ID of a customer',
				},
				{
					displayName: 'Result',
					name: 'result',
					type: 'options',
					options: [
						{ name: 'Failure', value: 'FAILURE' },
						{ name: 'Success', value: 'SUCCESS' },
					],
					default: 'SUCCESS',
				},
				{
					displayName: 'Source ID',
					name: 'sourceId',
					type: 'string',
					default: '',
					placeholder: 'e.g. spring-mailing-customer-000001',
					description: 'The key that the publication was made under',
				},
				{
					displayName: 'Voucher',
					name: 'voucher',
					type: 'string',
					default: '',
					placeholder: 'e.g. SUMMER-8KZ2QW4P',
					description: 'The code that was handed out',
				},
			],
		},
		simplifyField,
	],
	read,
	run: list,
});

function read(item: ItemParameters): Input {
	const filters = Object.entries(FILTERS)
		.map(([field, name]) => [name, item.optionText('filters', field)] as const)
		.filter(([, value]) => value !== '');
	return {
		wanted: readWanted(item),
		query: { order: item.choice('order', ['-created_at', 'created_at']), ...Object.fromEntries(filters) },
		simplify: item.flag('simple'),
	};
}

async function list({ wanted, query, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const publications = await readNumberedPages(
		run.client,
		{
			path: '/v1/publications',
			query,
			name: 'publications',
			remedy: 'Filter by campaign or customer, set a limit, or export the publications instead.',
		},
		wanted,
	);
	return publications.map((publication) => ({
		json: simplify ? simplifyPublication(publication) : publication,
	}));
}
