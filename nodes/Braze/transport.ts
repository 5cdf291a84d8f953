import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { baseUrl } from '../common/baseUrl';
import type { ApiResponse, Explanation, Headers, Service } from '../common/request';
import type { RateLimitReading } from '../common/rateLimit';

/** Above it, a reset header is a moment in epoch seconds; below, seconds from now. Braze sends either, by contract. */
const EPOCH = 1e9;

/** How Braze is reached, how it announces its limits, and what its errors mean. */
export const braze: Service = {
	name: 'Braze',
	credentialType: 'brazeApi',
	connection: ({ instance, baseUrl: own, apiKey, webhookSecret }: ICredentialDataDecryptedObject) => ({
		baseUrl: baseUrl('Braze', instance, own),
		secrets: [apiKey, webhookSecret].filter((secret): secret is string => typeof secret === 'string'),
	}),
	rateLimit,
	// By Braze's own word, a 502 did not reach its servers; 503 and 504 may have.
	refusedUnread: (status) => status === 502,
	explain,
};

function rateLimit(
	headers: Headers,
	now: number,
): RateLimitReading & { readonly retryAt?: number | undefined } {
	const resetsAt = moment(headers['x-ratelimit-reset'], now);
	return {
		remaining: number(headers['x-ratelimit-remaining']),
		resetsAt,
		// The header that a 429 carries is the more exact one.
		retryAt: moment(headers['x-ratelimit-retry-after'], now) ?? resetsAt,
	};
}

function moment(header: string | undefined, now: number): number | undefined {
	const value = number(header);
	if (value === undefined) return undefined;
	return value > EPOCH ? value * 1000 : now + value * 1000;
}

function number(header: string | undefined): number | undefined {
	const value = Number(header);
	return header === undefined || header.trim() === '' || !Number.isFinite(value) ? undefined : value;
}

/** A track request of which nothing could be used; `errors` tells why, object by object. */
const NOTHING_VALID = /valid data must be provided/i;

/** Documented as the label "Max Input Length Exceeded"; the exact words of the body are not. */
const TOO_MANY_OBJECTS = /max(imum)? input length|too many|no more than \d+/i;

function explain({ status, body }: ApiResponse): Explanation {
	const said = messageOf(body);
	switch (status) {
		case 400:
			return {
				message: `Braze refused the request: ${said}`,
				code: NOTHING_VALID.test(said) ? 'nothing_valid' : undefined,
				tooLarge: saysTooMany(said),
			};
		case 401:
			return {
				message: 'Braze does not know this API key',
				description:
					'Check the REST API key in the Braze credential, and that the instance is the one the key belongs to.',
			};
		case 403:
			return {
				message: 'This Braze API key may not do that',
				description: `Give the key the permission under Settings → APIs and Identifiers in Braze. ${said}`,
			};
		case 413:
			return { message: 'Braze found the request too large', description: said, tooLarge: true };
		case 429:
			return { message: 'The rate limit of Braze is used up', description: said };
		default:
			return status >= 500
				? { message: `Braze has a problem (${status})`, description: said }
				: { message: `Braze refused the request: ${said || `status ${status}`}` };
	}
}

function saysTooMany(said: string): boolean {
	const exceeds = said.search(/exceed/i);
	return TOO_MANY_OBJECTS.test(said) || (exceeds >= 0 && /limit|maximum/i.test(said.slice(exceeds)));
}

/** Braze puts its sentence into `message`, and into `error` when it could not read the request. */
function messageOf(body: unknown): string {
	if (typeof body === 'string') return body.slice(0, 300);
	if (typeof body !== 'object' || body === null) return '';
	if ('message' in body && typeof body.message === 'string') return body.message;
	return 'error' in body && typeof body.error === 'string' ? body.error : '';
}
