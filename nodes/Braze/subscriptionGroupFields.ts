import type { INodeProperties } from 'n8n-workflow';

/** The form field for the ID of a subscription group. */
export const groupIdField: INodeProperties = {
	displayName: 'Subscription Group ID',
	name: 'group',
	type: 'string',
	default: '',
	placeholder: 'e.g. 7a1c3f5e-9b2d-4e68-a0f4-8c6b2d1e3f70',
	description: 'The ID at the top of the subscription group in Braze',
};

/** The form field for what a user is to a subscription group. */
export const groupStatusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Subscribed', value: 'subscribed' },
		{ name: 'Unsubscribed', value: 'unsubscribed' },
	],
	default: 'subscribed',
};
