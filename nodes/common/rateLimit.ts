import { cancelled, wait } from './wait';

/** What a service says about its limit in the headers of an answer. */
export interface RateLimitReading {
	/** Requests left in the current window. */
	readonly remaining?: number | undefined;
	/** When the window ends, in ms since the epoch. */
	readonly resetsAt?: number | undefined;
}

/** How long the next request has to wait, in ms. */
export interface Delay {
	/** Because the service says so: its window is used up, or it asked for a pause. */
	readonly asked: number;
	/** In all, with what the user's own limit and the answers that are due add. */
	readonly all: number;
}

/** Ends of windows closer to each other than this are one: services round them to seconds. In ms. */
const SAME_WINDOW = 1500;

/** While answers are due, a waiting request looks this often whether they made room, in ms. */
const LOOK_EVERY = 100;

/**
 * Spaces the requests of one execution so that the service's limit is used, not hit: one by itself until its answer tells how much is
 * left, then as many as that, then none until the window ends, and never faster than the user allows.
 */
export class RateLimit {
	private remaining = Infinity;
	private resetsAt = 0;
	private pausedUntil = 0;
	private underWay = 0;
	/** Whether an answer has told how much is left, or that the service doesn't say. */
	private known = false;
	/** The request whose answer will tell. */
	private scout: Scout | undefined;

	/**
	 * @param perMinute the user's own limit in requests a minute; 0 for none
	 * @param slots when that limit has room for the next request, in ms since the epoch; shared by limits that it is for together
	 */
	constructor(
		private readonly perMinute: number,
		private readonly now: () => number = Date.now,
		private readonly slots: { next: number } = { next: 0 },
	) {}

	/** How long the next request has to wait. */
	delay(): Delay {
		const now = this.now();
		if (this.remaining !== Infinity && this.resetsAt <= now) {
			this.remaining = Infinity;
			this.known = false;
		}
		const asked = Math.max(0, this.pausedUntil - now, this.remaining > 0 ? 0 : this.resetsAt - now);
		// What is under way may or may not be counted in what the service says is left.
		const forAnswers = this.remaining - this.underWay > 0 ? 0 : this.resetsAt - now;
		return { asked, all: Math.max(asked, forAnswers, this.slots.next - now) };
	}

	/**
	 * Waits for a place and takes it; `leave` gives it back.
	 * @param onWait told before each wait how long it will be, in ms, and why; may throw to give up
	 * @throws {Failure} when cancelled
	 */
	async enter(signal: AbortSignal | undefined, onWait: (ms: number, delay: Delay) => void): Promise<void> {
		for (;;) {
			if (signal?.aborted === true) throw cancelled();
			const delay = this.delay();
			if (delay.all > 0) {
				const ms = this.underWay > 0 ? Math.min(delay.all, LOOK_EVERY) : delay.all;
				onWait(ms, delay);
				await wait(ms, signal);
			} else if (!this.known && this.scout !== undefined) {
				await this.scout.back;
			} else {
				break;
			}
		}
		if (!this.known) this.scout = sendOut();
		this.underWay++;
		if (this.perMinute > 0) this.slots.next = Math.max(this.now(), this.slots.next) + 60_000 / this.perMinute;
	}

	/** Ends a request and takes in what its answer said. */
	leave(reading: RateLimitReading | undefined): void {
		this.underWay--;
		if (reading?.remaining === undefined || reading.resetsAt === undefined) {
			// It counted all the same, as far as anybody knows.
			this.remaining--;
		} else {
			this.takeIn(reading.remaining, reading.resetsAt);
		}
		this.known = true;
		this.scout?.isBack();
		this.scout = undefined;
	}

	private takeIn(remaining: number, resetsAt: number): void {
		const now = this.now();
		if (resetsAt <= now) return;
		// Answers overtake each other: within a window the smallest number is the newest.
		const sameWindow = this.resetsAt > now && resetsAt <= this.resetsAt + SAME_WINDOW;
		this.remaining = sameWindow ? Math.min(this.remaining, remaining) : remaining;
		this.resetsAt = Math.max(this.resetsAt, resetsAt);
	}

	/** Holds all requests back until a moment, in ms since the epoch: the service said 429. */
	pause(until: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, until);
	}
}

interface Scout {
	readonly back: Promise<void>;
	isBack(): void;
}

function sendOut(): Scout {
	let isBack = (): void => {};
	const back = new Promise<void>((resolve) => {
		isBack = resolve;
	});
	return { back, isBack: () => isBack() };
}
