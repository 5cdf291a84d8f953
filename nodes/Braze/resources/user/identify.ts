import type { IDataObject } from 'n8n-workflow';
import { inBatches } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { aliasFields } from './createAlias';
import { prioritizationField, readPrioritization } from './prioritizationField';
import { FIFTY, sendUsers } from './userBatches';

const BY = ['alias', 'email', 'phone'] as const;
type By = (typeof BY)[number];

/** The request's array for each way to find the profile. */
const LANES: Readonly<Record<By, string>> = {
	alias: 'aliases_to_identify',
	email: 'emails_to_identify',
	phone: 'phone_numbers_to_identify',
};

export const identify = inBatches({
	name: 'identify',
	displayName: 'Identify',
	action: 'Identify users',
	description: 'Give users who have only an alias, an email or a phone their external ID, 50 in one request',
	fields: [
		{
			displayName: 'External ID',
			name: 'externalId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. {{ $json.external_id }}',
			description: 'The external ID that the user gets. If Braze has a user with it, the two are merged.',
		},
		{
			displayName: 'Find the User By',
			name: 'findBy',
			type: 'options',
			options: [
				{ name: 'Email', value: 'email' },
				{ name: 'Phone', value: 'phone' },
				{ name: 'User Alias', value: 'alias' },
			],
			default: 'alias',
		},
		...aliasFields.map((field) => ({ ...field, displayOptions: { show: { findBy: ['alias'] } } })),
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. name@email.com',
			displayOptions: { show: { findBy: ['email'] } },
		},
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +491511234567',
			displayOptions: { show: { findBy: ['phone'] } },
		},
		prioritizationField({ findBy: ['email', 'phone'] }),
		{
			displayName: 'If Both Exist',
			name: 'mergeBehavior',
			type: 'options',
			options: [
				{
					name: 'Keep the Identified User',
					value: 'none',
					description: 'Attributes and events of the other user are not taken over',
				},
				{
					name: 'Merge',
					value: 'merge',
					description: 'What the identified user does not have is taken over',
				},
			],
			default: 'merge',
			description: 'What happens when Braze has a user with this external ID already',
		},
	],
	open: (fixed) => {
		const by = fixed.choice('findBy', BY);
		const rest = { merge_behavior: fixed.choice('mergeBehavior', ['merge', 'none']) };
		return {
			limits: FIFTY,
			read: (item) => {
				const user = {
					external_id: item.requiredText('externalId', 'Enter the external ID that the user gets.'),
					...whom(item, by),
				};
				return [{ owner: item.index, lane: LANES[by], text: JSON.stringify(user), key: user.external_id }];
			},
			send: async (parts, run) => await sendUsers(run, parts, '/users/identify', rest),
		};
	},
});

function whom(item: ItemParameters, by: By): IDataObject {
	switch (by) {
		case 'alias': {
			const alias_name = item.requiredText('aliasName', 'Enter the alias of the user.');
			const alias_label = item.requiredText('aliasLabel', 'Enter the label of the alias.');
			return { user_alias: { alias_name, alias_label } };
		}
		case 'email':
			return {
				email: item.requiredText('email', "Enter the user's email."),
				prioritization: readPrioritization(item),
			};
		case 'phone':
			return {
				phone: item.requiredText('phone', "Enter the user's phone number."),
				prioritization: readPrioritization(item),
			};
	}
}
