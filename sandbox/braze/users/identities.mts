import { aliasOf } from '../identifiers.mts';
import { isJsonArray, isJsonObject, own, type Json, type JsonObject } from '../json.mts';
import type { Profile } from '../profile.mts';
import type { Profiles } from '../profiles.mts';
import { readNamedUser, type FindUser } from './named-user.mts';

/** Most entries of one list. */
const MOST = 50;

/** What a request is refused for as a whole. */
export interface Problem {
	readonly problem: string;
}

/** An entry that was not applied because of its form; `index` counts within its list as it was sent. */
export interface IdentifierError {
	readonly type: string;
	readonly input_array: 'user_identifiers';
	readonly index: number;
}

/** Entries whose form was right, whether or not they matched anybody, and the others. */
export interface Processed {
	readonly processed: number;
	readonly errors: readonly IdentifierError[];
}

/** POST /users/alias/new: aliases of existing users, or new users that have nothing but an alias. */
export function addAliases(profiles: Profiles, body: Json | undefined): Processed | Problem {
	const entries = listOf(body, 'user_aliases');
	if ('problem' in entries) return entries;
	return applyEach(entries.list, (entry) => {
		const user_alias = aliasOf(entry);
		if (user_alias === undefined) return "'alias_name' and 'alias_label' are required";
		const external_id = own(entry, 'external_id');
		if (external_id === undefined) {
			if (profiles.find({ user_alias }) === undefined) profiles.create({ user_alias });
			return undefined;
		}
		if (typeof external_id !== 'string') return "'external_id' must be a string";
		const profile = profiles.find({ external_id });
		if (profile !== undefined && profiles.addAlias(profile, user_alias)) profiles.touch(profile);
		return undefined;
	});
}

const IDENTIFIED_BY = {
	aliases_to_identify: ['user_alias'],
	emails_to_identify: ['email', 'prioritization'],
	phone_numbers_to_identify: ['phone', 'prioritization'],
} as const;

/**
 * POST /users/identify: users without an external ID get one. Where a user with that external ID exists, the profile is
 * merged into it (`merge_behavior` merge, the default) or dissolved with its alias moved (none).
 */
export function identify(profiles: Profiles, body: Json | undefined): Processed | Problem {
	if (!isJsonObject(body)) return { problem: 'The request must hold a list of users to identify' };
	const behavior = own(body, 'merge_behavior') ?? 'merge';
	if (behavior !== 'merge' && behavior !== 'none')
		return { problem: "'merge_behavior' must be 'none' or 'merge'" };
	let found = false;
	let processed = 0;
	const errors: IdentifierError[] = [];
	for (const [name, keys] of Object.entries(IDENTIFIED_BY)) {
		if (own(body, name) === undefined) continue;
		found = true;
		const entries = listOf(body, name);
		if ('problem' in entries) return entries;
		const result = applyEach(entries.list, (entry) => {
			const external_id = own(entry, 'external_id');
			if (typeof external_id !== 'string' || external_id === '') return "'external_id' is required";
			const find = readNamedUser(Object.fromEntries(keys.map((key) => [key, own(entry, key) ?? null])));
			if (find === undefined) return `'${keys.join("' and '")}' must be valid`;
			give(profiles, find, external_id, behavior);
			return undefined;
		});
		if ('problem' in result) return result;
		processed += result.processed;
		errors.push(...result.errors);
	}
	return found ? { processed, errors } : { problem: 'The request must hold a list of users to identify' };
}

function give(profiles: Profiles, find: FindUser, external_id: string, behavior: 'merge' | 'none'): void {
	const profile = find(profiles);
	if (profile === undefined || profile.externalId !== undefined) return;
	const existing = profiles.find({ external_id });
	if (existing === undefined) {
		profiles.setExternalId(profile, external_id);
		profiles.touch(profile);
	} else if (behavior === 'merge') profiles.merge(profile, existing);
	else {
		const aliases = [...profile.aliases];
		profiles.remove(profile);
		for (const alias of aliases) profiles.addAlias(existing, alias);
		profiles.touch(existing);
	}
}

