import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { baseUrl } from '../common/baseUrl';
import { shown } from '../common/failure';
import { isRecord } from '../common/record';
import type { ApiRequest, ApiResponse, Explanation, Headers, Service } from '../common/request';
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

/** A transactional email whose send ID is known already, and whose first request Braze has not finished. */
const SEND_QUEUED = /external reference has been queued/i;

function explain({ status, headers, body }: ApiResponse, request?: ApiRequest): Explanation {
	const said = messageOf(body);
	switch (status) {
		case 400:
			return {
				message: `Braze refused the request: ${said}`,
				code: codeOf(said),
				tooLarge: isTooLarge(said),
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
				description: `Give the key the permission${request?.permission === undefined ? '' : ` "${request.permission}"`} under Settings → APIs and Identifiers in Braze. ${said}`,
			};
		case 413:
			return { message: 'Braze found the request too large', description: said, tooLarge: true };
		case 429:
			return {
				message: 'The rate limit of Braze is used up',
				description: said,
				code: isUsedUp(headers) ? undefined : 'busy',
			};
		default:
			return status >= 500
				? { message: `Braze has a problem (${status})`, description: said }
				: { message: `Braze refused the request: ${said || `status ${status}`}` };
	}
}

/** What some operations take for an answer. */
function codeOf(said: string): string | undefined {
	if (NOTHING_VALID.test(said)) return 'nothing_valid';
	return SEND_QUEUED.test(said) ? 'send_queued' : undefined;
}

function isTooLarge(said: string): boolean {
	return (
		TOO_MANY_OBJECTS.test(said) ||
		says(said, /exceed/i, /limit|maximum/i) ||
		// Some endpoints answer 400 and not 413 to a body that is too large; the words are not documented.
		says(said, /(request|body|payload)\b/i, / too (large|big|long)/i)
	);
}

/** Whether a text holds one thing and, somewhere behind it, another: one pattern for both could be made slow. */
function says(text: string, first: RegExp, then: RegExp): boolean {
	const at = text.search(first);
	return at >= 0 && then.test(text.slice(at));
}

/** Whether it is the rate limit that a 429 is about; Braze answers so too when it is at work on something of which it does one at a time. */
function isUsedUp(headers: Headers): boolean {
	const saysWhen = headers['x-ratelimit-retry-after'] ?? headers['retry-after'];
	return saysWhen !== undefined || number(headers['x-ratelimit-remaining']) === 0;
}

/** Braze puts its sentence into `message`, and into `error` when it could not read the request; about catalogs it says more in `errors`. */
function messageOf(body: unknown): string {
	if (typeof body === 'string') return body.slice(0, 300);
	if (!isRecord(body)) return '';
	const said = [body.message, body.error].find((text) => typeof text === 'string') ?? '';
	const details = (Array.isArray(body.errors) ? body.errors : []).flatMap(detailOf);
	return details.length === 0 ? said : `${said}: ${details.join('; ')}`;
}

/** An entry of `errors` that has words of its own, with the parameters that it names. */
function detailOf(error: unknown): string[] {
	if (!isRecord(error) || typeof error.message !== 'string') return [];
	const { message, parameters, parameter_values: values } = error;
	if (!Array.isArray(parameters) || parameters.length === 0) return [message];
	const named = parameters.map((parameter, at) => {
		const value: unknown = Array.isArray(values) ? values[at] : undefined;
		return value === undefined ? String(parameter) : `${String(parameter)}: ${shown(value)}`;
	});
	return [`${message} (${named.join(', ')})`];
}
