import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InvalidInput, shown } from '../../common/failure';
import type { ItemParameters } from '../../common/parameters';
import { IDENTIFYING_FIELDS, readIdentifyBy } from './identifier';
import { nestedProblem } from './nested';
import { incentiveOf, type Incentive } from './incentive';

const SOURCES = ['allFields', 'pickedFields', 'json', 'voucherifyIncentive'] as const;

/** Braze's limit for the name of an attribute, in characters. */
const LONGEST_NAME = 255;

/** Which parts of an incentive can become attributes; the suffix makes the suggested name. */
const INCENTIVE_PARTS: ReadonlyArray<{
	readonly part: keyof Incentive;
	readonly parameter: string;
	readonly label: string;
	readonly suffix: string;
	readonly description: string;
}> = [
	{ part: 'code', parameter: 'codeAttribute', label: 'Code', suffix: 'code', description: 'The code itself' },
	{
		part: 'value',
		parameter: 'valueAttribute',
		label: 'Value',
		suffix: 'value',
		description: 'What the code is worth, as text: 20%, 10.00, or the points of a loyalty card',
	},
	{
		part: 'expiry',
		parameter: 'expiryAttribute',
		label: 'Expiry',
		suffix: 'expiry',
		description: 'When the code expires',
	},
	{
		part: 'qrUrl',
		parameter: 'qrUrlAttribute',
		label: 'QR Code URL',
		suffix: 'qr_url',
		description: 'An image of the code as a QR code',
	},
	{
		part: 'barcodeUrl',
		parameter: 'barcodeUrlAttribute',
		label: 'Barcode URL',
		suffix: 'barcode_url',
		description: 'An image of the code as a barcode',
	},
	{
		part: 'balance',
		parameter: 'balanceAttribute',
		label: 'Balance',
		suffix: 'balance',
		description: 'What is left on a gift card',
	},
	{
		part: 'points',
		parameter: 'pointsAttribute',
		label: 'Points',
		suffix: 'points',
		description: 'The points on a loyalty card',
	},
	{
		part: 'campaign',
		parameter: 'campaignAttribute',
		label: 'Campaign',
		suffix: 'campaign',
		description: 'The name of the campaign in Voucherify',
	},
	{
		part: 'deliveredAt',
		parameter: 'deliveredAtAttribute',
		label: 'Delivered At',
		suffix: 'delivered_at',
		description: 'When the code was handed out',
	},
];

const shownFor = (source: (typeof SOURCES)[number]): NonNullable<INodeProperties['displayOptions']> => ({
	show: { send: ['attributes'], attributesFrom: [source] },
});

/** The form fields that say which attributes are put on a profile. */
export const attributeFields: readonly INodeProperties[] = [
	{
		displayName: 'Attributes From',
		name: 'attributesFrom',
		type: 'options',
		options: [
			{
				name: 'All Fields of the Item',
				value: 'allFields',
				description: 'Every field becomes the attribute of that name',
			},
			{
				name: 'JSON',
				value: 'json',
				description: 'An object, with all that Braze offers: nested objects, arrays, increments',
			},
			{
				name: 'Picked Fields',
				value: 'pickedFields',
				description: 'Attributes that you pick from a list and fill one by one',
			},
			{
				name: 'Voucherify Incentive',
				value: 'voucherifyIncentive',
				description: 'The code that Voucherify handed out, with its value, expiry, QR code and more',
			},
		],
		default: 'allFields',
		displayOptions: { show: { send: ['attributes'] } },
	},
	{
		displayName: 'Attributes',
		name: 'attributes',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			resourceMapper: {
				resourceMapperMethod: 'attributes',
				mode: 'add',
				fieldWords: { singular: 'attribute', plural: 'attributes' },
				addAllFields: false,
				multiKeyMatch: false,
				supportAutoMap: false,
			},
		},
		displayOptions: shownFor('pickedFields'),
	},
	{
		displayName: 'Attributes (JSON)',
		name: 'attributesJson',
		type: 'json',
		default: '{\n  "loyalty_tier": "gold"\n}',
		description: 'An object of attribute names and values',
		displayOptions: shownFor('json'),
	},
	{
		displayName: 'Attribute Prefix',
		name: 'attributePrefix',
		type: 'string',
		default: 'voucherify',
		placeholder: 'e.g. voucherify_summer',
		description:
			'The attribute names below start with it. Use one for each promotion, so that a new code does not replace that of another.',
		displayOptions: shownFor('voucherifyIncentive'),
	},
	...INCENTIVE_PARTS.map(({ parameter, label, suffix, description }): INodeProperties => ({
		displayName: `${label} →`,
		name: parameter,
		type: 'string',
		default: `={{ $parameter.attributePrefix }}_${suffix}`,
		description: `${description}. The name of the attribute it goes into; empty it to leave it out.`,
		displayOptions: shownFor('voucherifyIncentive'),
	})),
];

