import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InvalidInput, shown } from '../../../common/failure';
import type { ItemParameters } from '../../../common/parameters';

/** Form field to field of the customer. */
const PROFILE: Readonly<Record<string, string>> = {
	name: 'name',
	email: 'email',
	phone: 'phone',
	description: 'description',
};

const ADDRESS: Readonly<Record<string, string>> = {
	line1: 'line_1',
	line2: 'line_2',
	postalCode: 'postal_code',
	city: 'city',
	state: 'state',
	country: 'country',
};

function textField(displayName: string, name: string, placeholder: string): INodeProperties {
	return { displayName, name, type: 'string', default: '', placeholder: `e.g. ${placeholder}` };
}

/** The form field of what is known of a customer. */
export const profileField: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'What to set. Fields that are not added, or empty, stay as they are.',
	options: [
		textField('Address Line 1', 'line1', '12 Long Street'),
		textField('Address Line 2', 'line2', 'Apartment 3'),
		{
			displayName: 'Birthdate',
			name: 'birthdate',
			type: 'dateTime',
			default: '',
			description: 'The date counts; the time of day is left out',
		},
		textField('City', 'city', 'Warsaw'),
		textField('Country', 'country', 'PL'),
		textField('Description', 'description', 'Met at the trade fair'),
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'e.g. name@email.com',
		},
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'json',
			default: '{}',
			description: "Custom fields of the customer, as your project's metadata schema has them",
		},
		textField('Name', 'name', 'Ada Nowak'),
		textField('Phone', 'phone', '+48 500 100 200'),
		textField('Postal Code', 'postalCode', '00-950'),
		textField('State', 'state', 'Mazowieckie'),
	],
};

/** The form field of the ID that a customer is created under. */
export const sourceIdField: INodeProperties = {
	displayName: 'Source ID',
	name: 'sourceId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. customer-000001',
	description: 'Your own ID of the customer, usually the same as the external ID in Braze',
};

export function readSourceId(item: ItemParameters): string {
	return item.requiredText(
		'sourceId',
		'Enter your own ID of the customer, for example the external ID in Braze.',
	);
}

/** Reads what is known of a customer as request bodies have it; what was not added, or is empty, is left out. */
export function readProfile(item: ItemParameters): IDataObject {
	const address = texts(item, ADDRESS);
	const birthdate = readBirthdate(item);
	const metadata = item.objectOption('fields', 'metadata');
	return {
		...texts(item, PROFILE),
		...(birthdate === undefined ? {} : { birthdate }),
		...(Object.keys(address).length === 0 ? {} : { address }),
		...(Object.keys(metadata).length === 0 ? {} : { metadata }),
	};
}

function texts(item: ItemParameters, fields: Readonly<Record<string, string>>): IDataObject {
	const given = Object.entries(fields).map(
		([name, field]) => [field, item.optionText('fields', name)] as const,
	);
	return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

/** The date alone, as it was written: converting time zones could move it to the day before. */
function readBirthdate(item: ItemParameters): string | undefined {
	const value = item.optionText('fields', 'birthdate');
	if (value === '') return undefined;
	const date = /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(value)?.[0];
	if (date !== undefined && new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date) === true) return date;
	throw new InvalidInput('Birthdate', `is ${shown(value)}`, 'Enter a date like 1990-05-17.');
}
