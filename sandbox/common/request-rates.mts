import type { ServiceName } from './service.mts';

/** Seconds that are remembered. */
export const REMEMBERED_SECONDS = 120;

/** Requests of one service by second, oldest first; the last second is not over yet. */
export interface RequestRate {
	readonly requests: readonly number[];
	/** Those among them that were answered with 429. */
	readonly refused: readonly number[];
}

interface Second {
	readonly at: number;
	readonly requests: Record<ServiceName, number>;
	readonly refused: Record<ServiceName, number>;
}

/** How many requests came in each of the latest seconds of real time, whatever the sandbox's clock says. */
export class RequestRates {
	#seconds: Second[] = [];

	/** Counts a request. */
	addRequest(service: ServiceName): void {
		this.#present().requests[service]++;
	}

	/** Counts an answer 429. */
	addRefused(service: ServiceName): void {
		this.#present().refused[service]++;
	}

	/** The latest seconds of a service. */
	of(service: ServiceName): RequestRate {
		const latest = present();
		const requests = Array<number>(REMEMBERED_SECONDS).fill(0);
		const refused = Array<number>(REMEMBERED_SECONDS).fill(0);
		for (const second of this.#seconds) {
			const index = REMEMBERED_SECONDS - 1 - (latest - second.at);
			if (index < 0) continue;
			requests[index] = second.requests[service];
			refused[index] = second.refused[service];
		}
		return { requests, refused };
	}

	clear(): void {
		this.#seconds = [];
	}

	#present(): Second {
		const at = present();
		const latest = this.#seconds.at(-1);
		if (latest?.at === at) return latest;
		const second = { at, requests: { voucherify: 0, braze: 0 }, refused: { voucherify: 0, braze: 0 } };
		this.#seconds = [...this.#seconds, second].slice(-REMEMBERED_SECONDS);
		return second;
	}
}

function present(): number {
	return Math.floor(Date.now() / 1000);
}
