/** How often and how long a request is tried. */
export interface RetrySettings {
	/** Tries in all, the first one included. */
	readonly tries: number;
	/** The longest wait before one try, in ms. A service that asks for more is not waited for. */
	readonly longestWait: number;
}

/** An answer that is no success. */
export interface AnsweredSetback {
	readonly kind: 'answer';
	readonly status: number;
	/** The service says that it did not act on the request (429; 502 where documented). */
	readonly refused: boolean;
	/** When the service wants to be asked again, in ms since the epoch. */
	readonly retryAt?: number | undefined;
}

/** What became of one try that did not succeed. */
export type Setback = AnsweredSetback | { readonly kind: 'noAnswer'; readonly code: string | undefined };

/** The connection was never made, so nothing can have arrived. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Asking again can't help: the name does not exist, the certificate is not trusted, or the request can't even be written. */
const HOPELESS = new Set([
	'ENOTFOUND',
	'ERR_INVALID_CHAR',
	'ERR_INVALID_URL',
	'ERR_UNESCAPED_CHARACTERS',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** First wait of the exponential back-off, in ms. */
const BASE_WAIT = 500;

/** Whether the service may have acted on a request that ended in this setback. */
export function mayHaveActed(setback: Setback): boolean {
	return setback.kind === 'answer'
		? !setback.refused && setback.status >= 500
		: !NEVER_CONNECTED.has(setback.code ?? '') && !HOPELESS.has(setback.code ?? '');
}

/**
 * Whether a request may be sent again after a setback.
 * @param repeatable sending it twice has the effect of sending it once: reads, attributes, anything with an idempotency key
 */
export function mayRetry(setback: Setback, repeatable: boolean): boolean {
	if (setback.kind === 'noAnswer') {
		if (HOPELESS.has(setback.code ?? '')) return false;
		return repeatable || NEVER_CONNECTED.has(setback.code ?? '');
	}
	if (setback.refused) return true;
	return repeatable && (setback.status >= 500 || setback.status === 408);
}

/**
 * How long to wait before the next try, in ms: what the service asks for, else exponential with jitter.
 * @param tried tries so far, 1 after the first
 * @param random a number in [0, 1): spreads the waits of concurrent requests
 * @returns `undefined` when the service asks for more than the longest wait
 */
export function waitBeforeRetry(
	setback: Setback,
	tried: number,
	settings: RetrySettings,
	now: number,
	random: number,
): number | undefined {
	const asked = setback.kind === 'answer' && setback.retryAt !== undefined ? setback.retryAt - now : 0;
	if (asked > settings.longestWait) return undefined;
	if (asked > 0) return asked + random * Math.min(250, settings.longestWait / 10);
	const exponential = BASE_WAIT * 2 ** (tried - 1);
	return Math.min(settings.longestWait, exponential * (0.5 + random / 2));
}

/**
 * An HTTP `Retry-After` value as a moment in ms since the epoch: seconds from now, or an HTTP date (RFC 9110, 10.2.3).
 * @returns `undefined` for anything else
 */
export function retryAfter(value: string | undefined, now: number): number | undefined {
	const text = value?.trim() ?? '';
	if (/^\d+(\.\d+)?$/.test(text)) return now + Number(text) * 1000;
	// Date.parse finds a date in almost any text; the weekday tells an HTTP date.
	const date = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isNaN(date) ? undefined : date;
}
