import type { Clock } from '../common/clock.mts';

const MINUTE_MS = 60_000;
/** A receiver has to answer within 90 s. */
const TIMEOUT_MS = 90_000;
/** Five more tries within 30 minutes of the first one. */
const RETRIES_AFTER_MS = [1, 3, 7, 15, 30].map((minutes) => minutes * MINUTE_MS);

/** A call as a Campaign's or Canvas's webhook message describes it. */
export interface WebhookCall {
	readonly url: string;
	readonly method: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Sent as it is; undefined sends no body. */
	readonly body: string | undefined;
}

/** One try of a call. */
interface WebhookAttempt {
	readonly at: string;
	/** Undefined when there was no answer. */
	readonly status: number | undefined;
	readonly error: string | undefined;
}

/** A call on its way. */
export interface WebhookDelivery extends WebhookCall {
	readonly id: number;
	state: 'waiting' | 'delivered' | 'retrying' | 'failed';
	readonly attempts: WebhookAttempt[];
	nextAttemptAt: string | undefined;
}

/** Calls URLs as webhook messages do: 408, 429 and 5XX are tried again by the clock; any other answer, and none, never. */
export class Webhooks {
	readonly #clock: Clock;
	readonly #stop = new AbortController();
	readonly deliveries: WebhookDelivery[] = [];

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Makes the first try at once. */
	send(call: WebhookCall): WebhookDelivery {
		const delivery: WebhookDelivery = {
			...call,
			id: this.deliveries.length + 1,
			state: 'waiting',
			attempts: [],
			nextAttemptAt: undefined,
		};
		this.deliveries.push(delivery);
		void this.#attempt(delivery, this.#clock.millis());
		return delivery;
	}

	/** Ends what is under way, and tries nothing again. */
	close(): void {
		this.#stop.abort();
	}

	async #attempt(delivery: WebhookDelivery, firstAt: number): Promise<void> {
		const at = new Date(this.#clock.millis()).toISOString();
		const { status, error } = await this.#call(delivery);
		if (this.#stop.signal.aborted) return;
		delivery.attempts.push({ at, status, error });
		delivery.nextAttemptAt = undefined;
		if (status !== undefined && status >= 200 && status < 300) {
			delivery.state = 'delivered';
			return;
		}
		const wait = RETRIES_AFTER_MS[delivery.attempts.length - 1];
		if (wait === undefined || !isRetried(status)) {
			delivery.state = 'failed';
			return;
		}
		delivery.state = 'retrying';
		delivery.nextAttemptAt = new Date(firstAt + wait).toISOString();
		this.#clock.schedule(firstAt + wait, () => {
			if (!this.#stop.signal.aborted) void this.#attempt(delivery, firstAt);
		});
	}

	async #call({ url, method, headers, body }: WebhookCall): Promise<Omit<WebhookAttempt, 'at'>> {
		const timeout = new AbortController();
		const cancel = this.#clock.schedule(this.#clock.millis() + TIMEOUT_MS, () => timeout.abort());
		try {
			const response = await fetch(url, {
				method,
				headers: { 'user-agent': 'Braze', ...headers },
				...(body !== undefined && { body }),
				redirect: 'manual',
				signal: AbortSignal.any([timeout.signal, this.#stop.signal]),
			});
			await response.arrayBuffer();
			return { status: response.status, error: undefined };
		} catch (error) {
			const message = timeout.signal.aborted ? `No answer within ${TIMEOUT_MS / 1000} s` : String(error);
			return { status: undefined, error: message };
		} finally {
			cancel();
		}
	}
}

function isRetried(status: number | undefined): boolean {
	return status !== undefined && (status === 408 || status === 429 || status >= 500);
}
