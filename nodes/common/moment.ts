import { shown } from './failure';
import type { ItemParameters } from './parameters';

/**
 * Reads a date and time of a collection as ISO 8601 in UTC; empty unless the user added it. One without a zone is taken in the time zone
 * of the workflow's machine.
 */
export function readMoment(item: ItemParameters, collection: string, field: string): string {
	const text = item.optionText(collection, field);
	if (text === '') return '';
	const moment = new Date(text);
	if (!Number.isNaN(moment.getTime())) return moment.toISOString();
	throw item.invalid(field, `is ${shown(text)}`, 'Enter a date and time like 2026-11-30T12:00:00Z.');
}
