import { isJsonArray, isJsonObject, own, type Json, type JsonObject } from './json.mts';
import type { Profile } from './profile.mts';
import type { Profiles } from './profiles.mts';

/** Most users of one request. */
const MOST = 50;
const BOTH = 'Either an email address or a phone number should be provided, but not both.';
const FIELD = 'subscription_groups';

/** A subscription group of the workspace. */
export interface SubscriptionGroup {
	readonly id: string;
	readonly name: string;
	readonly channel: 'email' | 'sms';
}

/** Whose status GET /subscription/user/status asks for. */
export interface StatusQuery {
	readonly externalIds: readonly string[];
	readonly emails: readonly string[];
	readonly phones: readonly string[];
}

/** POST /subscription/status/set, one group for one or more users; undefined when it was accepted. */
export function setStatus(
	profiles: Profiles,
	groups: readonly SubscriptionGroup[],
	body: Json | undefined,
): string | undefined {
	return apply(profiles, groups, [body ?? null], ['external_id', 'email', 'phone']);
}

/** POST /v2/subscription/status/set, several groups at once. */
export function setStatuses(
	profiles: Profiles,
	groups: readonly SubscriptionGroup[],
	body: Json | undefined,
): string | undefined {
	const entries = isJsonObject(body) ? own(body, FIELD) : undefined;
	if (!isJsonArray(entries) || entries.length === 0) return `'${FIELD}' must be an array that is not empty`;
	return apply(profiles, groups, entries, ['external_ids', 'emails', 'phones']);
}

/** Users with their groups; those that Braze does not know are left out. */
export function statuses(
	profiles: Profiles,
	groups: readonly SubscriptionGroup[],
	{ externalIds, emails, phones }: StatusQuery,
): Record<string, unknown>[] {
	return [...found(profiles, externalIds, emails, phones)].map((profile) => ({
		external_id: profile.externalId ?? null,
		email: profile.standardFields['email'] ?? null,
		phone: profile.standardFields['phone'] ?? null,
		subscription_groups: entriesOf(profile).flatMap((entry) => {
			const group = groups.find(({ id }) => id === entry['subscription_group_id']);
			if (group === undefined) return [];
			const status = entry['subscription_state'] === 'subscribed' ? 'Subscribed' : 'Unsubscribed';
			return [{ ...group, status }];
		}),
	}));
}

type Names = readonly [externalIds: string, emails: string, phones: string];

/** Everything is read before anything is changed, so that a wrong entry refuses the request as a whole. */
function apply(
	profiles: Profiles,
	groups: readonly SubscriptionGroup[],
	entries: readonly Json[],
	names: Names,
): string | undefined {
	const changes: { readonly group: string; readonly state: string; readonly users: ReadonlySet<Profile> }[] =
		[];
	let named = 0;
	for (const entry of entries) {
		if (!isJsonObject(entry)) return 'A JSON object is required';
		const { subscription_group_id: group, subscription_state: state } = entry;
		if (typeof group !== 'string' || !groups.some(({ id }) => id === group))
			return 'Invalid Subscription Group ID';
		if (state !== 'subscribed' && state !== 'unsubscribed') {
			return "'subscription_state' must be 'subscribed' or 'unsubscribed'";
		}
		const [externalIds, emails, phones] = names.map((name) => texts(entry, name));
		if (externalIds === undefined || emails === undefined || phones === undefined) {
			return `'${names.join("', '")}' take strings`;
		}
		if (emails.length > 0 && phones.length > 0) return BOTH;
		const count = externalIds.length + emails.length + phones.length;
		if (count === 0) return `One of '${names.join("', '")}' is required`;
		named += count;
		changes.push({ group, state, users: found(profiles, externalIds, emails, phones) });
	}
	if (named > MOST) return `a single request may not contain more than ${MOST} users`;
	for (const { group, state, users } of changes) {
		for (const profile of users) {
			profiles.setField(
				profile,
				FIELD,
				withGroups(profile, [{ subscription_group_id: group, subscription_state: state }]),
			);
			profiles.touch(profile);
		}
	}
	return undefined;
}

/** A profile's groups after an update of some of them; the others stay as they are. */
export function withGroups(profile: Profile, changed: readonly JsonObject[]): readonly JsonObject[] {
	const isChanged = (entry: JsonObject) =>
		changed.some(({ subscription_group_id }) => subscription_group_id === entry['subscription_group_id']);
	return [...entriesOf(profile).filter((entry) => !isChanged(entry)), ...changed];
}

function found(
	profiles: Profiles,
	externalIds: readonly string[],
	emails: readonly string[],
	phones: readonly string[],
): ReadonlySet<Profile> {
	const users = new Set<Profile>();
	for (const external_id of externalIds) {
		const profile = profiles.find({ external_id });
		if (profile !== undefined) users.add(profile);
	}
	for (const email of emails) for (const profile of profiles.findAll({ email })) users.add(profile);
	for (const phone of phones) for (const profile of profiles.findAll({ phone })) users.add(profile);
	return users;
}

function entriesOf(profile: Profile): readonly JsonObject[] {
	const entries = profile.standardFields[FIELD];
	return isJsonArray(entries) ? entries.filter(isJsonObject) : [];
}

/** One text or a list of them; undefined when it is neither. */
function texts(object: JsonObject, name: string): readonly string[] | undefined {
	const value = own(object, name) ?? [];
	if (typeof value === 'string') return [value];
	if (!isJsonArray(value)) return undefined;
	const strings = value.filter((one) => typeof one === 'string');
	return strings.length === value.length ? strings : undefined;
}
