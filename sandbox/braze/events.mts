import { LONGEST_TEXT } from './attributes.mts';
import { isoMillis } from './iso-date.mts';
import { isJsonArray, isJsonObject, jsonBytes, type Json, type JsonObject } from './json.mts';

/** Largest `properties` of an event or a purchase, in bytes of JSON. */
const LARGEST_PROPERTIES = 50 * 1024;
/** Names that Braze keeps for itself among the properties. */
const RESERVED = ['time', 'event_name'];

/** A custom event as it is kept; the time is ISO 8601 in UTC. */
export interface TrackedEvent {
	readonly name: string;
	readonly time: string;
	readonly app_id?: string;
	readonly properties?: JsonObject;
}

/** A purchase as it is kept. */
export interface TrackedPurchase {
	readonly product_id: string;
	readonly currency: string;
	readonly price: number;
	readonly quantity: number;
	readonly time: string;
	readonly app_id?: string;
	readonly properties?: JsonObject;
}

/** A value that was read, or the error that Braze puts into its answer. */
export type Reading<Value> = { readonly value: Value } | { readonly error: string };

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** Reads a custom event; a time in the future becomes `now`. */
export function readEvent(object: JsonObject, now: Date): Reading<TrackedEvent> {
	const { name, properties } = object;
	if (typeof name !== 'string' || name === '') return { error: "'name' is required" };
	if (name.length > LONGEST_TEXT) return { error: `'name' is longer than ${LONGEST_TEXT} characters` };
	const time = readTime(object['time'], now);
	if ('error' in time) return time;
	const problem = problemOfProperties(properties);
	if (problem !== undefined) return { error: problem };
	return { value: { name, time: time.value, ...detailsOf(object) } };
}

/** Reads a purchase; quantity 1 unless given, a time in the future becomes `now`. */
export function readPurchase(object: JsonObject, now: Date): Reading<TrackedPurchase> {
	const { product_id, currency, price, properties } = object;
	const quantity = object['quantity'] ?? 1;
	if (typeof product_id !== 'string' || product_id === '') return { error: "'product_id' is required" };
	if (product_id.length > LONGEST_TEXT)
		return { error: `'product_id' is longer than ${LONGEST_TEXT} characters` };
	if (typeof currency !== 'string' || !CURRENCIES.has(currency)) return { error: "'currency' is not valid" };
	if (typeof price !== 'number') return { error: "'price' is not valid" };
	if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1 || quantity > 100) {
		return { error: "'quantity' is not valid" };
	}
	const time = readTime(object['time'], now);
	if ('error' in time) return time;
	const problem = problemOfProperties(properties);
	if (problem !== undefined) return { error: problem };
	const purchase = { product_id, currency, price, quantity, time: time.value };
	return { value: { ...purchase, ...detailsOf(object) } };
}

/** What an event or a purchase may carry beside what it has to. */
function detailsOf({ app_id, properties }: JsonObject): { app_id?: string; properties?: JsonObject } {
	return {
		...(typeof app_id === 'string' && { app_id }),
		...(isJsonObject(properties) && { properties }),
	};
}

function readTime(sent: Json | undefined, now: Date): Reading<string> {
	if (sent === undefined || sent === null || sent === '') return { error: "'time' is required" };
	const millis = typeof sent === 'string' ? isoMillis(sent) : undefined;
	if (millis === undefined) return { error: "'time' is not a valid ISO 8601 date" };
	return { value: new Date(Math.min(millis, now.getTime())).toISOString() };
}

function problemOfProperties(properties: Json | undefined): string | undefined {
	if (properties === undefined || properties === null) return undefined;
	if (!isJsonObject(properties)) return "'properties' must be an object";
	const reserved = RESERVED.find((name) => Object.hasOwn(properties, name));
	if (reserved !== undefined) return `'${reserved}' is reserved and can't be a property`;
	if (!keysAreValid(properties))
		return "a key of 'properties' is empty, longer than 255 characters, or begins with $";
	if (jsonBytes(properties) > LARGEST_PROPERTIES) return "'properties' is larger than 50 KB";
	return undefined;
}

function keysAreValid(value: Json): boolean {
	if (isJsonArray(value)) return value.every(keysAreValid);
	if (!isJsonObject(value)) return true;
	return Object.entries(value).every(
		([key, inner]) => key !== '' && key.length <= LONGEST_TEXT && !key.startsWith('$') && keysAreValid(inner),
	);
}
