import type { INodeProperties } from 'n8n-workflow';
import { inBatches } from '../../../common/operation';
import { FIFTY, sendUsers } from './userBatches';

/** The form fields of an alias. */
export const aliasFields: readonly INodeProperties[] = [
	{
		displayName: 'Alias Name',
		name: 'aliasName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. customer-000001',
	},
	{
		displayName: 'Alias Label',
		name: 'aliasLabel',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. voucherify',
		description: 'What kind of alias it is; a user has one alias of each label',
	},
];

export const createAlias = inBatches({
	name: 'createAlias',
	displayName: 'Create Alias',
	action: 'Create an alias of a user',
	description: 'Give users another ID, such as the one they have in Voucherify, 50 in one request',
	fields: [
		{
			displayName: 'External ID',
			name: 'externalId',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.external_id }}',
			description: 'Whom the alias belongs to. Left empty, Braze makes a user who has nothing but the alias.',
		},
		...aliasFields,
	],
	open: () => ({
		limits: FIFTY,
		read: (item) => {
			const externalId = item.text('externalId');
			const alias = {
				...(externalId === '' ? {} : { external_id: externalId }),
				alias_name: item.requiredText('aliasName', 'Enter the ID that the user has elsewhere.'),
				alias_label: item.requiredText('aliasLabel', 'Enter what kind of ID it is, for example voucherify.'),
			};
			return [{ owner: item.index, lane: 'user_aliases', text: JSON.stringify(alias) }];
		},
		send: async (parts, run) => await sendUsers(run, parts, '/users/alias/new'),
	}),
});
