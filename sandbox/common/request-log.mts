import { RequestRates } from './request-rates.mts';
import type { ServiceName } from './service.mts';

const ENTRIES = 5_000;
/** Longest body that is kept, in characters. */
const LONGEST_BODY = 256 * 1024;
/** All kept bodies together, in characters; beyond it the oldest entries lose theirs. */
const ALL_BODIES = 64 * 1024 * 1024;

/** One request and its answer; bodies are kept as the text that was sent and parsed when somebody reads them. */
export class LogEntry {
	requestText: string | undefined;
	responseText: string | undefined;
	/** Undefined until the service answers, and for ever when it never does. */
	status: number | undefined;
	/** What a fault did to this request, for instance `reset before`. */
	fault: string | undefined;
	durationMs: number | undefined;

	constructor(
		readonly at: string,
		readonly service: ServiceName,
		readonly method: string,
		/** With the query. */
		readonly path: string,
		readonly requestHeaders: Readonly<Record<string, string | string[] | undefined>>,
	) {}

	/** The parsed JSON, or the text when it is none. */
	get requestBody(): unknown {
		return parsed(this.requestText);
	}

	/** The parsed JSON, or the text when it is none. */
	get responseBody(): unknown {
		return parsed(this.responseText);
	}

	toJSON(): Record<string, unknown> {
		const {
			at,
			service,
			method,
			path,
			requestHeaders,
			requestBody,
			status,
			responseBody,
			fault,
			durationMs,
		} = this;
		return {
			at,
			service,
			method,
			path,
			requestHeaders,
			requestBody,
			status,
			responseBody,
			fault,
			durationMs,
		};
	}
}

/** The latest 5,000 requests with their answers, and how often each route was called, which is never forgotten. */
export class RequestLog {
	#ring: LogEntry[] = [];
	#next = 0;
	#characters = 0;
	readonly #counts = new Map<string, number>();
	readonly rates = new RequestRates();

	/** Requests by route, for instance `POST /v1/publications`; ids appear as the route's parameter names. */
	get totals(): Readonly<Record<string, number>> {
		return Object.fromEntries(this.#counts);
	}

	/** Takes note of a request. */
	add(entry: LogEntry, route: string): void {
		this.#counts.set(route, (this.#counts.get(route) ?? 0) + 1);
		this.rates.addRequest(entry.service);
		this.#ring[this.#next] = entry;
		this.#next = (this.#next + 1) % ENTRIES;
	}

	/** Keeps the text of a request for its entry, unless it is too long. */
	keepRequest(entry: LogEntry, text: string): void {
		entry.requestText = this.#kept(text);
	}

	/** Keeps the text of an answer for its entry, unless it is too long. */
	keepResponse(entry: LogEntry, text: string): void {
		entry.responseText = this.#kept(text);
	}

	/** Oldest first; with `last`, only that many of the latest. */
	entries(last?: number): LogEntry[] {
		const full = this.#ring.length === ENTRIES;
		const ordered = full
			? [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)]
			: [...this.#ring];
		return last === undefined ? ordered : last > 0 ? ordered.slice(-last) : [];
	}

	/** Forgets all requests and counts. */
	clear(): void {
		this.#ring = [];
		this.#next = 0;
		this.#characters = 0;
		this.#counts.clear();
		this.rates.clear();
	}

	#kept(text: string): string {
		const kept = text.length > LONGEST_BODY ? JSON.stringify({ tooLongForTheLog: text.length }) : text;
		this.#characters += kept.length;
		if (this.#characters > ALL_BODIES) this.#forgetOldBodies();
		return kept;
	}

	/** Goes down to half of the allowance, so that it happens once in many requests. */
	#forgetOldBodies(): void {
		this.#characters = 0;
		for (const entry of this.entries().reverse()) {
			this.#characters += (entry.requestText?.length ?? 0) + (entry.responseText?.length ?? 0);
			if (this.#characters > ALL_BODIES / 2) {
				entry.requestText = undefined;
				entry.responseText = undefined;
			}
		}
		this.#characters = Math.min(this.#characters, ALL_BODIES / 2);
	}
}

function parsed(text: string | undefined): unknown {
	if (text === undefined || text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
