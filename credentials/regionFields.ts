import type { INodeProperties } from 'n8n-workflow';

/** Where a Voucherify project lives; every way to connect to Voucherify begins with it. */
export const regionFields: INodeProperties[] = [
	{
		displayName: 'Region',
		name: 'region',
		type: 'options',
		options: [
			{ name: 'Asia (Singapore)', value: 'https://as1.api.voucherify.io' },
			{ name: 'Europe (Ireland)', value: 'https://api.voucherify.io' },
			{ name: 'Other (Own URL)', value: 'custom' },
			{ name: 'United States (North Virginia)', value: 'https://us1.api.voucherify.io' },
		],
		default: 'https://api.voucherify.io',
		description: 'Where your Voucherify project lives, as its settings show it',
	},
	{
		displayName: 'URL',
		name: 'baseUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://acme.api.voucherify.io',
		description: 'The API endpoint of your dedicated cluster',
		displayOptions: { show: { region: ['custom'] } },
	},
];
