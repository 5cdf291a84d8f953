import type { INodeProperties } from 'n8n-workflow';
import { inBatches } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { FIFTY, sendUsers } from './userBatches';

const BY = ['externalId', 'email', 'phone'] as const;

/** The form fields of one of the two users. */
function userFields(prefix: 'merge' | 'keep', who: string): INodeProperties[] {
	return [
		{
			displayName: `Find ${who} By`,
			name: `${prefix}By`,
			type: 'options',
			options: [
				{ name: 'Email', value: 'email', description: 'The identified profile, or the one updated last' },
				{ name: 'External ID', value: 'externalId' },
				{ name: 'Phone', value: 'phone', description: 'The identified profile, or the one updated last' },
			],
			default: 'externalId',
		},
		{
			displayName: who,
			name: `${prefix}User`,
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. customer-000001',
			description: 'The external ID, the email or the phone, as chosen above',
		},
	];
}

export const merge = inBatches({
	name: 'merge',
	displayName: 'Merge',
	action: 'Merge users',
	description: 'Merge a user into another and remove the first, 50 pairs in one request',
	fields: [...userFields('merge', 'User to Merge'), ...userFields('keep', 'User to Keep')],
	open: () => ({
		limits: FIFTY,
		read: (item) => {
			const update = {
				identifier_to_merge: readUser(item, 'merge'),
				identifier_to_keep: readUser(item, 'keep'),
			};
			if (JSON.stringify(update.identifier_to_merge) === JSON.stringify(update.identifier_to_keep))
				throw item.invalid('keepUser', 'is the user to merge', 'Enter two different users.');
			return [{ owner: item.index, lane: 'merge_updates', text: JSON.stringify(update) }];
		},
		send: async (parts, run) => {
			const failures = await sendUsers(run, parts, '/users/merge');
			// Braze answers the same whether it finds the two users or not.
			run.note('Braze merges users in its own time, and does not say which pairs it did not find');
			return failures;
		},
	}),
});

function readUser(item: ItemParameters, prefix: 'merge' | 'keep') {
	const user = item.requiredText(`${prefix}User`, 'Enter the external ID, the email or the phone of a user.');
	const prioritization = ['identified', 'most_recently_updated'];
	switch (item.choice(`${prefix}By`, BY)) {
		case 'externalId':
			return { external_id: user };
		case 'email':
			return { email: user, prioritization };
		case 'phone':
			return { phone: user, prioritization };
	}
}
