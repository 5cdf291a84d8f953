import type { Failure } from '../common/failure';
import type { Part } from '../common/packing';
import { isRecord } from '../common/record';
import type { ApiResponse } from '../common/request';
import { failuresOf } from './track/answer';

/**
 * Tells which objects of a request with one array Braze did not take. Braze calls that array by other names in its errors (for
 * `aliases_to_identify` it says `user_identifiers`), so only the index counts.
 * @returns for each part, in the order given, its failure or `undefined`
 */
export function failuresByIndex(
	response: ApiResponse,
	parts: readonly Part[],
): ReadonlyArray<Failure | undefined> {
	const { body } = response;
	const lane = parts[0]?.lane;
	if (!isRecord(body) || !Array.isArray(body.errors) || lane === undefined)
		return failuresOf(response, parts);
	const errors = body.errors.map((error: unknown) =>
		isRecord(error) && typeof error.index === 'number' ? { ...error, input_array: lane } : error,
	);
	return failuresOf({ ...response, body: { ...body, errors } }, parts);
}
