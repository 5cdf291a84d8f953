import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { readReferral, referralField } from './referralField';

interface Input {
	readonly code: string;
	readonly holder: string;
}

export const removeHolder = perItem<Input>({
	name: 'removeHolder',
	displayName: 'Remove Holder',
	action: 'Remove a holder from a referral code',
	description: 'Take a referee off a referral code',
	fields: [
		referralField,
		{
			displayName: 'Holder ID',
			name: 'holder',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. rh_0e285169f4de2ddb01',
			description: 'The ID of the holder, as Get Holders and Add Holders give it: not that of the customer',
		},
	],
	read: (item) => ({
		code: readReferral(item),
		holder: item.requiredText('holder', 'Enter the ID of a holder, for example from Get Holders.'),
	}),
	run: async ({ code, holder }, run) => {
		await run.client.send({
			method: 'DELETE',
			path: path`/v1/referrals/members/${code}/holders/${holder}`,
			repeatable: true,
		});
		return [{ json: { referral: code, holder, removed: true } }];
	},
});
