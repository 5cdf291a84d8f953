import type { IDataObject } from 'n8n-workflow';
import { shown } from '../common/failure';
import { parseJson } from '../common/json';
import { asNumber, type ItemParameters } from '../common/parameters';
import { isRecord } from '../common/record';

/** A number of a collection; `undefined` unless the user added it. */
export function numberOption(
	item: ItemParameters,
	collection: string,
	name: string,
	{ least = -Infinity, whole = true }: { readonly least?: number; readonly whole?: boolean } = {},
): number | undefined {
	return readNumber(item, name, item.option(collection, name), { least, whole });
}

/** A number as a field or a row of a form holds it; `undefined` for an empty one. */
export function readNumber(
	item: ItemParameters,
	name: string,
	value: unknown,
	{ least = -Infinity, whole = true }: { readonly least?: number; readonly whole?: boolean } = {},
): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const number = asNumber(value);
	if (Number.isFinite(number) && number >= least && (!whole || Number.isInteger(number))) return number;
	const kind = whole ? 'a whole number' : 'a number';
	throw item.invalid(
		name,
		`is ${shown(value)}`,
		least === -Infinity ? `Enter ${kind}.` : `Enter ${kind} of at least ${least}.`,
	);
}

/** JSON objects in an array, given as one or as text; none for an empty field. */
export function readObjects(
	item: ItemParameters,
	name: string,
	value: unknown,
): readonly IDataObject[] | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const parsed = typeof value === 'string' ? parseJson(value) : { value };
	const found = 'value' in parsed ? parsed.value : undefined;
	if (Array.isArray(found) && found.every(isRecord)) return found;
	throw item.invalid(
		name,
		'problem' in parsed ? `is no JSON: ${parsed.problem}` : `is ${shown(value)}`,
		'Enter an array of JSON objects, for example [{"product_id": "tea", "quantity": 2}].',
	);
}

/** Texts, given as an array or separated by commas. */
export function readTexts(item: ItemParameters, name: string, value: unknown): readonly string[] {
	const parts: readonly unknown[] = Array.isArray(value) ? value : String(value ?? '').split(',');
	const texts = parts.map((part) =>
		typeof part === 'string' || typeof part === 'number' ? String(part).trim() : undefined,
	);
	if (texts.every((text) => text !== undefined)) return texts.filter((text) => text !== '');
	throw item.invalid(name, `is ${shown(value)}`, 'Enter texts separated by commas, or an array of texts.');
}

/** An object without the fields that hold nothing: `undefined`, empty text, and objects without fields. */
export function withoutEmpty(fields: Readonly<Record<string, unknown>>): IDataObject {
	return Object.fromEntries(
		Object.entries(fields).filter(
			([, value]) =>
				value !== undefined && value !== '' && !(isRecord(value) && Object.keys(value).length === 0),
		),
	) as IDataObject;
}
