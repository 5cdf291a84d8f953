import { shown } from '../../common/failure';
import { isRecord } from '../../common/record';

/** Braze's limit for keys and texts within objects, in characters. */
const LONGEST = 255;

/** What every date that Braze takes starts with; it takes more forms of the time than JavaScript does. */
const DAY = /^\d{4}-\d{2}-\d{2}/;

/** Keys with a dollar sign that mean something to Braze. */
const KEYWORDS: ReadonlySet<string> = new Set([
	'$add',
	'$update',
	'$remove',
	'$identifier_key',
	'$identifier_value',
	'$new_object',
	'$time',
]);

/**
 * Why Braze would drop an attribute that is an object or a list of objects: one invalid value within is enough, and it says nothing.
 * @returns the rest of a sentence that starts with the name, or `undefined` when all is well
 */
export function nestedProblem(value: unknown): string | undefined {
	if (Array.isArray(value)) return firstProblem(value.filter(isRecord));
	// Dates and the like become text.
	if (!isRecord(value) || 'toJSON' in value) return undefined;
	for (const [key, inner] of Object.entries(value)) {
		if (key === '$time' && (typeof inner !== 'string' || !DAY.test(inner)))
			return `has ${shown(inner)} in $time, which is no date`;
		if (key === '' || key.length > LONGEST || (key.startsWith('$') && !KEYWORDS.has(key)))
			return `has the key ${shown(key)}`;
		if (typeof inner === 'string' && inner.length > LONGEST)
			return `has a text of ${inner.length} characters in ${shown(key)}`;
	}
	return firstProblem(Object.values(value));
}

function firstProblem(values: readonly unknown[]): string | undefined {
	for (const value of values) {
		const problem = nestedProblem(value);
		if (problem !== undefined) return problem;
	}
	return undefined;
}
