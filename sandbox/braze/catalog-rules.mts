import { isJsonArray, isJsonObject, own, type Json, type JsonObject } from './json.mts';

/** Entries of `errors` in an answer of the catalog endpoints; the ids are Braze's own. */
export interface CatalogProblem {
	readonly id: string;
	readonly message: string;
	readonly parameters: readonly string[];
	readonly parameter_values: readonly Json[];
}

/** An item of a catalog: values by the names of the catalog's fields. */
export type Item = JsonObject & { readonly id: string };

/** A value that was read, or why it was refused. */
export type CatalogReading<Value> =
	{ readonly value: Value; readonly problem?: undefined } | { readonly problem: CatalogProblem };

/** What POST /catalogs describes. */
export interface NewCatalog {
	readonly name: string;
	readonly description: string;
	readonly fields: readonly CatalogField[];
}

const MOST_ITEMS = 50;
const MOST_FIELDS = 500;
/** Most fields that one request adds. */
const MOST_NEW_FIELDS = 50;
const LONGEST_NAME = 250;
/** Longest value of a field, in characters. */
const LONGEST_VALUE = 5_000;
const NAME = /^[A-Za-z0-9_-]+$/;
const FIELD_TYPES = ['string', 'number', 'boolean', 'time', 'geo', 'object', 'array'];

/** A field of a catalog. */
export interface CatalogField {
	readonly name: string;
	readonly type: string;
}

/** One problem; `parameter` and `value` say where it is. */
export function catalogProblem(id: string, message: string, parameter: string, value: Json): CatalogProblem {
	return { id, message, parameters: [parameter], parameter_values: [value] };
}

/** Reads the catalog that POST /catalogs describes. */
export function readCatalog(body: Json | undefined): CatalogReading<NewCatalog> {
	const catalogs = isJsonObject(body) ? own(body, 'catalogs') : undefined;
	const catalog = isJsonArray(catalogs) && catalogs.length === 1 ? catalogs[0] : undefined;
	if (!isJsonObject(catalog)) {
		return refused(
			'catalog-array-invalid',
			'Catalogs must be an array with one object',
			'catalogs',
			catalogs ?? null,
		);
	}
	const { name = null, description = null, fields = null } = catalog;
	if (typeof name !== 'string' || !NAME.test(name)) {
		return refused(
			'invalid-catalog-name',
			'Catalog name can only include letters, numbers, hyphens and underscores',
			'name',
			name,
		);
	}
	if (name.length > LONGEST_NAME) {
		return refused('catalog-name-too-large', 'Catalog name is longer than 250 characters', 'name', name);
	}
	if (typeof description !== 'string' || description.length > LONGEST_NAME) {
		return refused(
			'description-too-long',
			'Description must be at most 250 characters long',
			'description',
			description,
		);
	}
	const read = readFields(fields);
	return read.problem !== undefined ? read : { value: { name, description, fields: read.value } };
}

function readFields(sent: Json): CatalogReading<readonly CatalogField[]> {
	const fields = readFieldList(sent);
	if (fields.problem !== undefined) return fields;
	const [first] = fields.value;
	if (first?.name !== 'id' || first.type !== 'string') {
		return refused(
			'id-not-first-column',
			"The first field must be 'id' and a string",
			'fields',
			first?.name ?? null,
		);
	}
	return fields;
}

/** Reads the fields that POST /catalogs/{catalog_name}/fields adds to those that the catalog has. */
export function readNewFields(
	body: Json | undefined,
	existing: readonly CatalogField[],
): CatalogReading<readonly CatalogField[]> {
	const sent = isJsonObject(body) ? (own(body, 'fields') ?? null) : null;
	const fields = readFieldList(sent);
	if (fields.problem !== undefined) return fields;
	if (fields.value.length > MOST_NEW_FIELDS) {
		return refused(
			'request-includes-too-many-fields',
			'A request adds at most 50 fields',
			'fields',
			fields.value.length,
		);
	}
	if (existing.length + fields.value.length > MOST_FIELDS) {
		return refused(
			'catalog-exceeds-fields-limit',
			'A catalog has at most 500 fields',
			'fields',
			fields.value.length,
		);
	}
	const known = fields.value.find(({ name }) => existing.some((other) => other.name === name));
	if (known !== undefined)
		return refused('field-names-not-unique', 'Field names must be unique', 'fields', known.name);
	return fields;
}

function readFieldList(sent: Json): CatalogReading<readonly CatalogField[]> {
	if (!isJsonArray(sent) || sent.length === 0) {
		return refused('invalid-fields', 'Fields must be an array of objects', 'fields', sent);
	}
	if (sent.length > MOST_FIELDS) {
		return refused('too-many-fields', 'A catalog has at most 500 fields', 'fields', sent.length);
	}
	const fields: CatalogField[] = [];
	for (const field of sent) {
		if (!isJsonObject(field)) return refused('invalid-fields', 'Fields must be objects', 'fields', field);
		const { name = null, type = null } = field;
		if (typeof name !== 'string' || !NAME.test(name)) {
			return refused(
				'invalid-field-names',
				'Field names can only include letters, numbers, hyphens and underscores',
				'fields',
				name,
			);
		}
		if (name.length > LONGEST_NAME) {
			return refused(
				'field-names-too-large',
				'Field names must be at most 250 characters long',
				'fields',
				name,
			);
		}
		if (typeof type !== 'string' || !FIELD_TYPES.includes(type)) {
			return refused('invalid-field-types', 'A field has an unknown type', 'fields', type);
		}
		if (fields.some((other) => other.name === name)) {
			return refused('field-names-not-unique', 'Field names must be unique', 'fields', name);
		}
		fields.push({ name, type });
	}
	return { value: fields };
}

