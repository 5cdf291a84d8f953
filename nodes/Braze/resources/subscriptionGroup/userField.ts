import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';

const BY = ['external_id', 'email', 'phone'] as const;

/** The form fields that say whose subscriptions they are. */
export const userFields: readonly INodeProperties[] = [
	{
		displayName: 'Find the User By',
		name: 'findBy',
		type: 'options',
		options: [
			{ name: 'Email', value: 'email', description: 'Every profile with this address' },
			{ name: 'External ID', value: 'external_id' },
			{ name: 'Phone', value: 'phone', description: 'Every profile with this number' },
		],
		default: 'external_id',
	},
	{
		displayName: 'User',
		name: 'user',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.external_id }}',
		description: 'The external ID, the email or the phone, as chosen above',
	},
];

/** Whose subscriptions they are: a field of Braze's requests and its value. */
export function readUser(item: ItemParameters): { by: (typeof BY)[number]; user: string } {
	const user = item.requiredText('user', 'Enter the external ID, the email or the phone of a user.');
	return { by: item.choice('findBy', BY), user };
}
