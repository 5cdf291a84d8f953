import { isArrayChange, isIncrement } from './attributes.mts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.mts';
import { timeOf } from './nested.mts';
import { isObjectArrayChange } from './object-arrays.mts';

/**
 * Data points that sending an attribute value costs, changed or not: one for a plain value, an array or a removal; one
 * for each key of an object, inner objects' keys included; for an array of objects the sum of its objects.
 */
export function dataPointsOf(sent: Json): number {
	if (isJsonArray(sent)) return Math.max(1, sumOf(sent));
	if (!isJsonObject(sent) || timeOf(sent) !== undefined || isIncrement(sent) || isArrayChange(sent)) return 1;
	if (isObjectArrayChange(sent)) return Math.max(1, pointsOfChanges(sent));
	return Math.max(1, pointsOfKeys(sent));
}

function sumOf(elements: readonly Json[]): number {
	let points = 0;
	for (const element of elements) if (isJsonObject(element)) points += dataPointsOf(element);
	return points;
}

function pointsOfKeys(object: JsonObject): number {
	let points = 0;
	for (const value of Object.values(object)) points += 1 + (isJsonObject(value) ? pointsOfKeys(value) : 0);
	return points;
}

/** New objects cost their keys, updates the keys they write, removals one each. */
function pointsOfChanges(changes: JsonObject): number {
	const { $add, $update, $remove } = changes;
	let points = isJsonArray($add) ? sumOf($add) : 0;
	if (isJsonArray($remove)) points += $remove.length;
	if (!isJsonArray($update)) return points;
	for (const update of $update)
		if (isJsonObject(update)) points += dataPointsOf(update['$new_object'] ?? null);
	return points;
}
