import type { FastifyInstance, FastifyReply } from 'fastify';
import { has, isJsonArray, isJsonObject, type Json } from '../json.mts';
import type { Profile } from '../profile.mts';
import type { BrazeState } from '../state.mts';
import { TRACK_ARRAYS, type TrackResult } from '../track-request.mts';
import { requireJson, type JsonRoute } from './json-body.mts';

const BULK_BODY_LIMIT = 2 * 1024 * 1024;

/** POST /users/track, /users/track/bulk and /users/track/sync. */
export function registerUsersTrack(app: FastifyInstance, state: BrazeState): void {
	app.post<JsonRoute>(
		'/users/track',
		{ preHandler: requireJson, config: { permission: 'users.track' } },
		(request, reply) => answer(reply, state.track(request.body)),
	);
	app.post<JsonRoute>(
		'/users/track/bulk',
		{
			preHandler: requireJson,
			bodyLimit: BULK_BODY_LIMIT,
			config: { permission: 'users.track.bulk', tooLargeStatus: 400 },
		},
		(request, reply) => answer(reply, state.trackBulk(request.body)),
	);
	app.post<JsonRoute>(
		'/users/track/sync',
		{ preHandler: requireJson, config: { permission: 'users.track.sync' } },
		(request, reply) => {
			const result = state.trackSync(request.body);
			if (result.fatal !== undefined) return answer(reply, result);
			const users = result.profiles.map((profile) => syncedUser(profile, request.body));
			return reply.code(201).send({ message: 'success', users });
		},
	);
}

function answer(reply: FastifyReply, result: TrackResult): FastifyReply {
	const counts: Record<string, number> = {};
	for (const array of TRACK_ARRAYS) {
		const count = result.processed[array];
		if (count !== undefined) counts[`${array}_processed`] = count;
	}
	const errors = result.errors.length > 0 ? { errors: result.errors } : {};
	if (result.fatal !== undefined) return reply.code(400).send({ message: result.fatal, ...errors });
	return reply.code(201).send({ message: 'success', ...counts, ...errors });
}

/** The resulting profile, with no other attributes, events and products than those named in the request. */
function syncedUser(profile: Profile, body: Json | undefined): Record<string, unknown> {
	const attributes = Object.entries(profile.customAttributes).filter(([name]) =>
		names(body, 'attributes', name),
	);
	const events = Array.from(profile.eventCounts, ([name, times]) => ({ name, ...times }));
	const products = Array.from(profile.purchaseCounts, ([product_id, times]) => ({ product_id, ...times }));
	const fields = Object.entries(profile.standardFields).filter(
		([name]) => name === 'email' || name === 'phone' || names(body, 'attributes', name),
	);
	return {
		...(profile.externalId !== undefined && { external_id: profile.externalId }),
		braze_id: profile.brazeId,
		...Object.fromEntries(fields),
		...(profile.aliases.length > 0 && { user_alias: profile.aliases[0] }),
		...(attributes.length > 0 && { custom_attributes: Object.fromEntries(attributes) }),
		...pick(
			'custom_events',
			events.filter(({ name }) => holds(body, 'events', 'name', name)),
		),
		...pick(
			'purchase_events',
			products.filter((p) => holds(body, 'purchases', 'product_id', p.product_id)),
		),
	};
}

function pick<Entry>(name: string, entries: readonly Entry[]): Record<string, readonly Entry[]> {
	return entries.length > 0 ? { [name]: entries } : {};
}

/** Whether an object of the array has a property of that name. */
function names(body: Json | undefined, array: string, property: string): boolean {
	return objectsOf(body, array).some((object) => isJsonObject(object) && has(object, property));
}

/** Whether an object of the array has that value in the property. */
function holds(body: Json | undefined, array: string, property: string, value: string): boolean {
	return objectsOf(body, array).some((object) => isJsonObject(object) && object[property] === value);
}

function objectsOf(body: Json | undefined, array: string): readonly Json[] {
	const objects = isJsonObject(body) ? body[array] : undefined;
	return isJsonArray(objects) ? objects : [];
}