/** POST /users/merge: the profile to merge disappears in the one to keep. Pairs in which one is missing are passed over. */
export function merge(profiles: Profiles, body: Json | undefined): { readonly merged: number } | Problem {
	const updates = isJsonObject(body) ? own(body, 'merge_updates') : undefined;
	if (!isJsonArray(updates) || updates.length === 0)
		return { problem: "'merge_updates' must be an array of objects" };
	if (updates.length > MOST)
		return { problem: `a single request may not contain more than ${MOST} merge updates` };
	const pairs: [FindUser, FindUser][] = [];
	for (const update of updates) {
		if (!isJsonObject(update)) return { problem: "'merge_updates' must be an array of objects" };
		const { identifier_to_merge, identifier_to_keep, ...others } = update;
		if (
			identifier_to_merge === undefined ||
			identifier_to_keep === undefined ||
			Object.keys(others).length > 0
		) {
			return { problem: "'merge_updates' must only have 'identifier_to_merge' and 'identifier_to_keep'" };
		}
		const from = readNamedUser(identifier_to_merge);
		const to = readNamedUser(identifier_to_keep);
		if (from === undefined || to === undefined) {
			return {
				problem:
					'identifiers must hold an external_id, a user_alias, or an email or phone with prioritization',
			};
		}
		pairs.push([from, to]);
	}
	let merged = 0;
	for (const [from, to] of pairs) {
		const [gone, kept] = [from(profiles), to(profiles)];
		if (gone === undefined || kept === undefined || gone === kept) continue;
		profiles.merge(gone, kept);
		merged++;
	}
	return { merged };
}

const DELETED_BY: Readonly<Record<string, (entry: Json) => FindUser | undefined>> = {
	external_ids: (external_id) => readNamedUser({ external_id }),
	user_aliases: (user_alias) => readNamedUser({ user_alias }),
	braze_ids: (braze_id) =>
		typeof braze_id === 'string' ? (profiles) => profiles.find({ braze_id }) : undefined,
	email_addresses: (entry) =>
		typeof entry === 'string' ? (profiles) => only(profiles.findAll({ email: entry })) : readNamedUser(entry),
	phone_numbers: (entry) =>
		typeof entry === 'string' ? (profiles) => only(profiles.findAll({ phone: entry })) : readNamedUser(entry),
};

/** POST /users/delete: by exactly one kind of identifier; answers how many there were, which may be none. */
export function deleteUsers(
	profiles: Profiles,
	body: Json | undefined,
): { readonly deleted: number } | Problem {
	const names = isJsonObject(body) ? Object.keys(body) : [];
	const name = names[0] ?? '';
	const read = Object.hasOwn(DELETED_BY, name) ? DELETED_BY[name] : undefined;
	if (names.length !== 1 || read === undefined) {
		return { problem: `Exactly one of '${Object.keys(DELETED_BY).join("', '")}' is required` };
	}
	const entries = listOf(body, name);
	if ('problem' in entries) return entries;
	const users: FindUser[] = [];
	for (const entry of entries.list) {
		const find = read(entry);
		if (find === undefined) return { problem: `'${name}' holds an entry that is not valid` };
		users.push(find);
	}
	let deleted = 0;
	for (const find of users) {
		const profile = find(profiles);
		if (profile === undefined) continue;
		profiles.remove(profile);
		deleted++;
	}
	return { deleted };
}

function only(profiles: ReadonlySet<Profile>): Profile | undefined {
	const [first] = profiles;
	return profiles.size === 1 ? first : undefined;
}

function listOf(body: Json | undefined, name: string): { readonly list: readonly Json[] } | Problem {
	const list = isJsonObject(body) ? own(body, name) : undefined;
	if (!isJsonArray(list) || list.length === 0)
		return { problem: `'${name}' must be an array that is not empty` };
	if (list.length > MOST) return { problem: `a single request may not contain more than ${MOST} '${name}'` };
	return { list };
}

function applyEach(
	entries: readonly Json[],
	apply: (entry: JsonObject) => string | undefined,
): Processed | Problem {
	const errors: IdentifierError[] = [];
	entries.forEach((entry, index) => {
		const type = isJsonObject(entry) ? apply(entry) : 'an object is required';
		if (type !== undefined) errors.push({ type, input_array: 'user_identifiers', index });
	});
	const [first] = errors;
	if (first !== undefined && errors.length === entries.length) return { problem: first.type };
	return { processed: entries.length - errors.length, errors };
}
