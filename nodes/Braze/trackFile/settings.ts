import type { INodeProperties } from 'n8n-workflow';
import { delimiterOption, readDelimiter } from '../../common/csvFields';
import { InvalidInput, shown } from '../../common/failure';
import { fileField, readFileField } from '../../common/fileField';
import type { ItemParameters } from '../../common/parameters';
import { identifyByField, readIdentifyBy, type IdentifyBy } from '../track/identifier';
import {
	appIdOption,
	existingOnlyOption,
	mergeObjectsOption,
	readObjectOptions,
	skipUnchangedOption,
	type ObjectOptions,
} from '../track/objectOptions';
import { SkipUnchanged } from '../track/skipUnchanged';
import { objectLimitOption, readTrackEndpoint, type TrackEndpoint } from '../track/trackRequest';
import { SentUsers } from './sentUsers';
import type { ColumnKind } from './columnKinds';

const FORMATS = ['detect', 'csv', 'ndjson'] as const;
const LANES = ['attributes', 'events', 'purchases'] as const;
const EMPTY_CELLS = ['skip', 'remove'] as const;
const COLUMN_TYPES = ['detect', 'text'] as const;

/** What a user wants to be done with a file. */
export interface FileSettings extends ObjectOptions {
	/** Of the item. */
	readonly index: number;
	/** The binary field that holds the file. */
	readonly field: string;
	readonly format: (typeof FORMATS)[number];
	/** The array of a request that the objects go into. */
	readonly lane: (typeof LANES)[number];
	readonly by: IdentifyBy;
	/** The columns or fields that say who the user is: for an alias its name and its label, else one. */
	readonly userFields: readonly string[];
	readonly endpoint: TrackEndpoint;
	readonly delimiter: string;
	readonly leaveOut: readonly string[];
	/** What the user said of columns. */
	readonly kinds: ReadonlyMap<string, ColumnKind>;
	/** Whether the others become what all their cells are. */
	readonly detects: boolean;
	/** Whether a column `a.b` is the field `b` of an object `a`. */
	readonly nests: boolean;
	readonly emptyCells: (typeof EMPTY_CELLS)[number];
	/** Rows before it are passed over. */
	readonly startRow: number;
	/** Leaves out what profiles have, if the user wants that. */
	readonly skip: SkipUnchanged | undefined;
	/** The binary field for the file of rejected rows. */
	readonly rejectedField: string;
}

/** The parameters that name the columns of each identifier. */
const USER_FIELDS: Readonly<Record<IdentifyBy, readonly string[]>> = {
	alias: ['aliasNameColumn', 'aliasLabelColumn'],
	brazeId: ['brazeIdColumn'],
	email: ['emailColumn'],
	externalId: ['externalIdColumn'],
	phone: ['phoneColumn'],
};

const userFieldHint = 'The column of a CSV file, or the field of each object in NDJSON';

function userField(by: IdentifyBy, displayName: string, name: string, column: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: column,
		required: true,
		placeholder: `e.g. ${column}`,
		hint: userFieldHint,
		displayOptions: { show: { identifyBy: [by] } },
	};
}

