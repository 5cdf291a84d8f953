import { invalid } from './errors.mts';
import { isObject, type JsonObject } from './json.mts';

/** The body of a request as an object. Throws 400 `invalid_payload`. */
export function readBody(body: unknown): JsonObject {
	if (!isObject(body)) throw wrongPayload('The body should be an object');
	return body;
}

/** A body that is a list of rows. Throws 400 `invalid_payload`. */
export function readRows(body: unknown): readonly unknown[] {
	if (!Array.isArray(body)) throw wrongPayload('The body should be an array');
	return body;
}

/** A property that is an object, if it is there. Throws 400 `invalid_payload`. */
export function objectIn(body: JsonObject, name: string): JsonObject | undefined {
	const value = body[name];
	if (value === undefined || value === null) return undefined;
	if (!isObject(value)) throw wrongPayload(`Property .${name} should be an object`);
	return value;
}

/** A property that is a text, if it is there and not empty. Throws 400 `invalid_payload`. */
export function textIn(body: JsonObject, name: string): string | undefined {
	const value = body[name];
	if (value === undefined || value === null || value === '') return undefined;
	if (typeof value !== 'string') throw wrongPayload(`Property .${name} should be a string`);
	return value;
}

/** A property that is a whole number, if it is there. Throws 400 `invalid_payload`. */
export function integerIn(body: JsonObject, name: string): number | undefined {
	const value = body[name];
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'number' || !Number.isInteger(value)) {
		throw wrongPayload(`Property .${name} should be an integer`);
	}
	return value;
}

/** 400 `invalid_payload`. */
export function wrongPayload(details: string): Error {
	return invalid('invalid_payload', 'Invalid payload', details);
}
