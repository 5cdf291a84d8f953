import type { IDataObject } from 'n8n-workflow';
import { asRecord, isRecord } from '../../common/record';
import { CONTROL_FIELDS } from './identifier';
import { TEXT_FIELDS } from './standardFields';

/** Standard fields of which no export tells the value that was set. */
const UNREADABLE: ReadonlySet<string> = new Set([
	'current_location',
	'date_of_first_session',
	'date_of_last_session',
	'email_click_tracking_disabled',
	'email_open_tracking_disabled',
	'facebook',
	'image_url',
	'marked_email_as_spam_at',
	'push_tokens',
	'subscription_groups',
	'twitter',
	'user_id',
]);

/** What a value with one of these keys does depends on what is there, or happens again each time. */
const CHANGES = ['inc', 'add', 'remove', '$add', '$update', '$remove'];

/** A day, or a day and a time with a zone: what Braze keeps as a date without doubt about the moment. */
const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

type Value = IDataObject[string];

/** The fields of an export that are needed to tell what of these attributes a profile has already. */
export function fieldsToCompare(sent: IDataObject): readonly string[] {
	const names = Object.keys(sent).filter((name) => !CONTROL_FIELDS.has(name));
	const fields = names.filter((name) => TEXT_FIELDS.has(name));
	const custom = names.some((name) => !TEXT_FIELDS.has(name) && !UNREADABLE.has(name));
	return custom ? [...fields, 'custom_attributes'] : fields;
}

/**
 * Leaves out of an attributes object what the profile has already. Increments and changes within arrays always differ, as do standard
 * fields that can't be read; a removal of what is not there does not; dates are compared by their moment.
 * @param sent an object of `attributes`, as parsed JSON
 * @param profile the user's profile as `/users/export/ids` gives it, with the fields of `fieldsToCompare`
 * @returns the object with only what differs, or `undefined` when nothing does
 */
export function whatDiffers(sent: IDataObject, profile: IDataObject): IDataObject | undefined {
	// Braze strips the names of attributes, so that two of them may be one.
	if (Object.keys(sent).some((name) => name !== name.trim())) return sent;
	const merge = sent._merge_objects === true;
	const custom = asRecord(profile.custom_attributes) ?? {};
	const differing: Array<readonly [string, Value]> = [];
	const control: Array<readonly [string, Value]> = [];
	for (const [name, value] of Object.entries(sent)) {
		if (CONTROL_FIELDS.has(name)) control.push([name, value]);
		else if (UNREADABLE.has(name)) differing.push([name, value]);
		else {
			const stored = own(TEXT_FIELDS.has(name) ? profile : custom, name);
			const difference = TEXT_FIELDS.has(name)
				? fieldDifference(value, stored)
				: valueDifference(value, stored, merge);
			if (difference !== undefined) differing.push([name, difference]);
		}
	}
	return differing.length === 0 ? undefined : Object.fromEntries([...differing, ...control]);
}

function fieldDifference(sent: Value, stored: Value): Value {
	return sent === (stored ?? null) ? undefined : sent;
}

function valueDifference(sent: Value, stored: Value, merge: boolean): Value {
	if (sent === null) return isAbsent(stored) ? undefined : null;
	if (holdsChange(sent)) return sent;
	if (merge && isRecord(sent) && isRecord(stored) && !isTime(sent)) return mergeDifference(sent, stored);
	return isSame(sent, stored) ? undefined : sent;
}

/** What of an object would change another when merged into it. */
function mergeDifference(sent: IDataObject, stored: IDataObject): IDataObject | undefined {
	const differing = Object.entries(sent).flatMap(([key, value]) => {
		const difference = valueDifference(value, own(stored, key), true);
		return difference === undefined ? [] : [[key, difference] as const];
	});
	return differing.length === 0 ? undefined : Object.fromEntries(differing);
}

/** Whether a value in place of the stored one would change nothing. */
function isSame(sent: unknown, stored: unknown): boolean {
	if (isTime(sent)) return isSame(sent.$time, stored);
	if (typeof sent === 'string' && typeof stored === 'string')
		return sent === stored || isSameMoment(sent, stored);
	if (Array.isArray(sent))
		return (
			Array.isArray(stored) &&
			sent.length === stored.length &&
			sent.every((element, at) => isSame(element, stored[at]))
		);
	if (!isRecord(sent)) return sent === stored;
	if (!isRecord(stored)) return false;
	// Braze keeps no nulls within objects.
	const present = Object.entries(sent).filter(([, value]) => value !== null);
	const kept = Object.values(stored).filter((value) => !isAbsent(value));
	return present.length === kept.length && present.every(([key, value]) => isSame(value, own(stored, key)));
}

function isSameMoment(sent: string, stored: string): boolean {
	return DATE.test(sent) && DATE.test(stored) && Date.parse(sent) === Date.parse(stored);
}

function isTime(value: unknown): value is { readonly $time: string } {
	return isRecord(value) && typeof value.$time === 'string' && Object.keys(value).length === 1;
}

function holdsChange(value: unknown): boolean {
	if (Array.isArray(value)) return value.some(holdsChange);
	if (!isRecord(value)) return false;
	return CHANGES.some((key) => Object.hasOwn(value, key)) || Object.values(value).some(holdsChange);
}

function isAbsent(value: Value): boolean {
	return value === undefined || value === null;
}

/** A field of parsed JSON, where a name like `constructor` is only there if it was sent. */
function own(object: IDataObject, name: string): Value {
	return Object.hasOwn(object, name) ? object[name] : undefined;
}
