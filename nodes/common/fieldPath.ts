import type { IDataObject } from 'n8n-workflow';

/** `={{ $json.some.field }}` and `={{ $json["some field"] }}`: what n8n writes when a field is dragged into a parameter. */
const FIELD =
	/^=\{\{\s*\$json((?:\s*\??\.\s*[A-Za-z_$][\w$]*|\s*\[\s*(?:"[^"\\{}\n\r]*"|'[^'\\{}\n\r]*'|0|[1-9]\d{0,8})\s*\])+)\s*\}\}$/;
const STEP = /\.\s*([A-Za-z_$][\w$]*)|\[\s*(?:"([^"]*)"|'([^']*)'|(\d+))\s*\]/g;

/** Names that n8n's engine, in one version or another, refuses or resolves to something else than the item's own data. */
const LEFT_TO_THE_ENGINE = new Set([
	'__proto__',
	'__defineGetter__',
	'__defineSetter__',
	'__lookupGetter__',
	'__lookupSetter__',
	'_linkedBinding',
	'_load',
	'arguments',
	'binding',
	'callee',
	'caller',
	'constructor',
	'defineProperties',
	'defineProperty',
	'dlopen',
	'execve',
	'getBuiltinModule',
	'getOwnPropertyDescriptor',
	'getOwnPropertyDescriptors',
	'getPrototypeOf',
	'loadEnvFile',
	'mainModule',
	'prepareStackTrace',
	'prototype',
	'setPrototypeOf',
]);

/**
 * The path of an expression that reads one field of the item, so that it need not go through n8n's expression engine (0.4 ms an item).
 * @returns the steps of the path, or `undefined` for every other expression
 */
export function fieldPath(expression: string): readonly string[] | undefined {
	const steps = FIELD.exec(expression)?.[1];
	if (steps === undefined) return undefined;
	const path = [...steps.matchAll(STEP)].map(
		([, name, double, single, index]) => name ?? double ?? single ?? index ?? '',
	);
	return path.some((step) => LEFT_TO_THE_ENGINE.has(step)) ? undefined : path;
}

/** The value found when nothing but plain JSON lies on the way. */
export type FieldValue = { readonly found: unknown };

/**
 * Follows a path through an item's JSON.
 * @returns `undefined` when the engine has to decide: a missing step, or a value that isn't plain JSON
 */
export function readField(json: IDataObject, path: readonly string[]): FieldValue | undefined {
	let value: unknown = json;
	for (const step of path) {
		if (typeof value !== 'object' || value === null || !Object.prototype.hasOwnProperty.call(value, step))
			return undefined;
		value = (value as Readonly<Record<string, unknown>>)[step];
	}
	return isPlain(value) ? { found: value } : undefined;
}

function isPlain(value: unknown): boolean {
	switch (typeof value) {
		case 'string':
		case 'number':
		case 'boolean':
			return true;
		case 'object':
			if (value === null) return true;
			if (Array.isArray(value)) return value.every(isPlain);
			return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
		default:
			return false;
	}
}
