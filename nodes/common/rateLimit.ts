import { wait } from './wait';

/** What a service says about its limit in the headers of an answer. */
export interface RateLimitReading {
	/** Requests left in the current window. */
	readonly remaining?: number | undefined;
	/** When the window ends, in ms since the epoch. */
	readonly resetsAt?: number | undefined;
}

/**
 * Spaces the requests of one execution so that the service's limit is used, not hit: as many as the service says are left, then none
 * until its window ends, and never faster than the user allows.
 */
export class RateLimit {
	private remaining = Infinity;
	private resetsAt = 0;
	private pausedUntil = 0;
	private nextSlot = 0;
	private underWay = 0;

	/** @param perMinute the user's own limit in requests a minute; 0 for none */
	constructor(
		private readonly perMinute: number,
		private readonly now: () => number = Date.now,
	) {}

	/** How long the next request has to wait, in ms. */
	delay(): number {
		const now = this.now();
		if (this.resetsAt <= now) this.remaining = Infinity;
		const forWindow = this.remaining - this.underWay > 0 ? 0 : this.resetsAt - now;
		return Math.max(0, this.pausedUntil - now, this.nextSlot - now, forWindow);
	}

	/**
	 * Waits for a place and takes it; `leave` gives it back.
	 * @param onWait told of a wait before it starts, in ms; may throw to give up
	 * @throws {Failure} when cancelled
	 */
	async enter(signal: AbortSignal | undefined, onWait: (ms: number) => void): Promise<void> {
		const first = this.delay();
		if (first > 0) onWait(first);
		for (let delay = first; delay > 0; delay = this.delay()) {
			// While answers are due, they may say that there is room after all.
			await wait(this.underWay > 0 ? Math.min(delay, 100) : delay, signal);
		}
		this.underWay++;
		if (this.perMinute > 0) this.nextSlot = Math.max(this.now(), this.nextSlot) + 60_000 / this.perMinute;
	}

	/** Ends a request and takes in what its answer said. */
	leave(reading: RateLimitReading | undefined): void {
		this.underWay--;
		if (reading?.remaining === undefined || reading.resetsAt === undefined) return;
		// Answers overtake each other: within a window the smallest number is the newest.
		const sameWindow = reading.resetsAt <= this.resetsAt + 500;
		this.remaining = sameWindow ? Math.min(this.remaining, reading.remaining) : reading.remaining;
		if (!sameWindow || this.remaining === reading.remaining)
			this.resetsAt = Math.max(this.resetsAt, reading.resetsAt);
	}

	/** Holds all requests back until a moment, in ms since the epoch: the service said 429. */
	pause(until: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, until);
	}
}