/** Reads the attributes of one item. */
export type AttributeReader = (item: ItemParameters) => IDataObject;

/** Chooses how the attributes of a run are read; what is fixed is read here, once. */
export function attributeReader(fixed: ItemParameters): AttributeReader {
	const named = nameCheck();
	switch (fixed.choice('attributesFrom', SOURCES)) {
		case 'allFields': {
			const left = [
				...IDENTIFYING_FIELDS[readIdentifyBy(fixed)],
				...listed(fixed.optionText('options', 'leaveOut')),
			];
			const out = new Set(left);
			return (item) => named(without(item.json, out));
		}
		case 'pickedFields':
			return (item) => named(item.mapped('attributes'));
		case 'json':
			return (item) => named(item.object('attributesJson'));
		case 'voucherifyIncentive': {
			const names = INCENTIVE_PARTS.flatMap(({ part, parameter }) => {
				const name = fixed.text(parameter);
				return name === '' ? [] : [{ part, name }];
			});
			const clear = fixed.option('options', 'clearMissing') === true;
			return (item) => named(incentiveAttributes(item, names, clear));
		}
	}
}

/** All fields of an object but some. */
function without(json: IDataObject, out: ReadonlySet<string>): IDataObject {
	const left: IDataObject = {};
	for (const name of Object.keys(json)) {
		if (out.has(name)) continue;
		if (name === '__proto__') Object.defineProperty(left, name, { ...PLAIN, value: json[name] });
		else left[name] = json[name];
	}
	return left;
}

/** How assigning makes a property; of this one name, assigning would change the object itself. */
const PLAIN = { configurable: true, enumerable: true, writable: true };

function incentiveAttributes(
	item: ItemParameters,
	names: ReadonlyArray<{ part: keyof Incentive; name: string }>,
	clear: boolean,
): IDataObject {
	const incentive = incentiveOf(item.json);
	if (incentive === undefined) {
		throw new InvalidInput(
			'Attributes From',
			'is Voucherify Incentive, and the item carries no voucher',
			'Connect a node that gives one: Voucherify → Create a publication, or the Voucherify Trigger.',
		);
	}
	return Object.fromEntries(
		names.flatMap(({ part, name }) => {
			const value = incentive[part] ?? null;
			return value === null && !clear ? [] : [[name, value]];
		}),
	);
}

/** Refuses attributes that Braze would drop without a word; a name is looked at once a run. */
function nameCheck(): (attributes: IDataObject) => IDataObject {
	const good = new Set<string>();
	return (attributes) => {
		for (const [name, value] of Object.entries(attributes)) {
			const problem = typeof value === 'object' ? nestedProblem(value) : undefined;
			if (problem !== undefined) {
				throw new InvalidInput(
					name,
					problem,
					'Braze would drop the whole attribute. Within objects it takes keys and texts of up to 255 characters, keys that do not start with "$", and dates like {"$time": "2026-06-01T08:00:00Z"}.',
				);
			}
			if (good.has(name)) continue;
			if (name === '' || name.startsWith('$') || name.length > LONGEST_NAME) {
				throw new InvalidInput(
					'Attribute Name',
					`is ${shown(name)}`,
					'Braze takes names of 1 to 255 characters that do not start with "$".',
				);
			}
			good.add(name);
		}
		return attributes;
	};
}

function listed(names: string): string[] {
	return names
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
}
