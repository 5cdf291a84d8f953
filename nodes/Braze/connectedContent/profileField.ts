import { InvalidInput } from '../../common/failure';
import { withinTag } from './escaping';
import { trimmed } from './tag';

/** Standard fields of a Braze profile that snippets use, and how Braze's Liquid names them. */
const STANDARD = {
	externalId: 'user_id',
	brazeId: 'braze_id',
	email: 'email_address',
	phone: 'phone_number',
	firstName: 'first_name',
	lastName: 'last_name',
} as const;

/** A field of the profile that a message is rendered for. */
export type ProfileField =
	| { readonly from: keyof typeof STANDARD }
	| {
			readonly from: 'attribute';
			/** The custom attribute's name as Braze has it. */
			readonly name: string;
	  };

/** How Voucherify knows the user: which field of the Braze profile is the customer's `source_id`. */
export type Customer =
	Extract<ProfileField, { readonly from: 'attribute' }> | { readonly from: CustomerField };

export const CUSTOMER_FIELDS = ['externalId', 'brazeId', 'email', 'phone'] as const;
type CustomerField = (typeof CUSTOMER_FIELDS)[number];

/**
 * Liquid that puts a profile field into a variable as text: a custom attribute may be a number, and an unset one is blank.
 * @param label display name of the form's field that holds the attribute's name
 * @throws {InvalidInput} for a custom attribute that Liquid can't name
 */
export function readProfile(variable: string, field: ProfileField, label: string): string {
	const read = trimmed(`assign ${variable} = {{${reference(field, label)}}}`);
	return `${read}\n${trimmed(`assign ${variable} = ${variable} | append: ''`)}`;
}

function reference(field: ProfileField, label: string): string {
	if (field.from !== 'attribute') return `\${${STANDARD[field.from]}}`;
	const { name } = field;
	if (name === '')
		throw new InvalidInput(label, 'is empty', 'Enter the name of a custom attribute in Braze.');
	const remedy =
		'Copy the value to a custom attribute whose name has no quotes, braces, %, \\ and line breaks.';
	return `custom_attribute.\${${withinTag(label, name, remedy)}}`;
}
