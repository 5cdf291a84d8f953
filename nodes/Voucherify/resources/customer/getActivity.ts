import { readMoment } from '../../../common/moment';
import { perItem } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import type { ApiRequest } from '../../../common/request';
import { path } from '../../../common/urlPath';
import { readCursorPages } from '../../cursorPages';
import { pagingFields, readWanted } from '../../pagingFields';
import { anyCustomerField, readCustomerId } from './anyCustomerField';

interface Input {
	readonly id: string;
	readonly wanted: number;
	readonly query: NonNullable<ApiRequest['query']>;
}

export const getActivity = perItem<Input>({
	name: 'getActivity',
	displayName: 'Get Activity',
	action: 'Get the activity of a customer',
	description:
		'List what a customer did and what happened to them: publications, redemptions, orders, segments',
	fields: [
		anyCustomerField,
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
					displayName: 'Campaign ID',
					name: 'campaignId',
					type: 'string',
					default: '',
					placeholder: 'e.g. camp_FNYR4jhqZBM9xTptxDGgeNBV',
				},
				{
					displayName: 'Category',
					name: 'category',
					type: 'options',
					options: [
						{ name: 'Action', value: 'ACTION', description: 'What the customer did' },
						{ name: 'Effect', value: 'EFFECT', description: 'What Voucherify did about it' },
					],
					default: 'ACTION',
				},
				{
					displayName: 'Event Type',
					name: 'type',
					type: 'string',
					default: '',
					placeholder: 'e.g. customer.redemption.succeeded',
				},
				{ displayName: 'From', name: 'from', type: 'dateTime', default: '' },
				{ displayName: 'To', name: 'to', type: 'dateTime', default: '' },
			],
		},
	],
	read,
	run: async ({ id, wanted, query }, run) => {
		const list = { path: path`/v1/customers/${id}/activity`, query };
		return (await readCursorPages(run.client, list, wanted)).map((json) => ({ json }));
	},
});

function read(item: ItemParameters): Input {
	const query = {
		order: item.choice('order', ['-created_at', 'created_at']),
		campaign_id: item.optionText('filters', 'campaignId'),
		category: item.optionText('filters', 'category'),
		type: item.optionText('filters', 'type'),
		start_date: readMoment(item, 'filters', 'from'),
		end_date: readMoment(item, 'filters', 'to'),
	};
	return {
		id: readCustomerId(item),
		wanted: readWanted(item),
		query: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')),
	};
}
