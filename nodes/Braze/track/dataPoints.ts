import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../common/record';
import { CONTROL_FIELDS } from './identifier';

/** Changes within an array of objects. */
const OPERATORS = ['$add', '$update', '$remove'];

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
	if (isPlainChange(value, keys)) return 1;
	const isChange = keys.every((key) => OPERATORS.includes(key));
	return Math.max(1, isChange ? pointsOfChanges(value) : pointsOfKeys(value));
}

/** A date, an increment, or changes within a list: one data point, whatever is in it. */
function isPlainChange(value: IDataObject, keys: readonly string[]): boolean {
	if (keys.length === 1 && (typeof value.$time === 'string' || typeof value.inc === 'number')) return true;
	return keys.length > 0 && keys.every((key) => /^(add|remove)$/.test(key) && Array.isArray(value[key]));
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
