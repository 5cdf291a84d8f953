import type { IDataObject } from 'n8n-workflow';
import type { Run } from '../common/operation';
import { bodyOf, type Limits, type Part } from '../common/packing';
import { isRecord } from '../common/record';
import { rowsOf } from './answer';
import { IDENTIFYING_EXPORTS } from './exportFields';
import type { IdentifyBy } from './track/identifier';

/** Which field of an export names users by each identifier, and how many of them one request takes. */
export const PROFILE_REQUESTS = {
	externalId: { lane: 'external_ids', users: 50 },
	alias: { lane: 'user_aliases', users: 50 },
	brazeId: { lane: 'braze_id', users: 1 },
	email: { lane: 'email_address', users: 1 },
	phone: { lane: 'phone', users: 1 },
} as const satisfies Record<IdentifyBy, { lane: string; users: number }>;

/** What one request for profiles may hold. */
export function profileLimits(by: IdentifyBy): Limits {
	const { users } = PROFILE_REQUESTS[by];
	return { combined: users, perLane: users, bytes: 4 * 1024 * 1024 };
}

/**
 * Asks Braze for the profiles of users, in one request.
 * @param parts one for each user, in the lane of `PROFILE_REQUESTS`; the text is the identifier as JSON: a string, or an alias made of
 * `alias_name` and `alias_label`, in this order
 * @param fields names of fields to read; the IDs always come along
 * @returns for each part, in order, its profiles: none that Braze does not know, several only for an email or a phone
 */
export async function readProfiles(
	parts: readonly Part[],
	by: IdentifyBy,
	fields: Iterable<string>,
	run: Run,
): Promise<ReadonlyArray<readonly IDataObject[]>> {
	const { lane, users: perRequest } = PROFILE_REQUESTS[by];
	// Without its IDs nobody could tell whose profile it is.
	const fields_to_export = [...new Set([...IDENTIFYING_EXPORTS, ...fields])];
	const once = [...new Map(parts.map((part) => [part.text, part])).values()];
	const body =
		perRequest === 1
			? { [lane]: JSON.parse(once[0]?.text ?? '""') as string, fields_to_export }
			: bodyOf(once, { fields_to_export });
	const response = await run.client.send({
		method: 'POST',
		path: '/users/export/ids',
		body,
		repeatable: true,
		permission: 'users.export.ids',
		quota: 'users.export.ids',
	});
	const profiles = rowsOf(response, 'users').filter(isRecord);
	// Asked for one address alone, all that comes belongs to it.
	if (perRequest === 1) return parts.map(() => profiles);
	const found = new Map(
		profiles.flatMap((profile) => namesOf(profile, by).map((name) => [name, [profile]] as const)),
	);
	return parts.map(({ text }) => found.get(text) ?? []);
}

/** The external ID or the aliases of a profile, as JSON. */
function namesOf(profile: IDataObject, by: IdentifyBy): string[] {
	if (by === 'externalId') return [JSON.stringify(profile.external_id)];
	const aliases = Array.isArray(profile.user_aliases) ? profile.user_aliases.filter(isRecord) : [];
	return aliases.map(({ alias_name, alias_label }) => JSON.stringify({ alias_name, alias_label }));
}
