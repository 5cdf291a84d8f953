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
			displayName: 'Source ID',
			name: 'sourceId',
			type: 'string',
			placeholder: 'e.g. customer-000001',
			hint: 'Your own ID of the customer, usually the same as the external ID in Braze',
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
