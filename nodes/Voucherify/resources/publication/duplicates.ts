import type { INodeProperties } from 'n8n-workflow';
import { Failure } from '../../../common/failure';
import type { Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import type { Campaign } from '../campaign/campaign';
import { customerKey, type CustomerReference } from '../customer/customerReference';

const KINDS = ['customerAndCampaign', 'execution', 'ownKey', 'off'] as const;

const NO_EXECUTION = 'Choose another way to prevent duplicates.';

/** When a publication counts as the same as an earlier one. */
export type Prevention =
	| { readonly kind: 'customerAndCampaign' | 'execution' | 'off' }
	| { readonly kind: 'ownKey'; readonly key: string };

/** How a user chooses what counts as the same publication. */
export const duplicatesFields: readonly INodeProperties[] = [
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
				description: 'A customer gets a new code with each execution, and only one within it',
			},
			{ name: 'By Own Key', value: 'ownKey', description: 'The same key gives the same code' },
			{
				name: 'Off',
				value: 'off',
				description:
					'Each item hands out a new code, except in campaigns that customers can join only once. A lost answer is not asked for again.',
			},
		],
		default: 'customerAndCampaign',
		description:
			'When a publication counts as done already, and gives the code that was handed out the first time',
	},
	{
		displayName: 'Key',
		name: 'ownKey',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. spring-mailing-customer-000001',
		description:
			'Identifies the publication (its source_id in Voucherify), for example the mailing together with the customer',
		displayOptions: { show: { preventDuplicates: ['ownKey'] } },
	},
];

/** Reads what counts as the same publication. */
export function readPrevention(item: ItemParameters): Prevention {
	const kind = item.choice('preventDuplicates', KINDS);
	if (kind !== 'ownKey') return { kind };
	return { kind, key: item.requiredText('ownKey', 'Enter what identifies this publication.') };
}

/**
 * The `source_id` under which Voucherify remembers a publication and gives it back; `undefined` for none.
 * It is made of the campaign's ID, however the campaign was chosen; those start with `camp_`, so the two kinds of keys never meet.
 */
export async function sourceIdOf(
	prevention: Prevention,
	campaign: Campaign,
	customer: CustomerReference,
	run: Run,
): Promise<string | undefined> {
	// A new source_id makes such a campaign refuse a customer who has joined; without one it gives back the first code.
	if (campaign.joinsOnce) return undefined;
	switch (prevention.kind) {
		case 'customerAndCampaign':
			return `${campaign.id}:${await customerKey(run, customer)}`;
		case 'execution': {
			const { executionId, instanceId } = run;
			if (!executionId) throw new Failure({ message: 'This execution has no ID', description: NO_EXECUTION });
			// Instances count their executions each for itself, and several may work with the same project.
			const execution = `${instanceId.slice(0, 12)}-${executionId}`;
			return `execution-${execution}:${campaign.id}:${await customerKey(run, customer)}`;
		}
		case 'ownKey':
			return prevention.key;
		case 'off':
			return undefined;
	}
}
