import type { FaultEffect } from '../../sandbox/common/faults.mts';
import type { WriteOperation } from './write-operation.mts';

/** How a fault comes about. */
export type Cause =
	/** A request that changes something misbehaves: the first one, or each. Before the service did its work, or after it. */
	| {
			readonly kind: 'request';
			readonly effect: (now: number) => FaultEffect;
			readonly when: When;
			readonly always?: true;
	  }
	/** The service is not where the credential says. */
	| { readonly kind: 'address'; readonly host: 'unknown' | 'silent' }
	/** The access token ends at the first request that changes something: before the service took it, or when it had. */
	| { readonly kind: 'token'; readonly when: When }
	/** Of the objects in one request, the service refuses one. */
	| { readonly kind: 'partial' }
	/** The job that was begun ends with an error, or not at all. */
	| { readonly kind: 'job'; readonly end: 'fails' | 'never' };

type When = 'before' | 'after';

/** One thing that can go wrong. */
export interface FaultKind {
	readonly name: string;
	readonly cause: Cause;
	/** Whether it can happen to an operation; to every one that changes something when left out. */
	readonly concerns?: (operation: WriteOperation) => boolean;
	/**
	 * What the sender can know: `refused`, the service did not act and may be asked again; `lost`, it may have acted; `gone`, it may have
	 * acted, and asking again does not help; `rejected`, it did not act and asking again would not help; `inPart`, it says which objects
	 * it did not take; `taken`, it has acted and says so.
	 */
	readonly tells: 'refused' | 'lost' | 'gone' | 'rejected' | 'inPart' | 'taken';
}

const VOUCHERIFY = ({ service }: WriteOperation): boolean => service === 'voucherify';
const BRAZE = ({ service }: WriteOperation): boolean => service === 'braze';

const limited = (
	name: string,
	headers: (now: number) => Record<string, string>,
	concerns: FaultKind['concerns'] = () => true,
): FaultKind => ({
	name: `429, ${name}`,
	concerns,
	cause: {
		kind: 'request',
		when: 'before',
		effect: (now) => ({
			kind: 'status',
			status: 429,
			headers: headers(now),
			body: { message: 'Too many requests' },
		}),
	},
	tells: 'refused',
});
const inSeconds = (now: number, seconds: number): string => String(Math.floor(now / 1000) + seconds);

const LIMITS: readonly FaultKind[] = [
	limited('without headers', () => ({})),
	limited('Retry-After', () => ({ 'retry-after': '0.2' })),
	limited('X-Rate-Limit-Retry', (now) => ({ 'x-rate-limit-retry': inSeconds(now, 0) }), VOUCHERIFY),
	limited(
		'X-RateLimit-Reset as a moment',
		(now) => ({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(now, 0) }),
		BRAZE,
	),
	limited(
		'X-RateLimit-Reset in seconds',
		() => ({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0.2' }),
		BRAZE,
	),
	limited('X-RateLimit-Retry-After', () => ({ 'x-ratelimit-retry-after': '0.2' }), BRAZE),
];

const WHENS = ['before', 'after'] as const;
const lost = (name: string, when: When, effect: FaultEffect): FaultKind => ({
	name: `${name}, ${when} the work`,
	cause: { kind: 'request', when, effect: () => effect },
	tells: 'lost',
});
const status = (code: number, message: string): FaultEffect => ({
	kind: 'status',
	status: code,
	body: { message },
});

const STATUSES = [500, 502, 503, 504].flatMap((code) =>
	WHENS.map((when) => lost(String(code), when, status(code, 'Out of order'))),
);

/** By Braze's own word, a 502 did not reach its servers. */
const BRAZE_502: FaultKind = {
	name: '502, as Braze gives it',
	concerns: BRAZE,
	cause: {
		kind: 'request',
		when: 'before',
		effect: () => ({ kind: 'status', status: 502, body: 'Bad Gateway' }),
	},
	tells: 'refused',
};

const rejected = (code: number, message: string): FaultKind => ({
	name: String(code),
	cause: { kind: 'request', when: 'before', effect: () => status(code, message) },
	tells: 'rejected',
});

/** Everything that the matrix tries. */
export const FAULT_KINDS: readonly FaultKind[] = [
	...LIMITS,
	...STATUSES.map((kind): FaultKind =>
		kind.name.startsWith('502') ? { ...kind, concerns: VOUCHERIFY } : kind,
	),
	BRAZE_502,
	{
		name: '500, every time',
		cause: { kind: 'request', when: 'before', always: true, effect: () => status(500, 'Out of order') },
		tells: 'gone',
	},
	...WHENS.map((when) => lost('no answer in time', when, { kind: 'hang' })),
	...WHENS.map((when) => lost('connection reset', when, { kind: 'reset' })),
	...WHENS.map((when) => lost('answer cut off', when, { kind: 'truncate' })),
	...WHENS.map((when) => lost('a web page for an answer', when, { kind: 'notJson' })),
	rejected(413, 'Payload too large'),
	rejected(403, 'Not allowed'),
	{ name: 'DNS knows no such host', cause: { kind: 'address', host: 'unknown' }, tells: 'rejected' },
	{ name: 'nobody listens', cause: { kind: 'address', host: 'silent' }, tells: 'rejected' },
	...WHENS.map((when): FaultKind => ({
		name: `access token expired, ${when} the work`,
		concerns: VOUCHERIFY,
		cause: { kind: 'token', when },
		tells: 'refused',
	})),
	{
		name: '202 queued',
		concerns: ({ service, path }) => service === 'braze' && path.includes('users'),
		cause: { kind: 'request', when: 'after', effect: () => status(202, 'queued') },
		tells: 'taken',
	},
	{
		name: 'slow answer',
		cause: { kind: 'request', when: 'after', effect: () => ({ kind: 'slow', delayMs: 300 }) },
		tells: 'taken',
	},
	{
		name: 'some objects refused',
		concerns: ({ partial }) => typeof partial === 'object',
		cause: { kind: 'partial' },
		tells: 'inPart',
	},
	{
		name: 'job ends in an error',
		concerns: ({ job }) => typeof job?.fail === 'function',
		cause: { kind: 'job', end: 'fails' },
		tells: 'rejected',
	},
	{
		name: 'job never ends',
		concerns: ({ job }) => job !== undefined,
		cause: { kind: 'job', end: 'never' },
		tells: 'gone',
	},
];

/** The faults that can happen to an operation: its cells of the matrix. */
export function kindsOf(operation: WriteOperation): readonly FaultKind[] {
	const isOfChanges = ({ cause }: FaultKind): boolean => cause.kind !== 'job';
	return FAULT_KINDS.filter(
		(kind) =>
			kind.concerns?.(operation) !== false && !(operation.changesNothing === true && isOfChanges(kind)),
	);
}