/** Reads the items of a bulk request: 1 to 50 objects with different ids. */
export function readItems(body: Json | undefined): CatalogReading<readonly Item[]> {
	const sent = isJsonObject(body) ? own(body, 'items') : undefined;
	if (!isJsonArray(sent) || sent.length === 0 || !sent.every(isJsonObject)) {
		return refused('item-array-invalid', 'Items must be an array of objects', 'items', sent ?? null);
	}
	if (sent.length > MOST_ITEMS) {
		return refused(
			'request-includes-too-many-items',
			'A request holds at most 50 items',
			'items',
			sent.length,
		);
	}
	const items = new Map<string, Item>();
	for (const item of sent) {
		const id = own(item, 'id') ?? null;
		if (id === null) return refused('items-missing-ids', 'Every item needs an id', 'items', item);
		if (typeof id !== 'string') return refused('ids-not-strings', 'Item ids must be strings', 'id', id);
		const problem = problemOfId(id);
		if (problem !== undefined) return { problem };
		if (items.has(id)) return refused('ids-not-unique', 'Item ids must be unique in a request', 'id', id);
		items.set(id, { ...item, id });
	}
	return { value: [...items.values()] };
}

/** Reads the one item of a synchronous request, whose id stands in the path alone. */
export function readItem(id: string, body: Json | undefined): CatalogReading<Item> {
	const sent = isJsonObject(body) ? own(body, 'items') : undefined;
	const item = isJsonArray(sent) && sent.length === 1 ? sent[0] : undefined;
	if (!isJsonObject(item)) {
		return refused('item-array-invalid', 'Items must be an array with one object', 'items', sent ?? null);
	}
	if (Object.hasOwn(item, 'id')) {
		return refused('id-in-body', 'The id of the item stands in the path only', 'id', item['id'] ?? null);
	}
	const problem = problemOfId(id);
	return problem === undefined ? { value: { ...item, id } } : { problem };
}

/** Why a catalog does not take an item; `$add` and `$remove` are for changes to arrays. */
export function problemOfItem(
	item: JsonObject,
	fields: readonly CatalogField[],
	isChange: boolean,
): CatalogProblem | undefined {
	for (const [name, value] of Object.entries(item)) {
		const field = fields.find((one) => one.name === name);
		if (field === undefined)
			return catalogProblem('invalid-fields', 'The catalog has no such field', 'fields', name);
		if (typeof value === 'string' && value.length > LONGEST_VALUE) {
			return catalogProblem('items-too-large', 'A value is longer than 5,000 characters', name, value.length);
		}
		if (isChange && field.type === 'array' && arrayChange(value) !== undefined) continue;
		if (!keysAreValid(value)) {
			return catalogProblem(
				'invalid-keys-in-value-object',
				'Keys of an object can not include . or $',
				name,
				value,
			);
		}
		if (value !== null && !fits(value, field.type)) {
			return catalogProblem('unable-to-coerce-value', `The value is no ${field.type}`, name, value);
		}
	}
	return undefined;
}

/** The `{"$add": […], "$remove": […]}` of an array field, or undefined. */
export function arrayChange(
	value: Json,
): { readonly add: readonly Json[]; readonly remove: readonly Json[] } | undefined {
	if (!isJsonObject(value)) return undefined;
	const { $add = [], $remove = [], ...others } = value;
	const isChange = Object.keys(value).length > 0 && Object.keys(others).length === 0;
	return isChange && isJsonArray($add) && isJsonArray($remove) ? { add: $add, remove: $remove } : undefined;
}

function problemOfId(id: string): CatalogProblem | undefined {
	if (id.length > LONGEST_NAME)
		return catalogProblem('ids-too-large', 'Item ids have at most 250 characters', 'id', id);
	if (NAME.test(id)) return undefined;
	return catalogProblem(
		'invalid-ids',
		'Item ids can only include letters, numbers, hyphens and underscores',
		'id',
		id,
	);
}

function fits(value: Json, type: string): boolean {
	switch (type) {
		case 'number':
			return typeof value !== 'object' && value !== '' && !Number.isNaN(Number(value));
		case 'boolean':
			return typeof value === 'boolean' || value === 'true' || value === 'false';
		case 'time':
			return typeof value === 'string' && !Number.isNaN(Date.parse(value));
		case 'object':
		case 'geo':
			return isJsonObject(value);
		case 'array':
			return isJsonArray(value);
		default:
			return typeof value !== 'object';
	}
}

function keysAreValid(value: Json): boolean {
	if (isJsonArray(value)) return value.every(keysAreValid);
	if (!isJsonObject(value)) return true;
	return Object.entries(value).every(([key, inner]) => !/[.$]/.test(key) && keysAreValid(inner));
}

function refused(...problem: Parameters<typeof catalogProblem>): { readonly problem: CatalogProblem } {
	return { problem: catalogProblem(...problem) };
}
