import type { INodeProperties } from 'n8n-workflow';
import { delimiterOption } from '../../../common/csvFields';
import { fileField } from '../../../common/fileField';

/** Where the codes come from. */
export const CODE_SOURCES = ['file', 'items'] as const;

/** What Braze takes at most in one upload, in megabytes. */
export const LARGEST_FILE = 100;

/** The form of Format List. */
export const formatListFields: INodeProperties[] = [
	{
		displayName: 'Codes From',
		name: 'codesFrom',
		type: 'options',
		options: [
			{
				name: 'CSV File',
				value: 'file',
				description:
					'A file in a binary field, as the Voucherify node exports it. The files of several items make one list.',
			},
			{ name: 'Items', value: 'items', description: 'A field of each item' },
		],
		default: 'file',
	},
	{
		...fileField,
		name: 'binaryPropertyName',
		displayOptions: { show: { codesFrom: ['file'] } },
	},
	{
		displayName: 'Column',
		name: 'column',
		type: 'string',
		default: '',
		placeholder: 'e.g. Code',
		hint: 'Empty: the one called "Code", or the only one',
		description: 'The column that holds the codes, by its name or its position (1, 2, …)',
		displayOptions: { show: { codesFrom: ['file'] } },
	},
	{
		displayName: 'Code Field',
		name: 'codeField',
		type: 'string',
		default: '',
		placeholder: 'e.g. voucher.code',
		requiresDataPath: 'single',
		hint: "Empty: the item's code, voucher.code or vouchers",
		description: 'The name of the field that holds the code, or a list of codes',
		displayOptions: { show: { codesFrom: ['items'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{ ...delimiterOption, displayOptions: { show: { '/codesFrom': ['file'] } } },
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: 'promotion-codes.csv',
				placeholder: 'e.g. spring25.csv',
				description: 'How the file is called. When there are several, the others get a number.',
			},
			{
				displayName: 'First Row',
				name: 'firstRow',
				type: 'options',
				options: [
					{
						name: 'Detect',
						value: 'auto',
						description: 'A header when it reads "Code" or the like, else a code',
					},
					{ name: 'Is a Code', value: 'code' },
					{ name: 'Is a Header', value: 'header' },
				],
				default: 'auto',
				description: 'What the first row of the file is. A header does not go on the list.',
				displayOptions: { show: { '/codesFrom': ['file'] } },
			},
			{
				displayName: 'Largest File (MB)',
				name: 'largestFile',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: LARGEST_FILE },
				default: LARGEST_FILE,
				description:
					'The list is split into files of at most this size, one item each, to be uploaded to the same list one after the other. Braze takes 100 MB.',
			},
			{
				displayName: 'Put Output File in Field',
				name: 'outputField',
				type: 'string',
				default: 'data',
				placeholder: 'e.g. data',
				hint: 'The name of the output binary field to put the file in',
			},
		],
	},
];
