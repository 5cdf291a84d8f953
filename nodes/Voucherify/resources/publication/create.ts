import type { IDataObject } from 'n8n-workflow';
import { InvalidInput } from '../../../common/failure';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import type { ApiResponse } from '../../../common/request';
import { campaignField } from '../campaign/campaignField';
import { customerField } from '../customer/customerField';

const PREVENTIONS = ['customerAndCampaign', 'execution', 'ownKey', 'off'] as const;

/** One request to publish, as it was read from an item. */
interface Publication {
	readonly customer: IDataObject;
	readonly campaign: string;
	readonly count: number;
	readonly prevention: (typeof PREVENTIONS)[number];
	readonly ownKey: string;
	readonly index: number;
	readonly channel: string;
	readonly metadata: IDataObject;
	readonly simplify: boolean;
}

export const create = perItem<Publication>({
	name: 'create',
	displayName: 'Create',
	action: 'Create a publication',
	description: 'Hand out a code of a campaign to a customer; the same customer gets the same code again',
	fields: [
		campaignField,
		customerField,
		{
			displayName: 'Prevent Duplicates',
			name: 'preventDuplicates',
			type: 'options',
			options: [
				{
					name: 'By Customer and Campaign',
					value: 'customerAndCampaign',
					description: 'A customer gets one code of the campaign, however often the workflow runs',
				},
				{
					name: 'By Execution',
					value: 'execution',
					description: 'A customer gets a new code with each execution, and the same one when a request is repeated within it',
				},
				{
					name: 'By Own Key',
					value: 'ownKey',
					description: 'The same key gives the same code',
				},
				{
					name: 'Off',
					value: 'off',
					description:
						'Each item hands out a new code, except in campaigns that customers can join only once. A lost answer is not asked for again.',
				},
			],
			default: 'customerAndCampaign',
			description: 'When the same publication counts as done already, and gives the code that was handed out the first time',
		},
		{
			displayName: 'Key',
			name: 'ownKey',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. spring-mailing-customer-000001',
			description: 'Identifies the publication (its source_id in Voucherify), for example the mailing together with the customer',
			displayOptions: { show: { preventDuplicates: ['ownKey'] } },
		},
		{
			displayName: 'Simplify',
			name: 'simple',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Channel',
					name: 'channel',
					type: 'string',
					default: '',
					placeholder: 'e.g. Braze',
					description: 'How the code reaches the customer, for the statistics in Voucherify',
				},
				{
					displayName: 'Count',
					name: 'count',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 50 },
					default: 1,
					description: 'How many codes the customer gets. Several at once are only possible with Prevent Duplicates off.',
				},
				{
					displayName: 'Metadata',
					name: 'metadata',
					type: 'json',
					default: '{}',
					description: "Custom fields of the publication, as your project's metadata schema has them",
				},
			],
		},
	],
	read,
	run: publish,
});

function read(item: ItemParameters): Publication {
	const prevention = item.choice('preventDuplicates', PREVENTIONS);
	const count = Number(item.option('options', 'count') ?? 1);
	if (!Number.isInteger(count) || count < 1 || count > 50) {
		throw new InvalidInput('Count', `is ${String(count)}`, 'Enter a whole number from 1 to 50.');
	}
	if (count > 1 && prevention !== 'off') {
		throw new InvalidInput('Count', `is ${count}`, 'Voucherify publishes several codes at once only with "Prevent Duplicates" off.');
	}
	return {
		campaign: item.located('campaign', 'Choose a campaign from the list, or enter its name or ID.'),
		customer: { source_id: item.located('customer', 'Choose a customer, or enter the source ID, for example the external ID in Braze.') },
		count,
		prevention,
		ownKey: prevention === 'ownKey' ? item.requiredText('ownKey', 'Enter what identifies this publication.') : '',
		index: item.index,
		channel: item.optionText('options', 'channel'),
		metadata: item.objectOption('options', 'metadata'),
		simplify: item.flag('simple'),
	};
}

async function publish(publication: Publication, run: Run): Promise<readonly OutputItem[]> {
	const sourceId = sourceIdOf(publication, run.executionId);
	const { campaign, customer, count, channel, metadata } = publication;
	const response = await run.client.send({
		method: 'POST',
		path: '/v1/publications',
		body: {
			customer,
			campaign: { name: campaign, ...(count > 1 ? { count } : {}) },
			...(sourceId === undefined ? {} : { source_id: sourceId }),
			...(channel === '' ? {} : { channel }),
			...(Object.keys(metadata).length === 0 ? {} : { metadata }),
		},
		repeatable: sourceId !== undefined,
		accept: ['duplicate_source_id'],
	});
	return [];
}
