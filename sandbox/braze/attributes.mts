import { has, isJsonArray, isJsonObject, jsonBytes, type Json, type JsonObject } from './json.mts';
import { isValidNested, merged, stored, timeOf } from './nested.mts';
import { changedObjects, isObjectArrayChange } from './object-arrays.mts';

/** Longest string and longest name of a custom attribute, in characters. */
export const LONGEST_TEXT = 255;
/** Elements of an array attribute unless the workspace has raised it. */
export const DEFAULT_ARRAY_LENGTH = 25;
/** Largest object, in bytes of JSON. */
const LARGEST_OBJECT = 50 * 1024;
/** Largest array of objects, in bytes of JSON. */
const LARGEST_OBJECT_ARRAY = 100 * 1024;

/** How one attributes object wants its values applied. */
export interface AttributeRules {
	/** `_merge_objects`: nested objects are merged instead of replaced. */
	readonly mergeObjects: boolean;
	/** Most elements of an array; beyond it the oldest go. */
	readonly arrayLength: number;
}

/** What sending a value does to a custom attribute; what is dropped is not an error in Braze's answer. */
export type AttributeChange =
	| { readonly kind: 'set'; readonly value: Json; readonly shortened?: string }
	| { readonly kind: 'remove' }
	| { readonly kind: 'drop'; readonly reason: string };

/** The name under which Braze keeps an attribute (outer spaces gone), or why it drops it. */
export function attributeName(sent: string): { readonly name: string } | { readonly reason: string } {
	const name = sent.trim();
	if (name === '') return { reason: 'the name is empty' };
	if (name.startsWith('$')) return { reason: 'the name begins with $' };
	if (name.length > LONGEST_TEXT) return { reason: `the name is longer than ${LONGEST_TEXT} characters` };
	return { name };
}

/** What sending `sent` does to a custom attribute whose value is `current`. */
export function changeAttribute(
	current: Json | undefined,
	sent: Json,
	rules: AttributeRules,
): AttributeChange {
	if (sent === null) return { kind: 'remove' };
	if (typeof sent === 'string') return changedText(sent);
	if (isJsonArray(sent)) return changedArray(sent, rules);
	if (!isJsonObject(sent)) return { kind: 'set', value: sent };
	if (isIncrement(sent)) return incremented(current, sent['inc'] ?? null);
	if (isArrayChange(sent)) return changedElements(current, sent, rules);
	if (isObjectArrayChange(sent))
		return sized(changedObjects(current, sent, rules.mergeObjects), LARGEST_OBJECT_ARRAY);
	return changedObject(current, sent, rules);
}

function changedText(sent: string): AttributeChange {
	if (sent.length <= LONGEST_TEXT) return { kind: 'set', value: sent };
	return { kind: 'set', value: sent.slice(0, LONGEST_TEXT), shortened: `cut to ${LONGEST_TEXT} characters` };
}

function changedArray(sent: readonly Json[], rules: AttributeRules): AttributeChange {
	if (sent.length > 0 && sent.every(isJsonObject)) {
		if (!isValidNested(sent))
			return { kind: 'drop', reason: 'an object in the array holds an invalid value' };
		return sized({ kind: 'set', value: stored(sent) }, LARGEST_OBJECT_ARRAY);
	}
	return orderedSet(sent, rules);
}

/** Arrays are ordered sets: a value that comes again moves to the end, and beyond the limit the oldest go. */
function orderedSet(elements: readonly Json[], rules: AttributeRules): AttributeChange {
	const set = new Set<Json>();
	for (const element of elements) {
		if (element === null || typeof element === 'object') {
			return { kind: 'drop', reason: 'an array holds strings, numbers and booleans, or nothing but objects' };
		}
		const value = typeof element === 'string' ? element.slice(0, LONGEST_TEXT) : element;
		set.delete(value);
		set.add(value);
	}
	const value = [...set];
	if (value.length <= rules.arrayLength) return { kind: 'set', value };
	return {
		kind: 'set',
		value: value.slice(-rules.arrayLength),
		shortened: `cut to ${rules.arrayLength} elements`,
	};
}

/** Whether a value is `{"inc": n}`. */
export function isIncrement(sent: JsonObject): boolean {
	return has(sent, 'inc') && Object.keys(sent).length === 1 && typeof sent['inc'] === 'number';
}

function incremented(current: Json | undefined, by: Json): AttributeChange {
	const start = current ?? 0;
	if (!Number.isInteger(by)) return { kind: 'drop', reason: 'inc takes an integer' };
	if (typeof start !== 'number' || !Number.isInteger(start)) {
		return { kind: 'drop', reason: 'inc changes integers only, and the attribute holds something else' };
	}
	return { kind: 'set', value: start + Number(by) };
}

/** Whether a value is `{"add": […]}`, `{"remove": […]}` or both. */
export function isArrayChange(sent: JsonObject): boolean {
	const keys = Object.keys(sent);
	return (
		keys.length > 0 && keys.every((key) => (key === 'add' || key === 'remove') && isJsonArray(sent[key]))
	);
}

function changedElements(
	current: Json | undefined,
	sent: JsonObject,
	rules: AttributeRules,
): AttributeChange {
	if (current !== undefined && !isJsonArray(current)) {
		return {
			kind: 'drop',
			reason: 'add and remove change arrays only, and the attribute holds something else',
		};
	}
	const add = isJsonArray(sent['add']) ? sent['add'] : [];
	const remove = new Set(isJsonArray(sent['remove']) ? sent['remove'] : []);
	if (current === undefined && add.length === 0)
		return { kind: 'drop', reason: 'there is no array to remove from' };
	return orderedSet(
		[...(current ?? []), ...add].filter((element) => !remove.has(element)),
		rules,
	);
}

function changedObject(current: Json | undefined, sent: JsonObject, rules: AttributeRules): AttributeChange {
	const time = timeOf(sent);
	if (time !== undefined) return { kind: 'set', value: time };
	if (!isValidNested(sent)) return { kind: 'drop', reason: 'the object holds an invalid value' };
	return sized(
		{ kind: 'set', value: merged(rules.mergeObjects ? current : undefined, sent) },
		LARGEST_OBJECT,
	);
}

function sized(change: AttributeChange, largest: number): AttributeChange {
	if (change.kind !== 'set' || jsonBytes(change.value) <= largest) return change;
	return { kind: 'drop', reason: `the value is larger than ${largest / 1024} KB` };
}
