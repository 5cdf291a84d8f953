import type { Clock } from '../common/clock.mts';
import { attributeName, changeAttribute, type AttributeChange, type AttributeRules } from './attributes.mts';
import { dataPointsOf } from './data-points.mts';
import type { DroppedValues } from './dropped-values.mts';
import { readEvent, readPurchase } from './events.mts';
import { identifierOf, type Identifier } from './identifiers.mts';
import { isJsonArray, isJsonObject, own, type Json, type JsonObject } from './json.mts';
import type { KnownNames } from './known-names.mts';
import type { Profile } from './profile.mts';
import type { Profiles } from './profiles.mts';
import { changeStandardField, isStandardField } from './standard-fields.mts';
import { withGroups } from './subscriptions.mts';

/** What becomes of one object: the data points it cost (and its profile, if there is one), or the error in the answer. */
export type TrackOutcome =
	{ readonly dataPoints: number; readonly profile: Profile | undefined } | { readonly error: string };

/** What one object of users/track is applied to. */
export interface TrackTarget {
	readonly clock: Clock;
	readonly profiles: Profiles;
	readonly names: KnownNames;
	readonly dropped: DroppedValues;
	readonly arrayLength: number;
	readonly blockedExternalIds: ReadonlySet<string>;
}

/** Keys of an attributes object that say whose data it is and how to apply it. */
const CONTROL = new Set([
	'external_id',
	'braze_id',
	'user_alias',
	'_update_existing_only',
	'_merge_objects',
	'push_token_import',
]);

/** Applies one attributes object; nothing is applied when it has an error. */
export function trackAttributes(target: TrackTarget, object: JsonObject): TrackOutcome {
	const identified = identify(target, object);
	if ('error' in identified) return identified;
	const { identifier } = identified;
	const fields: [string, Json][] = [];
	const attributes: [string, Json][] = [];
	const notes: [string, string][] = [];
	for (const [name, value] of Object.entries(object)) {
		if (CONTROL.has(name) || Object.hasOwn(identifier, name)) continue;
		if (!isStandardField(name)) {
			attributes.push([name, value]);
			continue;
		}
		const change = changeStandardField(name, value);
		if (change.kind === 'reject') return { error: change.error };
		if (change.kind === 'drop') notes.push([name, change.reason]);
		else fields.push([name, change.value]);
	}
	const profile = findOrCreate(target.profiles, identifier, own(object, '_update_existing_only'));
	if (profile === undefined) return { dataPoints: 0, profile };
	for (const [name, value] of fields) {
		const isGroups = name === 'subscription_groups' && isJsonArray(value);
		const groups = isGroups ? withGroups(profile, value.filter(isJsonObject)) : value;
		target.profiles.setField(profile, name, groups);
	}
	for (const [attribute, reason] of notes) {
		target.dropped.add({ user: nameOf(profile), attribute, outcome: 'dropped', reason });
	}
	const rules = { mergeObjects: own(object, '_merge_objects') === true, arrayLength: target.arrayLength };
	let dataPoints = fields.length;
	for (const [name, value] of attributes) dataPoints += setAttribute(target, profile, name, value, rules);
	target.profiles.touch(profile);
	return { dataPoints, profile };
}

/** Adds one custom event; the same event again is a second event. */
export function trackEvent(target: TrackTarget, object: JsonObject): TrackOutcome {
	const identified = identify(target, object);
	if ('error' in identified) return identified;
	const event = readEvent(object, target.clock.now());
	if ('error' in event) return event;
	const profile = findOrCreate(target.profiles, identified.identifier, own(object, '_update_existing_only'));
	if (profile === undefined) return { dataPoints: 0, profile };
	profile.addEvent(event.value);
	target.names.addEvent(event.value.name);
	target.profiles.touch(profile);
	return { dataPoints: 1, profile };
}

/** Adds one purchase; the same purchase again is a second purchase. */
export function trackPurchase(target: TrackTarget, object: JsonObject): TrackOutcome {
	const identified = identify(target, object);
	if ('error' in identified) return identified;
	const purchase = readPurchase(object, target.clock.now());
	if ('error' in purchase) return purchase;
	const profile = findOrCreate(target.profiles, identified.identifier, own(object, '_update_existing_only'));
	if (profile === undefined) return { dataPoints: 0, profile };
	profile.addPurchase(purchase.value);
	target.profiles.touch(profile);
	return { dataPoints: 1, profile };
}

function identify(target: TrackTarget, object: JsonObject): ReturnType<typeof identifierOf> {
	const result = identifierOf(object);
	if ('error' in result || !('external_id' in result.identifier)) return result;
	if (!target.blockedExternalIds.has(result.identifier.external_id)) return result;
	return { error: 'provided external_id is blacklisted and disallowed' };
}

/** The user's profile; new unless `_update_existing_only` forbids it, which is the default for an alias. */
function findOrCreate(
	profiles: Profiles,
	identifier: Identifier,
	updateExistingOnly: Json | undefined,
): Profile | undefined {
	const existing = profiles.find(identifier);
	if (existing !== undefined) return existing;
	const forbidden = typeof updateExistingOnly === 'boolean' ? updateExistingOnly : 'user_alias' in identifier;
	return forbidden ? undefined : profiles.create(identifier);
}

/** Applies one custom attribute; returns the data points it cost, none when Braze drops it. */
function setAttribute(
	target: TrackTarget,
	profile: Profile,
	sentName: string,
	value: Json,
	rules: AttributeRules,
): number {
	const named = attributeName(sentName);
	const change: AttributeChange =
		'reason' in named
			? { kind: 'drop', reason: named.reason }
			: changeAttribute(profile.customAttributes[named.name], value, rules);
	const note = change.kind === 'drop' ? change.reason : change.kind === 'set' ? change.shortened : undefined;
	if (note !== undefined) {
		const outcome = change.kind === 'drop' ? 'dropped' : 'shortened';
		target.dropped.add({ user: nameOf(profile), attribute: sentName, outcome, reason: note });
	}
	if (change.kind === 'drop' || 'reason' in named) return 0;
	if (change.kind === 'remove') delete profile.customAttributes[named.name];
	else {
		profile.customAttributes[named.name] = change.value;
		target.names.addAttribute(named.name, change.value);
	}
	return dataPointsOf(value);
}

function nameOf(profile: Profile): string {
	return profile.externalId ?? profile.aliases[0]?.alias_name ?? profile.brazeId;
}
