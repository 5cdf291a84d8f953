import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';

/** The code by which a referrer invites others. */
export const referralField: INodeProperties = {
	displayName: 'Referral Code',
	name: 'referral',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. FRIEND-8KZ2QW4P',
	description: 'The code by which a referrer invites others',
};

export function readReferral(item: ItemParameters): string {
	return item.requiredText('referral', 'Enter a referral code, for example from a publication.');
}
