import { isoMillis } from './iso-date.mts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.mts';

/** Longest key and longest string inside an object, in characters. */
const LONGEST_TEXT = 255;

/**
 * Whether everything inside an object or array may be stored: keys of 1 to 255 characters without spaces, points and
 * dollar signs; strings up to 255; dates as `{"$time": "…"}`. One invalid value makes Braze drop the whole update.
 */
export function isValidNested(value: Json): boolean {
	if (typeof value === 'string') return value.length <= LONGEST_TEXT;
	if (isJsonArray(value)) return value.every(isValidNested);
	if (!isJsonObject(value)) return true;
	if (Object.hasOwn(value, '$time')) return timeOf(value) !== undefined;
	return Object.entries(value).every(([key, inner]) => isValidKey(key) && isValidNested(inner));
}

/**
 * The object as it is after an update: keys of the update win, null removes a key, and objects within are merged in turn.
 * Starting from `undefined` it is the update alone, without its nulls.
 */
export function merged(current: Json | undefined, update: JsonObject): JsonObject {
	const result: Record<string, Json> = Object.create(null);
	if (isJsonObject(current)) Object.assign(result, current);
	for (const [key, value] of Object.entries(update)) {
		if (value === null) delete result[key];
		else result[key] = stored(value, result[key]);
	}
	return result;
}

/** What is kept of a valid nested value: dates lose their `$time`, nulls disappear from objects. */
export function stored(value: Json, current?: Json): Json {
	if (isJsonArray(value)) return value.map((element) => stored(element));
	if (!isJsonObject(value)) return value;
	return timeOf(value) ?? merged(current, value);
}

/** The date of `{"$time": "…"}`; undefined when the object is none or its date is not ISO 8601. */
export function timeOf(value: JsonObject): string | undefined {
	const time = value['$time'];
	if (typeof time !== 'string' || Object.keys(value).length !== 1) return undefined;
	return isoMillis(time) === undefined ? undefined : time;
}

function isValidKey(key: string): boolean {
	return key.length > 0 && key.length <= LONGEST_TEXT && !/[\s.$]/.test(key);
}
