import type { Clock } from '../common/clock.mts';
import type { Random } from '../common/random.mts';
import type { Identifier, UserAlias } from './identifiers.mts';
import type { Json } from './json.mts';
import { Profile } from './profile.mts';

/** Latest changed profiles that are remembered for people who look on. */
const RECENT = 50;

/** Every profile, found by each of its identifiers in constant time. */
export class Profiles {
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #byBrazeId = new Map<string, Profile>();
	readonly #byExternalId = new Map<string, Profile>();
	readonly #byAlias = new Map<string, Profile>();
	readonly #byField = { email: new Map<string, Set<Profile>>(), phone: new Map<string, Set<Profile>>() };
	readonly #recent = new Set<Profile>();

	constructor(clock: Clock, random: Random) {
		this.#clock = clock;
		this.#random = random;
	}

	/** Number of profiles. */
	get size(): number {
		return this.#byBrazeId.size;
	}

	/** All profiles, oldest first. */
	all(): IterableIterator<Profile> {
		return this.#byBrazeId.values();
	}

	/** The latest changed profiles, latest first. */
	recent(): Profile[] {
		return [...this.#recent].reverse();
	}

	/** The profile an identifier belongs to; of several with one email or phone number, the latest changed. */
	find(identifier: Identifier): Profile | undefined {
		if ('external_id' in identifier) return this.#byExternalId.get(identifier.external_id);
		if ('braze_id' in identifier) return this.#byBrazeId.get(identifier.braze_id);
		if ('user_alias' in identifier) return this.#byAlias.get(aliasKey(identifier.user_alias));
		return latest(this.findAll(identifier));
	}

	/** Every profile with an email or a phone number. */
	findAll(field: { readonly email: string } | { readonly phone: string }): ReadonlySet<Profile> {
		const profiles =
			'email' in field
				? this.#byField.email.get(fieldKey('email', field.email))
				: this.#byField.phone.get(fieldKey('phone', field.phone));
		return profiles ?? new Set();
	}

	/** Makes a new profile; undefined for a braze_id, which only Braze hands out. */
	create(identifier: Identifier): Profile | undefined {
		if ('braze_id' in identifier) return undefined;
		const id = this.#random.text(24, '0123456789abcdef');
		const profile = new Profile(id, this.#clock.millis(), this.#random.integer(0, 9999));
		this.#byBrazeId.set(id, profile);
		if ('external_id' in identifier) {
			profile.externalId = identifier.external_id;
			this.#byExternalId.set(identifier.external_id, profile);
		} else if ('user_alias' in identifier) {
			profile.aliases.push(identifier.user_alias);
			this.#byAlias.set(aliasKey(identifier.user_alias), profile);
		} else if ('email' in identifier) this.setField(profile, 'email', identifier.email);
		else this.setField(profile, 'phone', identifier.phone);
		return profile;
	}

	/** Gives a profile an alias in place of the one it has under that label; false when another profile has the alias. */
	addAlias(profile: Profile, alias: UserAlias): boolean {
		const owner = this.#byAlias.get(aliasKey(alias));
		if (owner !== undefined) return owner === profile;
		const same = profile.aliases.findIndex(({ alias_label }) => alias_label === alias.alias_label);
		const replaced = same === -1 ? undefined : profile.aliases.splice(same, 1)[0];
		if (replaced !== undefined) this.#byAlias.delete(aliasKey(replaced));
		profile.aliases.push(alias);
		this.#byAlias.set(aliasKey(alias), profile);
		return true;
	}

	/** Gives a profile without an external ID one that nobody has. */
	setExternalId(profile: Profile, externalId: string): void {
		profile.externalId = externalId;
		this.#byExternalId.set(externalId, profile);
	}

	/** Takes a profile away. */
	remove(profile: Profile): void {
		for (const name of ['email', 'phone'] as const) this.setField(profile, name, null);
		if (profile.externalId !== undefined) this.#byExternalId.delete(profile.externalId);
		for (const alias of profile.aliases) this.#byAlias.delete(aliasKey(alias));
		this.#byBrazeId.delete(profile.brazeId);
		this.#recent.delete(profile);
	}

	/** Merges one profile into another, which keeps what it has; the merged one is gone. Aliases move with their labels. */
	merge(merged: Profile, kept: Profile): void {
		const fields = Object.entries(merged.standardFields);
		const aliases = [...merged.aliases];
		this.remove(merged);
		for (const [name, value] of fields) {
			if (kept.standardFields[name] === undefined) this.setField(kept, name, value);
		}
		for (const alias of aliases) {
			const taken = kept.aliases.some(({ alias_label }) => alias_label === alias.alias_label);
			if (!taken) this.addAlias(kept, alias);
		}
		kept.absorb(merged);
		this.touch(kept);
	}

	/** Stores a standard field, null removes it; email and phone stay findable. */
	setField(profile: Profile, name: string, value: Json): void {
		if (name === 'email' || name === 'phone') this.#reindex(profile, name, value);
		if (value === null) delete profile.standardFields[name];
		else profile.standardFields[name] = value;
	}

	/** Notes that a profile has just been changed. */
	touch(profile: Profile): void {
		profile.updatedAt = this.#clock.millis();
		this.#recent.delete(profile);
		this.#recent.add(profile);
		if (this.#recent.size <= RECENT) return;
		for (const oldest of this.#recent) {
			this.#recent.delete(oldest);
			return;
		}
	}

	#reindex(profile: Profile, name: 'email' | 'phone', value: Json): void {
		const index = this.#byField[name];
		const before = profile.standardFields[name];
		if (typeof before === 'string') {
			const sharing = index.get(fieldKey(name, before));
			sharing?.delete(profile);
			if (sharing?.size === 0) index.delete(fieldKey(name, before));
		}
		if (typeof value !== 'string') return;
		const key = fieldKey(name, value);
		const sharing = index.get(key);
		if (sharing === undefined) index.set(key, new Set([profile]));
		else sharing.add(profile);
	}
}

function latest(profiles: ReadonlySet<Profile>): Profile | undefined {
	let found: Profile | undefined;
	for (const profile of profiles)
		if (found === undefined || profile.updatedAt >= found.updatedAt) found = profile;
	return found;
}

function aliasKey(alias: UserAlias): string {
	return JSON.stringify([alias.alias_label, alias.alias_name]);
}

/** Emails compare without case, phone numbers by their digits. */
function fieldKey(name: 'email' | 'phone', value: string): string {
	return name === 'email' ? value.toLowerCase() : value.replace(/\D/g, '');
}
