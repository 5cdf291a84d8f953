import type { Limits, Part } from '../../../common/packing';
import { bodyOf } from '../../../common/packing';
import type { Failure } from '../../../common/failure';
import type { Run } from '../../../common/operation';
import { failuresByIndex } from '../../batchAnswer';

/** Most users of one request to the endpoints for aliases, identifying, merging, deleting and exporting. */
export const FIFTY: Limits = { combined: 50, perLane: 50, bytes: 4 * 1024 * 1024 };

/**
 * Sends one request about up to 50 users and tells which Braze did not take.
 * @param rest what the request carries beside them
 */
export async function sendUsers(
	run: Run,
	parts: readonly Part[],
	path: '/users/alias/new' | '/users/identify' | '/users/merge',
	rest: Readonly<Record<string, unknown>> = {},
): Promise<ReadonlyArray<Failure | undefined>> {
	const response = await run.client.send({
		method: 'POST',
		path,
		body: bodyOf(parts, rest),
		// Once done, there is nothing left for a second request; but by an email or a phone it would find the next profile.
		repeatable: parts.every(({ text }) => !text.includes('"prioritization":')),
	});
	if (response.status === 202 && path !== '/users/merge')
		run.note('Braze is under maintenance and has queued what was sent');
	return failuresByIndex(response, parts);
}
