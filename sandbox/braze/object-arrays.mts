import type { AttributeChange } from './attributes.mts';
import { isJsonArray, isJsonObject, own, type Json, type JsonObject } from './json.mts';
import { isValidNested, merged } from './nested.mts';

const OPERATORS = ['$add', '$remove', '$update'] as const;

/** Whether a value asks for changes within an array of objects (`$add`, `$update`, `$remove`). */
export function isObjectArrayChange(sent: JsonObject): boolean {
	const keys = Object.keys(sent);
	return keys.length > 0 && keys.every((key) => OPERATORS.some((operator) => operator === key));
}

/**
 * The array of objects after `$add`, then `$remove`, then `$update` (the order that Braze has confirmed for one request).
 * Without `merge`, an update replaces the object that it finds.
 */
export function changedObjects(current: Json | undefined, sent: JsonObject, merge: boolean): AttributeChange {
	if (current !== undefined && !(isJsonArray(current) && current.every(isJsonObject))) {
		return { kind: 'drop', reason: '$add, $update and $remove change arrays of objects only' };
	}
	const additions = objectsOf(sent['$add']);
	const removals = objectsOf(sent['$remove'])?.map(matcherOf);
	const updates = objectsOf(sent['$update'])?.map(updateOf);
	if (additions === undefined || !additions.every(isValidNested)) return invalid('$add');
	if (removals === undefined || !removals.every(isPresent)) return invalid('$remove');
	if (updates === undefined || !updates.every(isPresent)) return invalid('$update');
	let objects: JsonObject[] = [...(current ?? []).filter(isJsonObject)];
	objects.push(...additions.map((object) => merged(undefined, object)));
	objects = objects.filter((object) => !removals.some((matches) => matches(object)));
	for (const { matches, replacement } of updates) {
		objects = objects.map((object) =>
			matches(object) ? merged(merge ? object : undefined, replacement) : object,
		);
	}
	return { kind: 'set', value: objects };
}

type Matcher = (object: JsonObject) => boolean;

function objectsOf(value: Json | undefined): readonly JsonObject[] | undefined {
	if (value === undefined) return [];
	return isJsonArray(value) && value.every(isJsonObject) ? value.filter(isJsonObject) : undefined;
}

function matcherOf(instruction: JsonObject): Matcher | undefined {
	const key = own(instruction, '$identifier_key');
	const value = own(instruction, '$identifier_value');
	if (typeof key !== 'string' || value === undefined) return undefined;
	return (object) => own(object, key) === value;
}

function updateOf(instruction: JsonObject): { matches: Matcher; replacement: JsonObject } | undefined {
	const matches = matcherOf(instruction);
	const replacement = own(instruction, '$new_object');
	if (matches === undefined || !isJsonObject(replacement) || !isValidNested(replacement)) return undefined;
	return { matches, replacement };
}

function isPresent<Value>(value: Value | undefined): value is Value {
	return value !== undefined;
}

function invalid(operator: string): AttributeChange {
	return { kind: 'drop', reason: `${operator} holds an invalid instruction` };
}
