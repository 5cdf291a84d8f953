import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../common/record';
import { CONTROL_FIELDS } from './identifier';

/** Forms of a value that cost one data point, whatever is in them. */
const PLAIN_CHANGES = new Set(['$time', 'inc', 'add', 'remove']);

/**
 * What an attributes object costs, changed or not: one data point for each value, array or removal, one for each key of an object, those
 * of inner objects included, and for an array of objects what its objects cost.
 */
export function dataPointsOf(attributes: IDataObject): number {
	let sum = 0;
	for (const name of Object.keys(attributes))
		if (!CONTROL_FIELDS.has(name)) sum += pointsOf(attributes[name]);
	return sum;
}

function pointsOf(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 1;
	if (Array.isArray(value)) return Math.max(1, sumOf(value));
	if (!isRecord(value)) return 1;
	const keys = Object.keys(value);
	if (keys.length > 0 && keys.every((key) => PLAIN_CHANGES.has(key))) return 1;
	if (keys.some((key) => key.startsWith('$'))) return Math.max(1, pointsOfChanges(value));
	return Math.max(1, pointsOfKeys(value));
}

function sumOf(values: unknown): number {
	if (!Array.isArray(values)) return 0;
	return values.filter(isRecord).reduce((sum: number, object) => sum + pointsOf(object), 0);
}

function pointsOfKeys(object: IDataObject): number {
	return Object.values(object).reduce(
		(sum: number, value) => sum + 1 + (isRecord(value) ? pointsOfKeys(value) : 0),
		0,
	);
}

/** New objects cost their keys, updates the keys they write, removals one each. */
function pointsOfChanges({ $add, $update, $remove }: IDataObject): number {
	const updates = Array.isArray($update)
		? $update.filter(isRecord).map(({ $new_object }) => $new_object)
		: [];
	return sumOf($add) + sumOf(updates) + (Array.isArray($remove) ? $remove.length : 0);
}
