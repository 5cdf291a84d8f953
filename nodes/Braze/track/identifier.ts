import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InvalidInput, shown } from '../../common/failure';
import type { ItemParameters } from '../../common/parameters';
import { isRecord } from '../../common/record';

/** How a profile is found. */
const IDENTIFIERS = ['externalId', 'brazeId', 'alias', 'email', 'phone'] as const;
export type IdentifyBy = (typeof IDENTIFIERS)[number];

/** Braze's limit for an external ID, in bytes. */
const LONGEST_EXTERNAL_ID = 987;

/** The form fields that say whose profile it is. */
export const identifierFields: readonly INodeProperties[] = [
	{
		displayName: 'Identify Users By',
		name: 'identifyBy',
		type: 'options',
		options: [
			{ name: 'Braze ID', value: 'brazeId', description: "Braze's own ID of a profile" },
			{ name: 'Email', value: 'email', description: 'The most recently updated profile with this address' },
			{
				name: 'External ID',
				value: 'externalId',
				description: 'Your ID of the user; the source ID of the customer in Voucherify',
			},
			{ name: 'Phone', value: 'phone', description: 'The most recently updated profile with this number' },
			{
				name: 'User Alias',
				value: 'alias',
				description: 'An alternative ID, for users who have no external ID yet',
			},
		],
		default: 'externalId',
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.customer.source_id }}',
		hint: "Empty: the item's external_id, else its customer.source_id",
		description:
			"The user's external ID. Left empty, it is taken from the item: external_id, or customer.source_id in what the Voucherify nodes give.",
		displayOptions: { show: { identifyBy: ['externalId'] } },
	},
	{
		displayName: 'Braze ID',
		name: 'brazeId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5bd2a8b0e1a4d60c4a8b4567',
		hint: "Empty: the item's braze_id",
		displayOptions: { show: { identifyBy: ['brazeId'] } },
	},
	{
		displayName: 'Alias Name',
		name: 'aliasName',
		type: 'string',
		default: '',
		placeholder: 'e.g. customer-000001',
		hint: "Empty: the item's alias_name, else its customer.source_id",
		displayOptions: { show: { identifyBy: ['alias'] } },
	},
	{
		displayName: 'Alias Label',
		name: 'aliasLabel',
		type: 'string',
		default: '',
		placeholder: 'e.g. voucherify',
		hint: "Empty: the item's alias_label",
		description: 'What kind of alias it is',
		displayOptions: { show: { identifyBy: ['alias'] } },
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@email.com',
		hint: "Empty: the item's email, else its customer.email",
		displayOptions: { show: { identifyBy: ['email'] } },
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +491511234567',
		hint: "Empty: the item's phone, else its customer.phone",
		displayOptions: { show: { identifyBy: ['phone'] } },
	},
];

/** Item fields that say who the user is, and so are no attributes. */
export const IDENTIFYING_FIELDS: Readonly<Record<IdentifyBy, readonly string[]>> = {
	externalId: ['external_id', 'braze_id', 'user_alias', 'alias_name', 'alias_label'],
	brazeId: ['external_id', 'braze_id', 'user_alias', 'alias_name', 'alias_label'],
	alias: ['external_id', 'braze_id', 'user_alias', 'alias_name', 'alias_label'],
	email: ['external_id', 'braze_id', 'user_alias', 'alias_name', 'alias_label', 'email'],
	phone: ['external_id', 'braze_id', 'user_alias', 'alias_name', 'alias_label', 'phone'],
};

/** Fields of an attributes object that say whose it is and how to take it, and are no attributes. */
export const CONTROL_FIELDS: ReadonlySet<string> = new Set([
	'external_id',
	'braze_id',
	'user_alias',
	'_update_existing_only',
	'_merge_objects',
	'push_token_import',
]);

/** How the users of a run are identified, read once. */
export function readIdentifyBy(fixed: ItemParameters): IdentifyBy {
	return fixed.choice('identifyBy', IDENTIFIERS);
}

/**
 * The identifier of one item's user, as Braze takes it: exactly one of its forms.
 * @throws {InvalidInput} when there is none, or Braze would reject it
 */
export function readIdentifier(item: ItemParameters, by: IdentifyBy): IDataObject {
	switch (by) {
		case 'externalId': {
			const id = entered(item, 'externalId', 'external_id', 'source_id');
			// A character takes at most three bytes here, so most IDs need no counting.
			if (id.length * 3 > LONGEST_EXTERNAL_ID && Buffer.byteLength(id) > LONGEST_EXTERNAL_ID) {
				throw item.invalid('externalId', 'is longer than 987 bytes', 'Braze takes no longer external IDs.');
			}
			return { external_id: id };
		}
		case 'brazeId':
			return { braze_id: entered(item, 'brazeId', 'braze_id') };
		case 'alias':
			return {
				user_alias: {
					alias_name: entered(item, 'aliasName', 'alias_name', 'source_id'),
					alias_label: entered(item, 'aliasLabel', 'alias_label'),
				},
			};
		case 'email': {
			const email = entered(item, 'email', 'email', 'email');
			if (isAddress(email)) return { email };
			throw item.invalid(
				'email',
				`is ${shown(email)}, which is no address`,
				'Enter an address like name@email.com.',
			);
		}
		case 'phone':
			return { phone: entered(item, 'phone', 'phone', 'phone') };
	}
}

/** Whether a text has the form of an email address: name@host.domain. */
function isAddress(text: string): boolean {
	const [name, host = '', ...more] = text.split('@');
	return name !== '' && more.length === 0 && host.slice(1, -1).includes('.') && !/\s/.test(text);
}

/** What the user entered, else a field of the item, else a field of its Voucherify customer. */
function entered(item: ItemParameters, parameter: string, field: string, customerField?: string): string {
	const value = item.text(parameter);
	if (value !== '') return value;
	const customer = item.json.customer;
	const ofCustomer = customerField !== undefined && isRecord(customer) ? customer[customerField] : undefined;
	const found = item.json[field] ?? ofCustomer;
	if ((typeof found === 'string' && found.trim() !== '') || typeof found === 'number')
		return String(found).trim();
	const places = customerField === undefined ? field : `${field} or customer.${customerField}`;
	const { field: label } = item.invalid(parameter, '', '');
	throw new InvalidInput(
		label,
		`is empty, and the item has no ${places}`,
		`Enter where the ${label} is, for example {{ $json.${field} }}.`,
	);
}
