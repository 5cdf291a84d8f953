import type {
	FieldType,
	IDataObject,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { asFailure } from '../common/failure';
import { ApiClient } from '../common/request';
import { readCustomAttributes } from './customAttributes';
import { braze } from './transport';

/** Fields that every profile has, as Braze's user attributes object documents them. */
const STANDARD: ReadonlyArray<readonly [name: string, type: FieldType]> = [
	['first_name', 'string'],
	['last_name', 'string'],
	['email', 'string'],
	['phone', 'string'],
	['country', 'string'],
	['home_city', 'string'],
	['language', 'string'],
	['dob', 'string'],
	['gender', 'string'],
	['time_zone', 'string'],
	['email_subscribe', 'string'],
	['push_subscribe', 'string'],
];

/** Braze's names of data types, in lower case. */
const TYPES: Readonly<Record<string, FieldType>> = {
	string: 'string',
	number: 'number',
	integer: 'number',
	float: 'number',
	boolean: 'boolean',
	date: 'dateTime',
	time: 'dateTime',
	array: 'array',
	object: 'object',
};

/** Custom attributes that the form lists at most. */
const MOST_ATTRIBUTES = 1_000;

/** The attributes that can be picked: the standard ones, and the custom ones of the workspace where the key may list them. */
async function attributes(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const standard = STANDARD.map(([name, type]) => field(name, type));
	const custom = await customAttributes(new ApiClient(this, braze));
	return 'denied' in custom
		? {
				fields: standard,
				emptyFieldsNotice:
					'The API key may not list custom attributes (permission custom_attributes.get). Use JSON to send others.',
			}
		: { fields: [...standard, ...custom.fields] };
}

async function customAttributes(
	client: ApiClient,
): Promise<{ fields: ResourceMapperField[] } | { denied: true }> {
	const rows = await readCustomAttributes(client, MOST_ATTRIBUTES).catch((error: unknown) =>
		asFailure(error),
	);
	if (!(rows instanceof Error)) return { fields: rows.flatMap(listed) };
	// The key that this integration asks for may do nothing but track users.
	if (rows.details.status === 403) return { denied: true };
	return await Promise.reject(rows);
}

function listed({ name, data_type: kind }: IDataObject): ResourceMapperField[] {
	if (typeof name !== 'string') return [];
	const typed = typeof kind === 'string' ? kind.toLowerCase() : '';
	const type = Object.entries(TYPES).find(([known]) => typed.startsWith(known))?.[1];
	return [field(name, type ?? 'string')];
}

function field(name: string, type: FieldType): ResourceMapperField {
	return {
		id: name,
		displayName: name,
		type,
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
	};
}

export const resourceMapping = { attributes };
