import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { readCursorPages } from '../../cursorPages';
import { pagingFields, readWanted } from '../../pagingFields';
import { readOrder, transactionOrderField } from '../voucher/transactionOrderField';
import { anyCampaignField, readCampaign } from './anyCampaignField';

interface Input {
	readonly campaign: string;
	readonly wanted: number;
	readonly order: string;
	/** Empty for all. */
	readonly voucherId: string;
}

export const getTransactions = perItem<Input>({
	name: 'getTransactions',
	displayName: 'Get Transactions',
	action: 'Get the transactions of a campaign',
	description: 'List what was added to and taken from the gift cards or loyalty cards of a campaign',
	fields: [
		anyCampaignField,
		...pagingFields,
		transactionOrderField,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Voucher ID',
					name: 'voucherId',
					type: 'string',
					default: '',
					placeholder: 'e.g. v_1vlwbE4iZ7vR5YvVYYHGdU7yHCdKgXGs',
					description: 'The ID of one card, not its code',
				},
			],
		},
	],
	read: (item) => ({
		campaign: readCampaign(item),
		wanted: readWanted(item),
		order: readOrder(item),
		voucherId: item.optionText('filters', 'voucherId'),
	}),
	run: async ({ campaign, wanted, order, voucherId }, run) => {
		const ofVoucher = voucherId === '' ? {} : { 'filters[voucher_id][conditions][$in][0]': voucherId };
		const list = { path: path`/v1/campaigns/${campaign}/transactions`, query: { order, ...ofVoucher } };
		return (await readCursorPages(run.client, list, wanted)).map((json) => ({ json }));
	},
});
