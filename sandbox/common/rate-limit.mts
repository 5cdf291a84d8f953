import type { Clock } from './clock.mts';

const MINUTE_MS = 60_000;
/** Windows that are remembered. */
const REMEMBERED = 100;

/** What one window was asked for. */
export interface RateLimitWindow {
	/** Milliseconds since 1970. */
	readonly start: number;
	accepted: number;
	refused: number;
}

/** What a request finds of the quota, itself included. */
export interface RateLimitUsage {
	/** Requests a window, which is a minute unless the sandbox was started with another one. */
	readonly limit: number;
	/** Requests left in this window. */
	readonly remaining: number;
	/** Start of the next window, milliseconds since 1970. */
	readonly resetAt: number;
	/** The present, milliseconds since 1970. */
	readonly now: number;
	/** Whether this request is one too many. */
	readonly exceeded: boolean;
}

/** A quota of requests for each window of the clock, a minute by default; without a limit it never says anything. */
export class RateLimit {
	readonly #clock: Clock;
	readonly #limit: number | undefined;
	readonly #windowMs: number;
	#windows: RateLimitWindow[] = [];

	/** @param limit requests a window */
	constructor(clock: Clock, limit: number | undefined, windowMs = MINUTE_MS) {
		this.#clock = clock;
		this.#limit = limit;
		this.#windowMs = windowMs;
	}

	/** The latest windows in which there were requests, oldest first. */
	get windows(): readonly RateLimitWindow[] {
		return this.#windows;
	}

	/** Counts a request; undefined when there is no limit. */
	take(): RateLimitUsage | undefined {
		if (this.#limit === undefined) return undefined;
		const now = this.#clock.millis();
		const window = this.#windowAt(now);
		const exceeded = window.accepted >= this.#limit;
		if (exceeded) window.refused++;
		else window.accepted++;
		return {
			limit: this.#limit,
			remaining: this.#limit - window.accepted,
			resetAt: window.start + this.#windowMs,
			now,
			exceeded,
		};
	}

	#windowAt(now: number): RateLimitWindow {
		const start = Math.floor(now / this.#windowMs) * this.#windowMs;
		const latest = this.#windows.at(-1);
		if (latest?.start === start) return latest;
		const window = { start, accepted: 0, refused: 0 };
		this.#windows = [...this.#windows, window].slice(-REMEMBERED);
		return window;
	}

	/** Forgets what was used. */
	reset(): void {
		this.#windows = [];
	}
}
