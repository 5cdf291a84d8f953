import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';

const KINDS = ['customerAndCampaign', 'execution', 'mailing'] as const;

/** What a member gets one code for. */
export type OncePer =
	| { readonly kind: 'customerAndCampaign' | 'execution' }
	| { readonly kind: 'mailing'; readonly name: string };

/** How a user chooses when a member counts as served; there is no way to serve one twice by accident. */
export const oncePerField: readonly INodeProperties[] = [
	{
		displayName: 'One Code Per',
		name: 'oncePer',
		type: 'options',
		options: [
			{
				name: 'Customer and Campaign',
				value: 'customerAndCampaign',
				description: 'A member gets one code of the campaign, however often the workflow runs',
			},
			{
				name: 'Customer and Execution',
				value: 'execution',
				description:
					'Members get a new code with each execution. When one breaks off, retry it, or members get a second code.',
			},
			{
				name: 'Customer and Mailing',
				value: 'mailing',
				description: 'Members get a new code with each mailing, which you give a name',
			},
		],
		default: 'customerAndCampaign',
		description: 'When a member has a code already, and gets the same one again',
	},
	{
		displayName: 'Mailing',
		name: 'mailing',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. spring-2026',
		description: 'Name of the mailing; together with the customer, it identifies the publication',
		displayOptions: { show: { oncePer: ['mailing'] } },
	},
];

/** Reads what a member gets one code for. */
export function readOncePer(item: ItemParameters): OncePer {
	const kind = item.choice('oncePer', KINDS);
	if (kind !== 'mailing') return { kind };
	return { kind, name: item.requiredText('mailing', 'Enter a name for the mailing.') };
}
