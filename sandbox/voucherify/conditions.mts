import { invalid } from './errors.mts';
import { isObject } from './json.mts';

/** What a filter looks at: texts, numbers, dates as ISO texts, booleans as `true` and `false`; undefined when unknown. */
export type FilterValue = string | number | undefined;

type Test = (value: FilterValue, operands: readonly unknown[]) => boolean;

/** Voucherify's operators; those that take one operand look at the first. */
const OPERATORS: Readonly<Record<string, Test>> = {
	$in: (value, operands) => operands.some((operand) => equal(value, operand)),
	$not_in: (value, operands) => !operands.some((operand) => equal(value, operand)),
	$is: (value, operands) => operands.some((operand) => equal(value, operand)),
	$is_not: (value, operands) => !operands.some((operand) => equal(value, operand)),
	$has_value: (value) => value !== undefined,
	$is_unknown: (value) => value === undefined,
	$contains: (value, operands) => operands.some((operand) => String(value ?? '').includes(String(operand))),
	$not_contain: (value, operands) =>
		!operands.some((operand) => String(value ?? '').includes(String(operand))),
	$starts_with: (value, operands) =>
		operands.some((operand) => String(value ?? '').startsWith(String(operand))),
	$ends_with: (value, operands) => operands.some((operand) => String(value ?? '').endsWith(String(operand))),
	$more_than: (value, operands) => compared(value, operands, (order) => order > 0),
	$more_than_equal: (value, operands) => compared(value, operands, (order) => order >= 0),
	$less_than: (value, operands) => compared(value, operands, (order) => order < 0),
	$less_than_equal: (value, operands) => compared(value, operands, (order) => order <= 0),
	$after: (value, operands) => instants(value, operands, (order) => order > 0),
	$before: (value, operands) => instants(value, operands, (order) => order < 0),
};

/** How to read the fields that rows can be filtered by. */
export type FilterFields<Row> = Readonly<Record<string, (row: Row) => FilterValue>>;

/**
 * Turns `{junction, field: {conditions: {$operator: […]}}}` into a test of rows; undefined when everything passes.
 * Throws 400 `invalid_payload` for a field or an operator that does not exist.
 */
export function readFilters<Row>(
	filters: unknown,
	fields: FilterFields<Row> | ((field: string) => ((row: Row) => FilterValue) | undefined),
): ((row: Row) => boolean) | undefined {
	if (filters === undefined || filters === null) return undefined;
	if (!isObject(filters)) throw wrong('Property .filters should be an object');
	const { junction = 'and', ...conditions } = filters;
	const any = String(junction).toLowerCase() === 'or';
	if (!any && String(junction).toLowerCase() !== 'and') throw wrong('Property .junction should be and, or');
	const tests = Object.entries(conditions).flatMap(([field, given]) => {
		const read = typeof fields === 'function' ? fields(field) : ownField(fields, field);
		if (read === undefined) throw wrong(`Unknown filter .filters.${field}`);
		return readConditions(field, given).map((test) => (row: Row) => test(read(row)));
	});
	if (tests.length === 0) return undefined;
	return any ? (row) => tests.some((test) => test(row)) : (row) => tests.every((test) => test(row));
}

function ownField<Row>(fields: FilterFields<Row>, name: string): ((row: Row) => FilterValue) | undefined {
	return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function readConditions(field: string, given: unknown): ((value: FilterValue) => boolean)[] {
	const conditions = isObject(given) ? given['conditions'] : undefined;
	if (!isObject(conditions)) throw wrong(`Property .filters.${field}.conditions should be an object`);
	return Object.entries(conditions).map(([name, operand]) => {
		const test = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
		if (test === undefined) throw wrong(`Unknown operator ${name} in .filters.${field}`);
		const operands = Array.isArray(operand) ? operand : [operand];
		return (value) => test(value, operands);
	});
}

function equal(value: FilterValue, operand: unknown): boolean {
	return value !== undefined && String(value) === String(operand);
}

function compared(
	value: FilterValue,
	[operand]: readonly unknown[],
	test: (order: number) => boolean,
): boolean {
	return value !== undefined && test(Number(value) - Number(operand));
}

function instants(
	value: FilterValue,
	[operand]: readonly unknown[],
	test: (order: number) => boolean,
): boolean {
	return value !== undefined && test(Date.parse(String(value)) - Date.parse(String(operand)));
}

function wrong(details: string): Error {
	return invalid('invalid_payload', 'Invalid payload', details);
}
