import { identifierOf } from './identifiers.mts';
import { isJsonArray, isJsonObject, own, type Json, type JsonObject } from './json.mts';
import { trackAttributes, trackEvent, trackPurchase, type TrackOutcome, type TrackTarget } from './track.mts';
import type { Profile } from './profile.mts';

/** The arrays of a request, in the order in which Braze works through them. */
export const TRACK_ARRAYS = ['attributes', 'events', 'purchases'] as const;
export type TrackArray = (typeof TRACK_ARRAYS)[number];

/** Most objects of one request; what is left out is not limited. */
export interface TrackLimits {
	/** In all three arrays together. */
	readonly combined?: number;
	/** In each array. */
	readonly perArray?: number;
	/** For one user. */
	readonly perUser?: number;
}

/** One entry of `errors`; `index` counts within the array as it was sent. */
export interface TrackError {
	readonly type: string;
	readonly input_array: TrackArray;
	readonly index: number;
}

/** What a request came to. */
export interface TrackResult {
	/** Why nothing at all was processed. */
	readonly fatal?: string;
	/** Objects taken, for each array that was sent. */
	readonly processed: Partial<Record<TrackArray, number>>;
	readonly errors: readonly TrackError[];
	readonly dataPoints: number;
	/** The profiles that were changed, once for each object. */
	readonly profiles: readonly Profile[];
}

const APPLY: Record<TrackArray, (target: TrackTarget, object: JsonObject) => TrackOutcome> = {
	attributes: trackAttributes,
	events: trackEvent,
	purchases: trackPurchase,
};

const NO_VALID_DATA = "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.";
const TOO_MANY = 'Max Input Length Exceeded';

/** Applies a whole request: attributes, then events, then purchases, each object on its own. */
export function trackRequest(target: TrackTarget, body: Json | undefined, limits: TrackLimits): TrackResult {
	const arrays = arraysOf(body);
	if (typeof arrays === 'string') return fatal(arrays);
	const total = TRACK_ARRAYS.reduce((sum, name) => sum + (arrays[name]?.length ?? 0), 0);
	if (total === 0) return fatal(NO_VALID_DATA);
	if (isBeyond(arrays, total, limits)) return fatal(TOO_MANY);
	const processed: Partial<Record<TrackArray, number>> = {};
	const errors: TrackError[] = [];
	const profiles: Profile[] = [];
	let dataPoints = 0;
	for (const name of TRACK_ARRAYS) {
		const objects = arrays[name];
		if (objects === undefined) continue;
		let taken = 0;
		objects.forEach((object, index) => {
			const outcome = isJsonObject(object)
				? APPLY[name](target, object)
				: { error: `'${name}' takes objects` };
			if ('error' in outcome) {
				errors.push({ type: outcome.error, input_array: name, index });
				return;
			}
			taken++;
			dataPoints += outcome.dataPoints;
			if (outcome.profile !== undefined) profiles.push(outcome.profile);
		});
		processed[name] = taken;
	}
	const nothingValid = errors.length === total;
	return { ...(nothingValid && { fatal: NO_VALID_DATA }), processed, errors, dataPoints, profiles };
}

type Arrays = Partial<Record<TrackArray, readonly Json[]>>;

function arraysOf(body: Json | undefined): Arrays | string {
	if (!isJsonObject(body)) return NO_VALID_DATA;
	const arrays: Arrays = {};
	for (const name of TRACK_ARRAYS) {
		const value = own(body, name);
		if (value === undefined || value === null) continue;
		if (!isJsonArray(value)) return `'${name}' must be an array`;
		arrays[name] = value;
	}
	return arrays;
}

function isBeyond(arrays: Arrays, total: number, limits: TrackLimits): boolean {
	const { combined = Infinity, perArray = Infinity, perUser } = limits;
	if (total > combined || TRACK_ARRAYS.some((name) => (arrays[name]?.length ?? 0) > perArray)) return true;
	return perUser !== undefined && mostOfOneUser(arrays) > perUser;
}

function mostOfOneUser(arrays: Arrays): number {
	const counts = new Map<string, number>();
	let most = 0;
	for (const name of TRACK_ARRAYS) {
		for (const object of arrays[name] ?? []) {
			const result = isJsonObject(object) ? identifierOf(object) : undefined;
			if (result === undefined || 'error' in result) continue;
			const user = JSON.stringify(result.identifier);
			const count = (counts.get(user) ?? 0) + 1;
			counts.set(user, count);
			most = Math.max(most, count);
		}
	}
	return most;
}

function fatal(message: string): TrackResult {
	return { fatal: message, processed: {}, errors: [], dataPoints: 0, profiles: [] };
}
