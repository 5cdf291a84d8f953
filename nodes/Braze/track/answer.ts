import { Failure } from '../../common/failure';
import { byLane, type Part } from '../../common/packing';
import type { ApiResponse } from '../../common/request';
import { redactJson } from '../../common/redaction';

/** One entry of `errors` in Braze's answer. */
interface TrackError {
	readonly type: string;
	/** The array it is about, and the place in that array as it was sent; without them it is about the whole request. */
	readonly lane: string | undefined;
	readonly index: number | undefined;
}

/**
 * Tells which objects of a track request Braze did not take: a success may carry errors, and each names its object by the array and the
 * index in that array as it was sent.
 * @returns for each part, in the order given, its failure or `undefined`
 */
export function failuresOf(
	response: ApiResponse,
	parts: readonly Part[],
): ReadonlyArray<Failure | undefined> {
	const errors = errorsOf(response.body);
	const lanes = byLane(parts);
	const failures = new Map<Part, Failure>();
	let ofAll =
		response.errorCode === undefined ? undefined : failure('Braze took nothing of the request', response);
	for (const error of errors) {
		const part =
			error.lane === undefined || error.index === undefined
				? undefined
				: lanes.get(error.lane)?.[error.index];
		if (part) failures.set(part, failures.get(part) ?? failure(error.type, response));
		else ofAll = failure(error.type, response);
	}
	return parts.map((part) => failures.get(part) ?? ofAll);
}

function failure(type: string, { status }: ApiResponse): Failure {
	return new Failure({
		message: `Braze rejected the object: ${REASONS.get(type) ?? type}`,
		description: REASONS.get(type) === undefined ? undefined : type,
		status,
		code: type,
	});
}

/** Braze's item error codes in words; its other errors are sentences already. */
const REASONS: ReadonlyMap<string, string> = new Map(
	Object.entries({
		BAD_EMAIL_SUBSCRIPTION_STATE: 'email_subscribe is none of opted_in, subscribed, unsubscribed',
		BAD_PUSH_SUBSCRIPTION_STATE: 'push_subscribe is none of opted_in, subscribed, unsubscribed',
		BAD_SUBSCRIPTION_GROUP_ID: 'there is no such subscription group',
		BAD_SUBSCRIPTION_GROUP_STATE: 'the state of a subscription group is none of subscribed, unsubscribed',
		BLACKLISTED_EXTERNAL_USER_ID: 'this external ID is blocked',
		EMAIL_BAD_FORMAT: 'the email address is not valid',
		EXTERNAL_USER_ID_TOO_LARGE: 'the external ID is too long',
	}),
);

function errorsOf(body: unknown): TrackError[] {
	const errors: unknown =
		typeof body === 'object' && body !== null && 'errors' in body ? body.errors : undefined;
	return Array.isArray(errors) ? errors.map(errorOf) : [];
}

function errorOf(error: unknown): TrackError {
	if (typeof error !== 'object' || error === null)
		return { type: String(error), lane: undefined, index: undefined };
	const type =
		'type' in error && typeof error.type === 'string'
			? error.type
			: JSON.stringify(redactJson(error, (text) => text));
	const lane =
		'input_array' in error && typeof error.input_array === 'string' ? error.input_array : undefined;
	const index = 'index' in error && typeof error.index === 'number' ? error.index : undefined;
	return { type, lane, index };
}
