import type { FastifyError, FastifyRequest } from 'fastify';
import type { RateLimitUsage } from '../common/rate-limit.mts';
import type { Refusal, ServiceManners } from '../common/service.mts';
import type { Clock } from '../common/clock.mts';
import type { Permission } from './api-keys.mts';
import type { BrazeState } from './state.mts';

declare module 'fastify' {
	interface FastifyContextConfig {
		/** What an API key must be allowed to do. */
		permission?: Permission;
		/** Status for a body beyond the limit, 413 unless given. */
		tooLargeStatus?: number;
	}
}

interface MannersContext {
	readonly state: BrazeState;
	readonly clock: Clock;
}

/** Largest request body of most endpoints, in bytes. */
const BODY_LIMIT = 4 * 1024 * 1024;

/** Braze's ways around its routes: the key first (401), then its permission (403), then the body (400, 413). */
export function brazeManners({ state, clock }: MannersContext): ServiceManners {
	return {
		name: 'braze',
		bodyLimit: BODY_LIMIT,
		authorize: (request) => authorize(state, request),
		quotaHeaders: (usage) => quotaHeaders(state, clock, usage),
		quotaExceeded: (usage) => quotaExceeded(state, clock, usage),
		unknownRoute: () => refusal(404, 'Not Found'),
		failed,
	};
}

function authorize(state: BrazeState, request: FastifyRequest): Refusal | undefined {
	const key = /^Bearer\s+(.*)$/i.exec(request.headers.authorization ?? '')?.[1]?.trim() ?? '';
	// Echoing the key is what Braze does, and why clients have to redact this message.
	if (!state.keys.has(key)) return refusal(401, `Invalid API key: ${key}`);
	const { permission } = request.routeOptions.config;
	if (permission === undefined || state.keys.allows(key, permission)) return undefined;
	return refusal(403, `Access Denied: the API key lacks the permission '${permission}'`);
}

function quotaHeaders(state: BrazeState, clock: Clock, usage: RateLimitUsage): Record<string, string> {
	if (state.settings.rateLimitHeaders === 'retry after' && usage.exceeded) return {};
	const reset =
		state.settings.rateLimitHeaders === 'seconds left'
			? secondsLeft(clock, usage)
			: Math.ceil(usage.resetAt / 1000);
	return {
		'X-RateLimit-Limit': String(usage.limit),
		'X-RateLimit-Remaining': String(usage.remaining),
		'X-RateLimit-Reset': String(reset),
	};
}

function quotaExceeded(state: BrazeState, clock: Clock, usage: RateLimitUsage): Refusal {
	const answer = refusal(429, 'Rate limit exceeded');
	if (state.settings.rateLimitHeaders !== 'retry after') return answer;
	return { ...answer, headers: { 'X-Ratelimit-Retry-After': String(secondsLeft(clock, usage)) } };
}

function secondsLeft(clock: Clock, usage: RateLimitUsage): number {
	return Math.max(1, Math.ceil((usage.resetAt - clock.millis()) / 1000));
}

function failed(error: FastifyError, request: FastifyRequest): Refusal {
	if (error instanceof SyntaxError) return { status: 400, body: { error: error.message } };
	if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
		return refusal(request.routeOptions.config.tooLargeStatus ?? 413, 'The request body is too large');
	}
	return refusal(error.statusCode ?? 500, error.message);
}

function refusal(status: number, message: string): Refusal {
	return { status, body: { message } };
}
