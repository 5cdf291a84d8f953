import type { Clock } from './clock.mts';

const WINDOW_MS = 60_000;

/** What a request finds of the quota, itself included. */
export interface RateLimitUsage {
	/** Requests a minute. */
	readonly limit: number;
	/** Requests left in this minute. */
	readonly remaining: number;
	/** Start of the next minute, milliseconds since 1970. */
	readonly resetAt: number;
	/** The present, milliseconds since 1970. */
	readonly now: number;
	/** Whether this request is one too many. */
	readonly exceeded: boolean;
}

/** A quota of requests for each minute of the clock; without a limit it never says anything. */
export class RateLimit {
	readonly #clock: Clock;
	readonly #limit: number | undefined;
	#window = -1;
	#used = 0;

	constructor(clock: Clock, requestsPerMinute: number | undefined) {
		this.#clock = clock;
		this.#limit = requestsPerMinute;
	}

	/** Counts a request; undefined when there is no limit. */
	take(): RateLimitUsage | undefined {
		if (this.#limit === undefined) return undefined;
		const now = this.#clock.millis();
		const window = Math.floor(now / WINDOW_MS);
		if (window !== this.#window) {
			this.#window = window;
			this.#used = 0;
		}
		this.#used++;
		return {
			limit: this.#limit,
			remaining: Math.max(0, this.#limit - this.#used),
			resetAt: (window + 1) * WINDOW_MS,
			now,
			exceeded: this.#used > this.#limit,
		};
	}

	/** Forgets what was used. */
	reset(): void {
		this.#window = -1;
	}
}
