import type { INodeProperties } from 'n8n-workflow';

/** What can be said of a transaction by which a balance changes. */
export const transactionOptionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'e.g. Apology for a late delivery',
			description: 'Shown with the transaction',
		},
		{
			displayName: 'Transaction ID',
			name: 'sourceId',
			type: 'string',
			default: '',
			placeholder: 'e.g. apology-2026-0042',
			description: 'Your own ID of the transaction, to find it again',
		},
	],
};
