/** Longest wait that Node's timers can hold; longer ones are split. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Appointment {
	readonly at: number;
	readonly run: () => void;
}

/**
 * The time that both services live in: it starts at a given instant, runs with real time, and can be moved forward,
 * which runs everything that falls due on the way, in order of its due time.
 */
export class Clock {
	readonly #start: number | undefined;
	#offset: number;
	#appointments: Appointment[] = [];
	#timer: NodeJS.Timeout | undefined;

	/** @param start instant at which the clock begins; real time when left out */
	constructor(start?: Date) {
		this.#start = start?.getTime();
		this.#offset = this.#initialOffset();
	}

	/** Milliseconds since 1970 by this clock. */
	millis(): number {
		return Date.now() + this.#offset;
	}

	/** The present instant by this clock. */
	now(): Date {
		return new Date(this.millis());
	}

	/** Moves the clock forward by `ms`; appointments on the way see their own due time as the present. */
	advance(ms: number): void {
		if (!Number.isFinite(ms) || ms < 0) throw new RangeError('The clock only moves forward.');
		const target = this.millis() + ms;
		for (let next = this.#takeDue(target); next !== undefined; next = this.#takeDue(target)) {
			this.#offset += Math.max(0, next.at - this.millis());
			next.run();
		}
		this.#offset += Math.max(0, target - this.millis());
		this.#arm();
	}

	/** Calls `run` once the clock has reached `at` (milliseconds since 1970); returns what cancels the appointment. */
	schedule(at: number, run: () => void): () => void {
		const appointment = { at, run };
		const later = this.#appointments.findIndex((other) => other.at > at);
		if (later === -1) this.#appointments.push(appointment);
		else this.#appointments.splice(later, 0, appointment);
		if (this.#appointments[0] === appointment) this.#arm();
		return () => {
			this.#appointments = this.#appointments.filter((other) => other !== appointment);
		};
	}

	/** Back to the start, with no appointment left. */
	reset(): void {
		this.#appointments = [];
		this.#offset = this.#initialOffset();
		this.#arm();
	}

	/** Forgets every appointment, so that nothing keeps the process alive. */
	close(): void {
		this.#appointments = [];
		this.#arm();
	}

	#initialOffset(): number {
		return this.#start === undefined ? 0 : this.#start - Date.now();
	}

	#takeDue(until: number): Appointment | undefined {
		const next = this.#appointments[0];
		return next !== undefined && next.at <= until ? this.#appointments.shift() : undefined;
	}

	#arm(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const next = this.#appointments[0];
		if (next === undefined) return;
		const wait = Math.min(Math.max(0, next.at - this.millis()), LONGEST_TIMER_MS);
		this.#timer = setTimeout(() => this.#runDue(), wait);
		this.#timer.unref();
	}

	#runDue(): void {
		const now = this.millis();
		for (let next = this.#takeDue(now); next !== undefined; next = this.#takeDue(now)) next.run();
		this.#arm();
	}
}
