import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { readNumberedPages } from '../../numberedPages';
import { pagingFields, readWanted, simplifyField } from '../../pagingFields';
import { simplifyCampaign } from './simplifyCampaign';

interface Input {
	readonly wanted: number;
	readonly type: string;
	readonly status: string;
	readonly simplify: boolean;
}

export const getAll = perItem<Input>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many campaigns',
	description: 'List the campaigns of the project, the newest first',
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
					displayName: 'Campaign Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Done', value: 'DONE' },
						{ name: 'Draft', value: 'DRAFT' },
						{ name: 'Failed', value: 'FAILED' },
						{ name: 'In Progress', value: 'IN_PROGRESS' },
						{ name: 'Modifying', value: 'MODIFYING' },
					],
					default: 'DONE',
					description: 'How far Voucherify has come with creating the campaign',
				},
				{
					displayName: 'Campaign Type',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Discount Coupons', value: 'DISCOUNT_COUPONS' },
						{ name: 'Gift Vouchers', value: 'GIFT_VOUCHERS' },
						{ name: 'Loyalty Program', value: 'LOYALTY_PROGRAM' },
						{ name: 'Promotion', value: 'PROMOTION' },
						{ name: 'Referral Program', value: 'REFERRAL_PROGRAM' },
					],
					default: 'DISCOUNT_COUPONS',
				},
			],
		},
		simplifyField,
	],
	read: (item) => ({
		wanted: readWanted(item),
		type: item.optionText('filters', 'type'),
		status: item.optionText('filters', 'status'),
		simplify: item.flag('simple'),
	}),
	run: list,
});

async function list({ wanted, type, status, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const campaigns = await readNumberedPages(
		run.client,
		{
			path: '/v1/campaigns',
			query: {
				order: '-created_at',
				campaign_type: type === '' ? undefined : type,
				campaign_status: status === '' ? undefined : status,
			},
			name: 'campaigns',
			remedy: 'Set a limit, or filter by type.',
		},
		wanted,
	);
	return campaigns.map((campaign) => ({ json: simplify ? simplifyCampaign(campaign) : campaign }));
}
