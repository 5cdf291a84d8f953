import { isJsonArray, type Json } from '../json.mts';
import type { Profile } from '../profile.mts';

const RULES = ['identified', 'unidentified', 'most_recently_updated', 'least_recently_updated'] as const;

/** Which of several profiles with one email or phone number is meant, in order of application. */
export type Prioritization = readonly (typeof RULES)[number][];

/** Reads a prioritization: known rules without repetition, never identified and unidentified together. */
export function readPrioritization(value: Json | undefined): Prioritization | undefined {
	if (!isJsonArray(value) || value.length === 0) return undefined;
	const rules = RULES.filter((rule) => value.includes(rule));
	if (rules.length !== value.length || (value.includes('identified') && value.includes('unidentified'))) {
		return undefined;
	}
	return value.flatMap((sent) => rules.filter((rule) => rule === sent));
}

/** The one profile that is left when all rules were applied; undefined when there is none, or still more than one. */
export function chosen(profiles: Iterable<Profile>, prioritization: Prioritization): Profile | undefined {
	let left = [...profiles];
	for (const rule of prioritization) {
		if (rule === 'identified') left = left.filter(({ externalId }) => externalId !== undefined);
		else if (rule === 'unidentified') left = left.filter(({ externalId }) => externalId === undefined);
		else left = extreme(left, rule === 'most_recently_updated' ? Math.max : Math.min);
	}
	return left.length === 1 ? left[0] : undefined;
}

function extreme(profiles: readonly Profile[], pick: (...times: readonly number[]) => number): Profile[] {
	const time = pick(...profiles.map(({ updatedAt }) => updatedAt));
	return profiles.filter(({ updatedAt }) => updatedAt === time);
}
