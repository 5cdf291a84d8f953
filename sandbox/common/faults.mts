import type { ServiceName } from './service.mts';

interface FaultScope {
	readonly service: ServiceName;
	/** Any method when left out. */
	readonly method?: string;
	/** A prefix of the path, or a regular expression between slashes that is tried on path and query; any path when left out. */
	readonly path?: string;
	/** How many requests it hits; for ever when left out. */
	readonly times?: number;
	/** How many matching requests pass before the first one is hit. */
	readonly skip?: number;
	/** `before`: the service did not take the request (default). `after`: it did its work, then the fault happens. */
	readonly when?: 'before' | 'after';
}

/** What happens to a request. */
export type FaultEffect =
	/** Another answer than the service's own. */
	| {
			readonly kind: 'status';
			readonly status: number;
			readonly headers?: Readonly<Record<string, string>>;
			readonly body?: unknown;
	  }
	/** The connection is reset without an answer. */
	| { readonly kind: 'reset' }
	/** Half of the answer (of a download: the first `bytes`, else 64 KiB), then the connection is reset. */
	| { readonly kind: 'truncate'; readonly bytes?: number }
	/** Status 200 with a page of HTML, as some proxy would send it. */
	| { readonly kind: 'notJson' }
	/** The answer comes `delayMs` later, in real time. */
	| { readonly kind: 'slow'; readonly delayMs: number }
	/** No answer, and the connection stays open. */
	| { readonly kind: 'hang' }
	/** So much time passes by the sandbox's clock, and the request goes on: what was good until then, such as a token, is no longer. */
	| { readonly kind: 'elapse'; readonly ms: number };

/** A misbehaviour that one of the services is told to show. */
export type Fault = FaultScope & FaultEffect;

const SERVICES: readonly ServiceName[] = ['voucherify', 'braze'];
const KINDS: readonly Fault['kind'][] = ['status', 'reset', 'truncate', 'notJson', 'slow', 'hang', 'elapse'];

interface ArmedFault {
	readonly id: string;
	readonly fault: Fault;
	readonly pattern: RegExp | undefined;
	skipped: number;
	hits: number;
}

/** The misbehaviours that are armed; when several match a request, the one added first that is not used up wins. */
export class Faults {
	#armed: ArmedFault[] = [];
	#counter = 0;

	/** Arms a fault and returns its id. Throws when it names no service or kind that exists, or `path` is no valid regular expression. */
	add(fault: Fault): string {
		if (!SERVICES.includes(fault.service))
			throw new TypeError(`A fault needs a service: ${SERVICES.join(' or ')}.`);
		if (!KINDS.includes(fault.kind)) throw new TypeError(`A fault needs a kind: ${KINDS.join(', ')}.`);
		const source = /^\/(.*)\/$/s.exec(fault.path ?? '')?.[1];
		const id = `fault-${++this.#counter}`;
		const pattern = source === undefined ? undefined : new RegExp(source);
		this.#armed.push({ id, fault, pattern, skipped: 0, hits: 0 });
		return id;
	}

	/** All armed faults with how often each was let pass and hit. */
	list(): (Fault & { readonly id: string; readonly skipped: number; readonly hits: number })[] {
		return this.#armed.map(({ id, fault, skipped, hits }) => ({ ...fault, id, skipped, hits }));
	}

	/** Disarms one fault, or all of them. */
	clear(id?: string): void {
		this.#armed = id === undefined ? [] : this.#armed.filter((armed) => armed.id !== id);
	}

	/** The fault that hits this request at this moment, counted as used. */
	take(when: 'before' | 'after', service: ServiceName, method: string, path: string): Fault | undefined {
		for (const armed of this.#armed) {
			const { fault } = armed;
			if ((fault.when ?? 'before') !== when || fault.service !== service) continue;
			if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
			if (!matches(armed, path) || armed.hits >= (fault.times ?? Infinity)) continue;
			if (armed.skipped < (fault.skip ?? 0)) {
				armed.skipped++;
				continue;
			}
			armed.hits++;
			return fault;
		}
		return undefined;
	}
}

function matches(armed: ArmedFault, path: string): boolean {
	if (armed.pattern !== undefined) return armed.pattern.test(path);
	return armed.fault.path === undefined || path.startsWith(armed.fault.path);
}
