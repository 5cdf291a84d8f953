import { isoMillis } from './iso-date.mts';
import { isJsonArray, isJsonObject, type Json } from './json.mts';
import { LONGEST_TEXT } from './attributes.mts';

/**
 * What sending a value for a standard field does: it is stored, it is ignored without a word, or it makes Braze reject
 * the whole object with a known error.
 */
export type FieldChange =
	| { readonly kind: 'set'; readonly value: Json }
	| { readonly kind: 'drop'; readonly reason: string }
	| { readonly kind: 'reject'; readonly error: string };

type Rule = (sent: Json) => FieldChange;

/** One @, something before it, and a domain with at least two labels. */
const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[^\s@.,;:]+(\.[^\s@.,;:]+)+$/u;
const TIME_ZONES = new Set(Intl.supportedValuesOf('timeZone'));
const SUBSCRIPTION_STATES = ['opted_in', 'subscribed', 'unsubscribed'];

const text: Rule = (sent) =>
	typeof sent === 'string'
		? { kind: 'set', value: sent.slice(0, LONGEST_TEXT) }
		: drop('the field takes a string');
const flag: Rule = (sent) => (typeof sent === 'boolean' ? set(sent) : drop('the field takes true or false'));
const date: Rule = (sent) =>
	typeof sent === 'string' && isoMillis(sent) !== undefined
		? set(sent)
		: drop('the field takes an ISO 8601 date');

/** The standard profile fields, which are kept apart from custom attributes, with what each of them takes. */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
	['first_name', text],
	['last_name', text],
	['home_city', text],
	[
		'email',
		(sent) =>
			isEmail(sent) ? set(sent) : reject("The value provided for the 'email' field is not a valid email."),
	],
	['phone', (sent) => (isPhone(sent) ? set(sent) : drop('the value is not a phone number'))],
	[
		'country',
		(sent) => (matches(sent, /^[A-Za-z]{2}$/) ? set(sent) : drop('the value is not an ISO 3166-1 code')),
	],
	[
		'language',
		(sent) => (matches(sent, /^[a-z]{2,3}$/) ? set(sent) : drop('the value is not an ISO 639-1 code')),
	],
	[
		'dob',
		(sent) =>
			matches(sent, /^\d{4}-\d{2}-\d{2}$/) ? date(sent) : drop('the value is not a day such as 1990-05-28'),
	],
	['gender', (sent) => (matches(sent, /^[MFONP]$/) ? set(sent) : drop('the value is none of M, F, O, N, P'))],
	['time_zone', (sent) => (isTimeZone(sent) ? set(sent) : drop('the value is not an IANA time zone'))],
	['email_subscribe', (sent) => (isState(sent) ? set(sent) : reject('BAD_EMAIL_SUBSCRIPTION_STATE'))],
	['push_subscribe', (sent) => (isState(sent) ? set(sent) : reject('BAD_PUSH_SUBSCRIPTION_STATE'))],
	['email_open_tracking_disabled', flag],
	['email_click_tracking_disabled', flag],
	['date_of_first_session', date],
	['date_of_last_session', date],
	['marked_email_as_spam_at', date],
	['current_location', (sent) => (isLocation(sent) ? set(sent) : reject('BAD_LOCATION_UPDATE'))],
	[
		'push_tokens',
		(sent) => (isListOf(sent, ['app_id', 'token']) ? set(sent) : reject('BAD_PUSH_TOKEN_VALUE')),
	],
	['subscription_groups', subscriptionGroups],
	['facebook', (sent) => (isJsonObject(sent) ? set(sent) : drop('the field takes an object'))],
	['twitter', (sent) => (isJsonObject(sent) ? set(sent) : drop('the field takes an object'))],
]);

/** Whether a name belongs to a standard field; names are lower case, so `Email` is a custom attribute. */
export function isStandardField(name: string): boolean {
	return RULES.has(name);
}

/** What sending `sent` for the standard field `name` does; null (removal) is always taken. */
export function changeStandardField(name: string, sent: Json): FieldChange {
	if (sent === null) return set(null);
	return RULES.get(name)?.(sent) ?? drop('there is no such standard field');
}

/** Whether a value looks like an email address to Braze. */
export function isEmail(value: Json | undefined): value is string {
	return typeof value === 'string' && value.length <= LONGEST_TEXT && EMAIL.test(value);
}

/** Whether a value looks like a phone number: 5 to 15 digits, with the usual separators. */
export function isPhone(value: Json | undefined): value is string {
	return (
		typeof value === 'string' && /^\+?[\d\s().-]+$/.test(value) && /^\d{5,15}$/.test(value.replace(/\D/g, ''))
	);
}

function subscriptionGroups(sent: Json): FieldChange {
	if (!isJsonArray(sent)) return reject('BAD_SUBSCRIPTION_GROUP_ARRAY');
	for (const group of sent) {
		if (!isJsonObject(group)) return reject('BAD_SUBSCRIPTION_GROUP_HASH');
		if (typeof group['subscription_group_id'] !== 'string') return reject('BAD_SUBSCRIPTION_GROUP_ID');
		if (!matches(group['subscription_state'] ?? null, /^(un)?subscribed$/))
			return reject('BAD_SUBSCRIPTION_GROUP_STATE');
	}
	return set(sent);
}

function isListOf(sent: Json, texts: readonly string[]): boolean {
	return (
		isJsonArray(sent) &&
		sent.every((entry) => isJsonObject(entry) && texts.every((name) => typeof entry[name] === 'string'))
	);
}

function isLocation(sent: Json): boolean {
	if (!isJsonObject(sent)) return false;
	return isWithin(sent['latitude'], 90) && isWithin(sent['longitude'], 180);
}

function isWithin(degrees: Json | undefined, limit: number): boolean {
	return typeof degrees === 'number' && Math.abs(degrees) <= limit;
}

function isState(sent: Json): boolean {
	return typeof sent === 'string' && SUBSCRIPTION_STATES.includes(sent);
}

function isTimeZone(sent: Json): boolean {
	return typeof sent === 'string' && (TIME_ZONES.has(sent) || sent === 'UTC' || sent === 'Etc/UTC');
}

function matches(sent: Json, pattern: RegExp): boolean {
	return typeof sent === 'string' && pattern.test(sent);
}

function set(value: Json): FieldChange {
	return { kind: 'set', value };
}

function drop(reason: string): FieldChange {
	return { kind: 'drop', reason };
}

function reject(error: string): FieldChange {
	return { kind: 'reject', error };
}
