import type { INodeProperties } from 'n8n-workflow';
import { delimiterOption } from '../../../common/csvFields';
import { fileField } from '../../../common/fileField';

/** The form of Check Stock. */
export const checkStockFields: readonly INodeProperties[] = [
	{
		...fileField,
		hint: 'The name of the input field with a fresh export of the vouchers from Voucherify',
		description:
			'A CSV file with the fields Code, Customer ID, Redemption Count, Redemption Quantity, Active and Expiration Date, as Export to File of the Voucherify node makes it',
	},
	{
		displayName: 'Low Stock Below (Codes)',
		name: 'lowCodes',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 1000,
		description: 'The stock is low when fewer codes than this can be left. 0 for no such threshold.',
	},
	{
		displayName: 'Low Stock Below (Percent)',
		name: 'lowPercent',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 10,
		description:
			'The stock is low when less than this of the codes of the list can be left. 0 for no such threshold.',
	},
	{
		displayName: 'Low Stock Before Expiry (Days)',
		name: 'lowDays',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 184 },
		default: 7,
		hint: 'Counts only with the option "List Expires At"',
		description:
			'The stock is low as well when the list expires in fewer days than this. 0 for no such threshold.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			delimiterOption,
			{
				displayName: 'List Binary Field',
				name: 'listField',
				type: 'string',
				default: '',
				placeholder: 'e.g. list',
				hint: 'The name of the input field with the list as it was uploaded to Braze',
				description: 'Only codes on this list count. Without it, all codes of the export do.',
			},
			{
				displayName: 'List Expires At',
				name: 'listExpiresAt',
				type: 'dateTime',
				default: '',
				description: 'When the list expires in Braze, six months after its upload at most',
			},
			{
				displayName: 'Messages Sent Since Upload',
				name: 'messagesSent',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description:
					'How many messages with a code of the list Braze has sent, for example by the analytics of the campaign. It takes a code off the list for each, whether the message is opened or not.',
			},
		],
	},
];
