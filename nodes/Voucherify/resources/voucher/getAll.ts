import { readMoment } from '../../../common/moment';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import type { ApiRequest } from '../../../common/request';
import { readNumberedPages } from '../../numberedPages';
import { pagingFields, readWanted, simplifyField } from '../../pagingFields';
import { campaignField } from '../campaign/campaignField';
import { simplifyVoucher } from './simplifyVoucher';

interface Input {
	readonly wanted: number;
	readonly query: NonNullable<ApiRequest['query']>;
	readonly simplify: boolean;
}

/** Voucherify refuses pages of vouchers beyond this one. */
const LAST_PAGE = 99;

/** Form field to query parameter. */
const TEXTS = { category: 'category', customer: 'customer' } as const;
const MOMENTS = {
	createdAfter: 'created_at[after]',
	createdBefore: 'created_at[before]',
	updatedAfter: 'updated_at[after]',
	updatedBefore: 'updated_at[before]',
} as const;

export const getAll = perItem<Input>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many vouchers',
	description:
		'List codes of a campaign, a customer or the whole project. For more than 9,900, export them instead.',
	fields: [
		{
			...campaignField,
			required: false,
			description: 'The campaign whose codes to list; those of the whole project when empty',
		},
		...pagingFields,
		{
			displayName: 'Sort',
			name: 'order',
			type: 'options',
			options: [
				{ name: 'By Code', value: 'code' },
				{ name: 'Newest First', value: '-created_at' },
				{ name: 'Oldest First', value: 'created_at' },
				{ name: 'Updated First', value: 'updated_at' },
				{ name: 'Updated Last', value: '-updated_at' },
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
					displayName: 'Category',
					name: 'category',
					type: 'string',
					default: '',
					placeholder: 'e.g. Newsletter',
				},
				{ displayName: 'Created After', name: 'createdAfter', type: 'dateTime', default: '' },
				{ displayName: 'Created Before', name: 'createdBefore', type: 'dateTime', default: '' },
				{
					displayName: 'Customer',
					name: 'customer',
					type: 'string',
					default: '',
					placeholder: 'e.g. customer-000001',
					description: 'Source ID or ID of the customer who holds the codes',
				},
				{ displayName: 'Updated After', name: 'updatedAfter', type: 'dateTime', default: '' },
				{ displayName: 'Updated Before', name: 'updatedBefore', type: 'dateTime', default: '' },
			],
		},
		simplifyField,
	],
	read,
	run: list,
});

function read(item: ItemParameters): Input {
	const campaign = item.text('campaign');
	const byId = item.locatorMode('campaign') !== 'name';
	const texts = Object.entries(TEXTS).map(
		([field, name]) => [name, item.optionText('filters', field)] as const,
	);
	const moments = Object.entries(MOMENTS).map(
		([field, name]) => [name, readMoment(item, 'filters', field)] as const,
	);
	const named = [[byId ? 'campaign_id' : 'campaign', campaign] as const, ...texts, ...moments];
	return {
		wanted: readWanted(item),
		query: {
			order: item.choice('order', ['code', '-created_at', 'created_at', 'updated_at', '-updated_at']),
			...Object.fromEntries(named.filter(([, value]) => value !== '')),
		},
		simplify: item.flag('simple'),
	};
}

async function list({ wanted, query, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const vouchers = await readNumberedPages(
		run.client,
		{
			path: '/v1/vouchers',
			query,
			lastPage: LAST_PAGE,
			name: 'vouchers',
			remedy: 'Set a limit, filter by campaign or customer, or export the vouchers instead.',
		},
		wanted,
	);
	return vouchers.map((voucher) => ({ json: simplify ? simplifyVoucher(voucher) : voucher }));
}
