/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; names such as `__proto__` are data, so own objects are made without a prototype. */
export interface JsonObject {
	readonly [name: string]: Json;
}

/** Whether a value is a JSON object, so neither an array nor null. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a JSON array. */
export function isJsonArray(value: Json | undefined): value is readonly Json[] {
	return Array.isArray(value);
}

/** Whether an object has a property of its own with that name, and a value in it. */
export function has(object: JsonObject, name: string): boolean {
	return Object.hasOwn(object, name) && object[name] !== undefined;
}

/** The object's own property, never one of the prototype. */
export function own(object: JsonObject, name: string): Json | undefined {
	return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Size of a value as JSON, in bytes. */
export function jsonBytes(value: Json): number {
	return Buffer.byteLength(JSON.stringify(value));
}