/** Names of columns, separated by commas. */
function columnsOption(
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties {
	return { displayName, name, type: 'string', default: '', placeholder, description };
}

/** The form of Track From File. */
export const fileFields: readonly INodeProperties[] = [
	fileField,
	{
		displayName: 'File Format',
		name: 'fileFormat',
		type: 'options',
		options: [
			{ name: 'CSV', value: 'csv', description: 'A row for each object, after a row that names the columns' },
			{ name: 'Detect', value: 'detect', description: "By the file's name, else by its first character" },
			{ name: 'NDJSON', value: 'ndjson', description: "An object a line, in the form of Braze's API" },
		],
		default: 'detect',
	},
	{
		displayName: 'Send',
		// Not `send`, which is a list in Track: n8n keeps a value when another operation is chosen.
		name: 'rows',
		type: 'options',
		options: [
			{
				name: 'Attributes',
				value: 'attributes',
				description: 'What is known of a user: each column becomes the attribute of that name',
			},
			{
				name: 'Events',
				value: 'events',
				description: 'What users did: columns name and time, and a column properties.x for each property x',
			},
			{
				name: 'Purchases',
				value: 'purchases',
				description:
					'What users bought: columns product_id, currency, price, quantity, time and properties.x',
			},
		],
		default: 'attributes',
		description: 'What each row puts on the profile of its user',
	},
	identifyByField,
	userField('externalId', 'External ID Column', 'externalIdColumn', 'external_id'),
	userField('brazeId', 'Braze ID Column', 'brazeIdColumn', 'braze_id'),
	userField('alias', 'Alias Name Column', 'aliasNameColumn', 'alias_name'),
	userField('alias', 'Alias Label Column', 'aliasLabelColumn', 'alias_label'),
	userField('email', 'Email Column', 'emailColumn', 'email'),
	userField('phone', 'Phone Column', 'phoneColumn', 'phone'),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			appIdOption,
			{
				displayName: 'Column Types',
				name: 'columnTypes',
				type: 'options',
				options: [
					{
						name: 'Detect',
						value: 'detect',
						description: 'A column of numbers alone becomes numbers, one of true and false alone booleans',
					},
					{ name: 'Text', value: 'text', description: 'All columns stay text' },
				],
				default: 'detect',
				description:
					'What the cells of a CSV file become. The whole file is looked at: one code with a letter or a leading zero keeps a column of codes text. Braze itself takes text in ISO 8601 for a date.',
			},
			columnsOption(
				'Columns to Leave Out',
				'leaveOut',
				'e.g. internal_note, updated_by',
				'Names of columns or fields, separated by commas, that are not sent',
			),
			delimiterOption,
			{
				displayName: 'Empty Cells',
				name: 'emptyCells',
				type: 'options',
				options: [
					{ name: 'Remove the Attribute', value: 'remove', description: 'Each removal costs a data point' },
					{ name: 'Skip', value: 'skip', description: 'The profile keeps what it has' },
				],
				default: 'skip',
				description: 'What an empty cell of a CSV file does to the attribute of its column',
			},
			existingOnlyOption,
			columnsOption(
				'JSON Columns',
				'jsonColumns',
				'e.g. favorite_brands, address',
				'Names of columns, separated by commas, whose cells hold JSON such as ["a", "b"] or {"inc": 1}',
			),
			mergeObjectsOption,
			{
				displayName: 'Nested Columns',
				name: 'nestedColumns',
				type: 'boolean',
				default: true,
				description:
					'Whether the columns address.city and address.zip of a CSV file become an object address. Unless "Merge Nested Objects" is on, it takes the place of the one on the profile.',
			},
			columnsOption(
				'Number Columns',
				'numberColumns',
				'e.g. loyalty_points, visits',
				'Names of columns, separated by commas, that hold numbers; a row with anything else there is rejected',
			),
			objectLimitOption,
			{
				displayName: 'Put Rejected Rows in Field',
				name: 'rejectedField',
				type: 'string',
				default: 'rejected',
				placeholder: 'e.g. rejected',
				hint: 'The name of the output binary field to put the file of rejected rows in',
			},
			skipUnchangedOption,
			{
				displayName: 'Start at Row',
				name: 'startRow',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 1,
				description:
					'Rows before it are passed over, to go on where an earlier run stopped. Rows count as in a spreadsheet: the header is row 1.',
			},
			columnsOption(
				'Text Columns',
				'textColumns',
				'e.g. postal_code, voucher_code',
				'Names of columns, separated by commas, that stay text',
			),
		],
	},
];

/**
 * Reads the form for one item.
 * @throws {InvalidInput}
 */
export function readFileSettings(item: ItemParameters): FileSettings {
	const by = readIdentifyBy(item);
	const lane = item.choice('rows', LANES);
	const skips = lane === 'attributes' && item.optionFlag('options', 'skipUnchanged') === true;
	return {
		...readObjectOptions(item),
		index: item.index,
		field: readFileField(item),
		format: item.choice('fileFormat', FORMATS),
		lane,
		by,
		userFields: USER_FIELDS[by].map((name) => item.requiredText(name, 'Enter the name of a column.')),
		endpoint: readTrackEndpoint(item),
		delimiter: readDelimiter(item),
		leaveOut: item.optionNames('options', 'leaveOut'),
		kinds: readKinds(item),
		detects: optionChoice(item, 'columnTypes', COLUMN_TYPES) === 'detect',
		nests: item.optionFlag('options', 'nestedColumns') === true,
		emptyCells: optionChoice(item, 'emptyCells', EMPTY_CELLS),
		startRow: item.optionCount('options', 'startRow', 1, Number.MAX_SAFE_INTEGER) ?? 1,
		skip: skips ? new SkipUnchanged(by, new SentUsers()) : undefined,
		rejectedField: item.optionText('options', 'rejectedField') || 'rejected',
	};
}

/** One of a list's values; the first one unless the user added the option. */
function optionChoice<T extends string>(item: ItemParameters, name: string, values: readonly [T, ...T[]]): T {
	const chosen = item.option('options', name) ?? values[0];
	const found = values.find((known) => known === chosen);
	if (found !== undefined) return found;
	throw item.invalid(name, `is ${shown(chosen)}`, `Choose one of: ${values.join(', ')}.`);
}

function readKinds(item: ItemParameters): ReadonlyMap<string, ColumnKind> {
	const kinds = new Map<string, ColumnKind>();
	const named = [
		['jsonColumns', 'json'],
		['numberColumns', 'number'],
		['textColumns', 'text'],
	] as const;
	for (const [option, kind] of named) {
		for (const column of item.optionNames('options', option)) {
			if (kinds.has(column)) {
				throw new InvalidInput(
					'Options',
					`name the column "${column}" twice`,
					'Say once what its cells hold.',
				);
			}
			kinds.set(column, kind);
		}
	}
	return kinds;
}
