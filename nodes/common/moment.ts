import { shown } from './failure';
import type { ItemParameters } from './parameters';

/** ISO 8601 from the day on: with a time or without, with a zone or without. A space may stand for the T. */
const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| ?[+-]\d\d:?\d\d)?)?$/;

/**
 * A date and time of a collection as ISO 8601 in UTC; empty unless the user added it. One without a zone is taken in the time zone of the
 * workflow's machine, and a day alone in UTC.
 */
export function readMoment(item: ItemParameters, collection: string, field: string): string {
	const value = item.option(collection, field);
	if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return '';
	const moment = momentOf(value);
	if (moment !== undefined) return moment.toISOString();
	throw item.invalid(field, `is ${shown(value)}`, 'Enter a date and time like 2026-11-30T12:00:00Z.');
}

/**
 * A date and time in ISO 8601, or as expressions such as `$now` give it; `undefined` for all else, and for days that no calendar has.
 * JavaScript by itself takes "codes 7" for a day in 2001, and February 31 for March 3.
 */
export function momentOf(value: unknown): Date | undefined {
	// Dates and luxon's DateTimes tell the same in JSON.
	if (typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function')
		return momentOf(value.toJSON());
	const text = typeof value === 'string' ? value.trim() : '';
	const day = MOMENT.exec(text)?.[1];
	if (day === undefined || new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) !== true) return undefined;
	const moment = new Date(text);
	return Number.isNaN(moment.getTime()) ? undefined : moment;
}
