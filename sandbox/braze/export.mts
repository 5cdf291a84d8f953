import { aliasOf, type Identifier } from './identifiers.mts';
import { isJsonArray, isJsonObject, own, type Json, type JsonObject } from './json.mts';
import type { Occurrences, Profile } from './profile.mts';
import type { Profiles } from './profiles.mts';

/** Most identifiers of one request. */
const MOST_IDS = 50;
/** At most one of these may be in a request. */
const EXCLUSIVE = ['device_id', 'email_address', 'phone'] as const;

const FIELDS: ReadonlySet<string> = new Set([
	...['apps', 'attributed_campaign', 'attributed_source', 'attributed_adgroup', 'attributed_ad', 'braze_id'],
	...['campaigns_received', 'canvases_received', 'cards_clicked', 'country', 'created_at', 'created_from'],
	...[
		'custom_attributes',
		'custom_events',
		'devices',
		'dob',
		'email',
		'email_subscribe',
		'external_id',
		'first_name',
	],
	...[
		'gender',
		'home_city',
		'language',
		'last_coordinates',
		'last_name',
		'phone',
		'purchases',
		'push_subscribe',
	],
	...['push_tokens', 'random_bucket', 'time_zone', 'total_revenue', 'uninstalled_at', 'user_aliases'],
]);

/** The answer of users/export/ids, or why the request is refused. */
export type ExportAnswer =
	| { readonly users: readonly Record<string, unknown>[]; readonly invalid: readonly string[] }
	| { readonly problem: string };

/** Looks up the profiles that a request of users/export/ids asks for; `fieldsRequired` as in newer workspaces. */
export function exportProfiles(
	profiles: Profiles,
	body: Json | undefined,
	fieldsRequired: boolean,
): ExportAnswer {
	if (!isJsonObject(body)) return { problem: 'The request must hold at least one identifier' };
	const fields = fieldsOf(body, fieldsRequired);
	if (typeof fields === 'string') return { problem: fields };
	const wanted = identifiersOf(body);
	if (typeof wanted === 'string') return { problem: wanted };
	const found = new Set<Profile>();
	const invalid: string[] = [];
	for (const identifier of wanted) {
		if ('email' in identifier || 'phone' in identifier) {
			for (const profile of profiles.findAll(identifier)) found.add(profile);
			continue;
		}
		const profile = profiles.find(identifier);
		if (profile !== undefined) found.add(profile);
		else if ('external_id' in identifier) invalid.push(identifier.external_id);
		else if ('user_alias' in identifier) invalid.push(identifier.user_alias.alias_name);
	}
	return { users: [...found].map((profile) => exportedUser(profile, fields)), invalid };
}

/** A profile in the shape of an export; fields without a value are absent. */
export function exportedUser(
	profile: Profile,
	fields: ReadonlySet<string> | undefined,
): Record<string, unknown> {
	const all: Record<string, unknown> = {
		...profile.standardFields,
		created_at: new Date(profile.createdAt).toISOString(),
		external_id: profile.externalId,
		user_aliases: profile.aliases.length > 0 ? profile.aliases : undefined,
		braze_id: profile.brazeId,
		random_bucket: profile.randomBucket,
		total_revenue: profile.totalRevenue > 0 ? profile.totalRevenue : undefined,
		custom_attributes:
			Object.keys(profile.customAttributes).length > 0 ? profile.customAttributes : undefined,
		custom_events: occurrences(profile.eventCounts),
		purchases: occurrences(profile.purchaseCounts),
		last_coordinates: coordinates(profile.standardFields['current_location']),
	};
	const user: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(all)) {
		if (value !== undefined && FIELDS.has(name) && (fields === undefined || fields.has(name)))
			user[name] = value;
	}
	return user;
}

/** The fields that a request names, undefined for all of them, or why the request is refused. */
export function fieldsOf(body: JsonObject, required: boolean): ReadonlySet<string> | undefined | string {
	const sent = own(body, 'fields_to_export');
	if (sent === undefined || sent === null) return required ? "'fields_to_export' is required" : undefined;
	if (!isJsonArray(sent) || sent.length === 0) return "'fields_to_export' must be an array that is not empty";
	const names = new Set<string>();
	for (const name of sent) {
		if (typeof name !== 'string' || !FIELDS.has(name))
			return `'${String(name)}' is not a valid field to export`;
		names.add(name);
	}
	return names;
}

function identifiersOf(body: JsonObject): readonly Identifier[] | string {
	const externalIds = own(body, 'external_ids') ?? [];
	const userAliases = own(body, 'user_aliases') ?? [];
	if (!isJsonArray(externalIds) || !isJsonArray(userAliases)) {
		return "'external_ids' and 'user_aliases' must be arrays";
	}
	if (externalIds.length + userAliases.length > MOST_IDS)
		return `At most ${MOST_IDS} users can be exported at once`;
	if (EXCLUSIVE.filter((name) => own(body, name) !== undefined).length > 1) {
		return "Only one of 'device_id', 'email_address' or 'phone' is allowed";
	}
	const identifiers: Identifier[] = [];
	for (const external_id of externalIds) {
		if (typeof external_id !== 'string') return "'external_ids' must hold strings";
		identifiers.push({ external_id });
	}
	for (const sent of userAliases) {
		const user_alias = aliasOf(sent);
		if (user_alias === undefined)
			return "'user_aliases' must hold objects with 'alias_name' and 'alias_label'";
		identifiers.push({ user_alias });
	}
	const { braze_id, email_address, phone, device_id } = body;
	if (typeof braze_id === 'string') identifiers.push({ braze_id });
	if (typeof email_address === 'string') identifiers.push({ email: email_address });
	if (typeof phone === 'string') identifiers.push({ phone });
	if (identifiers.length === 0 && device_id === undefined)
		return 'The request must hold at least one identifier';
	return identifiers;
}

function occurrences(counts: ReadonlyMap<string, Occurrences>): Record<string, unknown>[] | undefined {
	return counts.size === 0 ? undefined : Array.from(counts, ([name, times]) => ({ name, ...times }));
}

/** Braze exports coordinates as [longitude, latitude]. */
function coordinates(location: Json | undefined): readonly Json[] | undefined {
	if (!isJsonObject(location)) return undefined;
	return [location['longitude'] ?? null, location['latitude'] ?? null];
}
