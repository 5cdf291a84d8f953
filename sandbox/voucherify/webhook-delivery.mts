import type { Clock } from '../common/clock.mts';
import { webhookSignature } from './webhook-signature.mts';
import type { WebhookTarget } from './webhook-target.mts';

const MINUTE_MS = 60_000;
/** A receiver has to answer within 10 s. */
const TIMEOUT_MS = 10_000;
/** Tries after the first one: 1, 2, 4 … minutes after it, the last one after 24 hours. */
const RETRIES_AFTER_MS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 24 * 60].map((m) => m * MINUTE_MS);

/** One try to deliver. */
export interface WebhookAttempt {
	readonly at: string;
	/** Undefined when there was no answer. */
	readonly status: number | undefined;
	readonly error: string | undefined;
}

/** An event on its way to one receiver. */
export class WebhookDelivery {
	readonly attempts: WebhookAttempt[] = [];
	state: 'waiting' | 'delivered' | 'retrying' | 'failed' = 'waiting';
	nextAttemptAt: string | undefined;
	#firstAttemptAt: number | undefined;

	constructor(
		/** Envelope id, the same in every try. */
		readonly id: string,
		readonly eventType: string,
		readonly target: WebhookTarget,
		readonly body: string,
	) {}

	/** Tries once; calls `again` when a later try falls due by the clock. */
	async attempt(clock: Clock, secret: string, stop: AbortSignal, again: () => void): Promise<void> {
		const at = clock.millis();
		this.#firstAttemptAt ??= at;
		const { status, error } = await this.#send(clock, secret, stop);
		if (stop.aborted) return;
		this.attempts.push({ at: new Date(at).toISOString(), status, error });
		if (status !== undefined && status >= 200 && status < 300) {
			this.state = 'delivered';
			this.nextAttemptAt = undefined;
			return;
		}
		const wait = RETRIES_AFTER_MS[this.attempts.length - 1];
		if (wait === undefined) {
			this.state = 'failed';
			this.nextAttemptAt = undefined;
			this.target.active = false;
			return;
		}
		const next = this.#firstAttemptAt + wait;
		this.state = 'retrying';
		this.nextAttemptAt = new Date(next).toISOString();
		clock.schedule(next, again);
	}

	toJSON(): Record<string, unknown> {
		const { id, eventType, state, attempts, nextAttemptAt, target } = this;
		return { id, event: eventType, target: target.id, url: target.url, state, attempts, nextAttemptAt };
	}

	async #send(
		clock: Clock,
		secret: string,
		stop: AbortSignal,
	): Promise<{ status: number | undefined; error: string | undefined }> {
		const timeout = new AbortController();
		const cancel = clock.schedule(clock.millis() + TIMEOUT_MS, () => timeout.abort());
		try {
			const response = await fetch(this.target.url, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'user-agent': 'Voucherify',
					'x-voucherify-signature': webhookSignature(this.body, secret),
				},
				body: this.body,
				redirect: 'manual',
				signal: AbortSignal.any([timeout.signal, stop]),
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
