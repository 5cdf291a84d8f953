import type { FastifyRequest } from 'fastify';
import qs from 'qs';
import { invalid } from './errors.mts';
import type { JsonObject } from './json.mts';

const LARGEST_LIMIT = 100;
const DEFAULT_LIMIT = 10;

/** The query of a request; `filters[a][conditions][$in][0]=b` becomes nested objects. */
export function readQuery(request: FastifyRequest): JsonObject {
	const start = request.url.indexOf('?');
	return start === -1 ? {} : qs.parse(request.url.slice(start + 1), { depth: 6 });
}

/** Which part of a list is asked for. */
export interface Paging {
	readonly limit: number;
	/** Counted from 1. */
	readonly page: number;
}

/** Reads `limit` (1 to 100) and `page` (1 to `lastPage`). Throws 400 `invalid_query_params`. */
export function readPaging(query: JsonObject, lastPage: number): Paging {
	return {
		limit: wholeNumber(query, 'limit', LARGEST_LIMIT) ?? DEFAULT_LIMIT,
		page: wholeNumber(query, 'page', lastPage) ?? 1,
	};
}

/** A query parameter that is a text. Throws 400 `invalid_query_params` when it is given in another form. */
export function textParameter(query: JsonObject, name: string): string | undefined {
	const value = query[name];
	if (value === undefined || value === '') return undefined;
	if (typeof value !== 'string') throw wrong(`Query parameter ${name} should be a text`);
	return value;
}

/** A query parameter that is an instant, in milliseconds since 1970. Throws 400 `invalid_query_params`. */
export function instantParameter(query: JsonObject, name: string): number | undefined {
	const text = textParameter(query, name);
	if (text === undefined) return undefined;
	const at = Date.parse(text);
	if (Number.isNaN(at)) throw wrong(`Query parameter ${name} should be a date in ISO 8601 format`);
	return at;
}

/** The parameter `order`: a field, and whether a minus stands before it. Throws 400 `invalid_query_params`. */
export function orderParameter<Field extends string>(
	query: JsonObject,
	fields: readonly Field[],
	fallback: Field,
): { readonly field: Field; readonly descending: boolean } {
	const text = textParameter(query, 'order');
	if (text === undefined) return { field: fallback, descending: true };
	const field = fields.find((name) => text === name || text === `-${name}`);
	if (field === undefined) throw wrong(`Query parameter order should be one of ${fields.join(', ')}`);
	return { field, descending: text.startsWith('-') };
}

/** 400 `invalid_query_params`. */
export function wrong(details: string): Error {
	return invalid('invalid_query_params', 'Invalid query parameters', details);
}

function wholeNumber(query: JsonObject, name: string, largest: number): number | undefined {
	const text = textParameter(query, name);
	if (text === undefined) return undefined;
	const value = Number(text);
	if (!Number.isInteger(value) || value < 1 || value > largest) {
		throw wrong(`Query parameter ${name} should be a whole number from 1 to ${largest}`);
	}
	return value;
}
