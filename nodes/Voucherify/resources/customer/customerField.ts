import type { INodeProperties } from 'n8n-workflow';

/** The choice of a customer. */
export const customerField: INodeProperties = {
	displayName: 'Customer',
	name: 'customer',
	type: 'resourceLocator',
	default: { mode: 'sourceId', value: '' },
	required: true,
	description:
		'Who gets the code. A customer that Voucherify does not know yet is created from the source ID.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a customer…',
			typeOptions: { searchListMethod: 'searchCustomers', searchable: true },
		},
		{
			// "Source ID" would be cut: the form has room for seven letters.
			displayName: 'Your ID',
			name: 'sourceId',
			type: 'string',
			placeholder: 'e.g. customer-000001',
			hint: "The customer's source ID: your own ID of them, usually the external ID in Braze",
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. cust_sehkNIi8Uq2qQuRqSr7xn4Zi',
			hint: "Voucherify's own ID of the customer. Costs one more request to find the customer's source ID.",
		},
	],
};
