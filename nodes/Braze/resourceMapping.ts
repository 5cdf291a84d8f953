import type {
	FieldType,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { asFailure } from '../common/failure';
import { ApiClient } from '../common/request';
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

/** Pages of 50 attributes that the form lists at most. */
const MOST_PAGES = 20;

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
	const fields: ResourceMapperField[] = [];
	let cursor: string | undefined;
	for (let page = 0; page < MOST_PAGES; page++) {
		const answer = await client
			.send({ method: 'GET', path: '/custom_attributes', query: { cursor } })
			.catch((error: unknown) => asFailure(error));
		if (answer instanceof Error) {
			// The key that this integration asks for may do nothing but track users.
			if (answer.details.status === 403) return { denied: true };
			return await Promise.reject(answer);
		}
		fields.push(...listed(answer.body));
		cursor = /[?&]cursor=([^&>]+)[^>]*>;\s*rel="?next/.exec(answer.headers.link ?? '')?.[1];
		if (cursor === undefined) break;
		cursor = decodeURIComponent(cursor);
	}
	return { fields };
}

function listed(body: unknown): ResourceMapperField[] {
	const rows: unknown =
		typeof body === 'object' && body !== null && 'attributes' in body ? body.attributes : [];
	return (Array.isArray(rows) ? rows : []).flatMap((row: unknown) => {
		if (typeof row !== 'object' || row === null || !('name' in row) || typeof row.name !== 'string')
			return [];
		const kind = 'data_type' in row && typeof row.data_type === 'string' ? row.data_type : '';
		const type = Object.entries(TYPES).find(([name]) => kind.toLowerCase().startsWith(name))?.[1];
		return [field(row.name, type ?? 'string')];
	});
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
