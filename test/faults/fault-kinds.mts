import type { FaultEffect } from '../../sandbox/common/faults.mts';
import type { ServiceName } from '../../sandbox/common/service.mts';

/** One thing that can go wrong with a single request. */
export interface FaultKind {
	readonly name: string;
	/** Of one service only; of both when left out. */
	readonly service?: ServiceName;
	/** Of requests to these paths only. */
	readonly paths?: RegExp;
	readonly effect: (now: number) => FaultEffect;
	/** Before the service did its work, or after it. */
	readonly when: 'before' | 'after';
	/**
	 * What the sender can know: `refused`, the service did not act and may be asked again; `lost`, it may have acted; `rejected`, it did not
	 * act and asking again would not help; `taken`, it has acted and says so.
	 */
	readonly tells: 'refused' | 'lost' | 'rejected' | 'taken';
}

const limited = (
	name: string,
	headers: (now: number) => Record<string, string>,
	service?: ServiceName,
): FaultKind => ({
	name: `429, ${name}`,
	...(service === undefined ? {} : { service }),
	effect: (now) => ({
		kind: 'status',
		status: 429,
		headers: headers(now),
		body: { message: 'Too many requests' },
	}),
	when: 'before',
	tells: 'refused',
});
const inSeconds = (now: number, seconds: number): string => String(Math.floor(now / 1000) + seconds);

const LIMITS: readonly FaultKind[] = [
	limited('without headers', () => ({})),
	limited('Retry-After', () => ({ 'retry-after': '0.2' })),
	limited('X-Rate-Limit-Retry', (now) => ({ 'x-rate-limit-retry': inSeconds(now, 0) }), 'voucherify'),
	limited(
		'X-RateLimit-Reset as a moment',
		(now) => ({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(now, 0) }),
		'braze',
	),
	limited(
		'X-RateLimit-Reset in seconds',
		() => ({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0.2' }),
		'braze',
	),
	limited('X-RateLimit-Retry-After', () => ({ 'x-ratelimit-retry-after': '0.2' }), 'braze'),
];

const WHENS = ['before', 'after'] as const;
const lost = (name: string, when: FaultKind['when'], effect: FaultEffect): FaultKind => ({
	name: `${name}, ${when} the work`,
	effect: () => effect,
	when,
	tells: 'lost',
});

const STATUSES = [500, 502, 503, 504].flatMap((status) =>
	WHENS.map((when) =>
		lost(String(status), when, { kind: 'status', status, body: { message: 'Out of order' } }),
	),
);

/** By Braze's own word, a 502 did not reach its servers. */
const BRAZE_502: FaultKind = {
	name: '502, as Braze gives it',
	service: 'braze',
	effect: () => ({ kind: 'status', status: 502, body: 'Bad Gateway' }),
	when: 'before',
	tells: 'refused',
};

/** Everything that the matrix tries, one fault on the first request that changes something. */
export const FAULT_KINDS: readonly FaultKind[] = [
	...LIMITS,
	...STATUSES.map((kind): FaultKind =>
		kind.name.startsWith('502') ? { ...kind, service: 'voucherify' } : kind,
	),
	BRAZE_502,
	...WHENS.map((when) => lost('no answer in time', when, { kind: 'hang' })),
	...WHENS.map((when) => lost('connection reset', when, { kind: 'reset' })),
	...WHENS.map((when) => lost('answer cut off', when, { kind: 'truncate' })),
	...WHENS.map((when) => lost('a web page for an answer', when, { kind: 'notJson' })),
	{
		name: '413',
		effect: () => ({ kind: 'status', status: 413, body: { message: 'Payload too large' } }),
		when: 'before',
		tells: 'rejected',
	},
	{
		name: '403',
		effect: () => ({ kind: 'status', status: 403, body: { message: 'Not allowed' } }),
		when: 'before',
		tells: 'rejected',
	},
	{
		name: '202 queued',
		service: 'braze',
		paths: /users/,
		effect: () => ({ kind: 'status', status: 202, body: { message: 'queued' } }),
		when: 'after',
		tells: 'taken',
	},
	{ name: 'slow answer', effect: () => ({ kind: 'slow', delayMs: 300 }), when: 'after', tells: 'taken' },
];
