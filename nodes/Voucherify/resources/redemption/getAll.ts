import { readMoment } from '../../../common/moment';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import type { ApiRequest } from '../../../common/request';
import { readNumberedPages } from '../../numberedPages';
import { pagingFields, readWanted, simplifyField } from '../../pagingFields';
import { simplifyRedemption } from './simplifyRedemption';

interface Input {
	readonly wanted: number;
	readonly query: NonNullable<ApiRequest['query']>;
	readonly simplify: boolean;
}

/** Voucherify refuses pages of redemptions beyond this one. */
const LAST_PAGE = 99;

/** Form field to query parameter. */
const FILTERS = {
	campaign: 'campaign',
	customer: 'customer',
	result: 'result',
	voucher: 'filters[voucher_code][conditions][$is]',
} as const;

export const getAll = perItem<Input>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many redemptions',
	description: 'List what was redeemed, the newest first, rollbacks included',
	fields: [
		...pagingFields,
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
					displayName: 'Code',
					name: 'voucher',
					type: 'string',
					default: '',
					placeholder: 'e.g. SUMMER-8KZ2QW4P',
					description: 'The code that was redeemed',
				},
				{
					displayName: 'Created After',
					name: 'createdAfter',
					type: 'dateTime',
					default: '',
					description: 'Only redemptions that are newer than this, for example those since the last run',
				},
				{ displayName: 'Created Before', name: 'createdBefore', type: 'dateTime', default: '' },
				{
					displayName: 'Customer',
					name: 'customer',
					type: 'string',
					default: '',
					placeholder: 'e.g. cust_sehkNIi8Uq2qQuRqSr7xn4Zi',
					description: 'ID or source ID of a customer',
				},
				{
					displayName: 'Result',
					name: 'result',
					type: 'options',
					options: [
						{ name: 'Failure', value: 'FAILURE' },
						{ name: 'Failure of a Rollback', value: 'FAILURE-ROLLBACK' },
						{ name: 'Rollback', value: 'ROLLBACK' },
						{ name: 'Success', value: 'SUCCESS' },
					],
					default: 'SUCCESS',
				},
			],
		},
		simplifyField,
	],
	read,
	run: list,
});

function read(item: ItemParameters): Input {
	const filters = [
		...Object.entries(FILTERS).map(([field, name]) => [name, item.optionText('filters', field)] as const),
		['created_at[after]', readMoment(item, 'filters', 'createdAfter')] as const,
		['created_at[before]', readMoment(item, 'filters', 'createdBefore')] as const,
	].filter(([, value]) => value !== '');
	return {
		wanted: readWanted(item),
		query: { order: '-created_at', ...Object.fromEntries(filters) },
		simplify: item.flag('simple'),
	};
}

async function list({ wanted, query, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const redemptions = await readNumberedPages(
		run.client,
		{
			path: '/v1/redemptions',
			query,
			name: 'redemptions',
			remedy: 'Filter by campaign, customer or date, set a limit, or export the redemptions instead.',
			lastPage: LAST_PAGE,
		},
		wanted,
	);
	return redemptions.map((redemption) => ({ json: simplify ? simplifyRedemption(redemption) : redemption }));
}
