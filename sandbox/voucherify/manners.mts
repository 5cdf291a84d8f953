import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Refusal, ServiceManners } from '../common/service.mts';
import type { RateLimitUsage } from '../common/rate-limit.mts';
import { refusalFor, VoucherifyError } from './errors.mts';
import type { OAuth } from './oauth.mts';

/** The documented limit of bulk requests is 10 MB. */
const BODY_LIMIT = 10 * 1024 * 1024;

/** What opens the API. */
export interface VoucherifyKeys {
	readonly applicationId: string;
	readonly secretKey: string;
	/** Of the Management API. */
	readonly managementId: string;
	readonly managementToken: string;
}

/** How Voucherify behaves around its routes: keys and tokens, quota headers and the shape of errors. */
export function voucherifyManners(
	keys: VoucherifyKeys,
	{ oauth }: { readonly oauth: Pick<OAuth, 'refusal'> },
): ServiceManners {
	return {
		name: 'voucherify',
		bodyLimit: BODY_LIMIT,
		authorize: (request) => {
			if (bringsItsOwnProof(request)) return undefined;
			const refusal = refusalOf(request, keys, oauth);
			return refusal === undefined ? undefined : refusalFor(refusal, requestId(request));
		},
		quotaHeaders,
		quotaExceeded: (usage) => ({
			status: 429,
			headers: { 'retry-after': String(secondsUntilReset(usage)) },
			body: { code: 429, message: 'Too many requests hit the API too quickly.' },
		}),
		unknownRoute: (request) =>
			refusalFor(
				new VoucherifyError(
					404,
					'resource_not_found',
					'Resource not found',
					`Cannot find ${request.method} ${request.url.split('?')[0]}`,
				),
				requestId(request),
			),
		failed: (error, request) => failed(error, request),
	};
}

function refusalOf(
	{ url, headers }: FastifyRequest,
	keys: VoucherifyKeys,
	oauth: Pick<OAuth, 'refusal'>,
): VoucherifyError | undefined {
	if (url.startsWith('/management/')) {
		const { 'x-management-id': id, 'x-management-token': token } = headers;
		if (same(id, keys.managementId) && same(token, keys.managementToken)) return undefined;
		return unauthorized('Please provide valid X-Management-Id and X-Management-Token headers.');
	}
	const { 'x-app-id': id, 'x-app-token': token, authorization = '' } = headers;
	if (same(id, keys.applicationId) && same(token, keys.secretKey)) return undefined;
	const bearer = /^Bearer (.+)$/i.exec(authorization)?.[1];
	// Tokens are asked for, looked into and ended with the keys themselves.
	if (bearer !== undefined && !url.startsWith('/v1/oauth/')) return oauth.refusal(bearer, url);
	return unauthorized('Please provide valid X-App-Id and X-App-Token headers.');
}

function unauthorized(details: string): VoucherifyError {
	return new VoucherifyError(401, 'unauthorized', 'Unauthorized', details);
}

function failed(error: Error & { statusCode?: number }, request: FastifyRequest): Refusal {
	if (error instanceof VoucherifyError) return refusalFor(error, requestId(request));
	const status = error.statusCode ?? 500;
	// The documented exception: bodies that are too large are refused in another shape.
	if (status === 413) {
		return { status, body: { statusCode: 413, error: 'Payload Too Large', message: error.message } };
	}
	const key = status < 500 ? 'invalid_payload' : 'internal_error';
	const message = status < 500 ? 'Invalid payload' : 'Internal error';
	return refusalFor(new VoucherifyError(status, key, message, error.message), requestId(request));
}

function quotaHeaders(usage: RateLimitUsage): Readonly<Record<string, string>> {
	return {
		'x-rate-limit-limit': String(usage.limit),
		'x-rate-limit-remaining': String(usage.remaining),
		'x-rate-limit-retry': String(Math.ceil(usage.resetAt / 1000)),
		'x-rate-limit-type': 'api_calls',
	};
}

function secondsUntilReset(usage: RateLimitUsage): number {
	return Math.max(1, Math.ceil((usage.resetAt - usage.now) / 1000));
}

/** Downloads prove themselves by the token in their address, and pictures of codes are open to everybody. */
function bringsItsOwnProof(request: FastifyRequest): boolean {
	const isDownload = request.url.startsWith('/v1/exports/') && /[?&]token=/.test(request.url);
	return isDownload || /^\/(assets|downloads)\//.test(request.url);
}

function same(given: string | string[] | undefined, expected: string): boolean {
	return typeof given === 'string' && timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

function requestId(request: FastifyRequest): string {
	return `v-${request.id}`;
}
