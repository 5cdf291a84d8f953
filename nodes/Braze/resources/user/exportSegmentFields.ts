import type { INodeProperties } from 'n8n-workflow';
import { outputField } from '../../../common/outputFile';
import { pagingFields } from '../../../common/pagingFields';
import { longestWaitField } from '../../../common/polling';
import { fieldsToExportField } from '../../exportFields';
import { segmentField } from '../segment/segmentField';

/** Most custom attributes that a request may name. */
export const MOST_ATTRIBUTES = 500;

/** How Braze packs the archive. */
export const ARCHIVE_FORMATS = ['gzip', 'zip'] as const;

/** In minutes: Braze takes an hour and more for its largest segments. */
export const LONGEST_WAIT = 60;

const shownFor = (output: 'file' | 'items') => ({ show: { output: [output] } });

/** The form of Export Segment. */
export const exportSegmentFields: readonly INodeProperties[] = [
	{ ...segmentField, description: 'The segment whose users to export' },
	fieldsToExportField,
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'File',
				value: 'file',
				description: 'One file with a user a line (NDJSON), however many there are',
			},
			{
				name: 'Items',
				value: 'items',
				description:
					'An item for each user. Each takes n8n several kilobytes of memory: best below 50,000 users.',
			},
		],
		default: 'file',
	},
	{ ...outputField, displayOptions: shownFor('file') },
	...pagingFields.map((field) => ({
		...field,
		displayOptions: { show: { ...field.displayOptions?.show, output: ['items'] } },
	})),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Archive Format',
				name: 'outputFormat',
				type: 'options',
				options: [
					{ name: 'Gzip', value: 'gzip' },
					{ name: 'ZIP', value: 'zip' },
				],
				default: 'zip',
				description: 'How Braze packs the archive. Either is unpacked here.',
			},
			{
				displayName: 'Callback URL',
				name: 'callbackEndpoint',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://example.com/export-done',
				description: 'An address that Braze calls as well when the archive is ready',
			},
			{
				displayName: 'Custom Attributes',
				name: 'customAttributes',
				type: 'string',
				default: '',
				placeholder: 'e.g. voucherify_code, loyalty_points',
				description: 'Names of the custom attributes to read, separated by commas, instead of all of them',
			},
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. segment.ndjson',
				description: "How the file is called; the segment's ID and the date when empty",
				displayOptions: { show: { '/output': ['file'] } },
			},
			{
				...longestWaitField,
				default: LONGEST_WAIT,
				description:
					'How long to wait until Braze has made the archive. Large segments take an hour and more.',
			},
		],
	},
];
