import type { FastifyInstance } from 'fastify';
import type { Clock } from './clock.mts';
import type { Fault, Faults } from './faults.mts';
import type { RateLimitWindow } from './rate-limit.mts';
import type { RequestLog } from './request-log.mts';

/** What the control routes act on. */
export interface Controlled {
	readonly clock: Clock;
	readonly faults: Faults;
	readonly log: RequestLog;
	reset(): void;
	/** What each service's quota was used for. */
	quotas(): Readonly<Record<string, readonly RateLimitWindow[]>>;
	/** What the services hold; `latest` bounds the number of objects of each kind. */
	snapshot(latest: number): { readonly voucherify: unknown; readonly braze: unknown };
}

interface StateQuery {
	latest?: string;
}

interface LogQuery {
	latest?: string;
	service?: string;
}

/** Adds the routes under `/_sandbox/` by which tests and the dashboard look into the sandbox and steer it. */
export function registerControl(app: FastifyInstance, controlled: Controlled): void {
	const { clock, faults, log } = controlled;

	app.get<{ Querystring: StateQuery }>('/_sandbox/state', (request) =>
		controlled.snapshot(Number(request.query.latest ?? Infinity)),
	);
	app.post('/_sandbox/reset', (_request, reply) => {
		controlled.reset();
		return reply.code(204).send();
	});

	app.get('/_sandbox/faults', () => ({ faults: faults.list() }));
	app.post<{ Body: Fault | readonly Fault[] }>('/_sandbox/faults', (request, reply) => {
		const added = 'service' in request.body ? [request.body] : request.body;
		try {
			return reply.code(201).send({ ids: added.map((fault) => faults.add(fault)) });
		} catch (error) {
			return reply.code(400).send({ message: error instanceof Error ? error.message : String(error) });
		}
	});
	app.delete('/_sandbox/faults', (_request, reply) => {
		faults.clear();
		return reply.code(204).send();
	});
	app.delete<{ Params: { id: string } }>('/_sandbox/faults/:id', (request, reply) => {
		faults.clear(request.params.id);
		return reply.code(204).send();
	});

	app.get<{ Querystring: LogQuery }>('/_sandbox/log', (request) => {
		const { latest, service } = request.query;
		const entries = log.entries().filter((entry) => service === undefined || entry.service === service);
		return {
			totals: log.totals,
			entries: entries.slice(Math.max(0, entries.length - Number(latest ?? Infinity))),
		};
	});
	app.delete('/_sandbox/log', (_request, reply) => {
		log.clear();
		return reply.code(204).send();
	});

	app.get('/_sandbox/quotas', () => controlled.quotas());

	app.get('/_sandbox/clock', () => ({ now: clock.now().toISOString() }));
	app.post<{ Body: { advanceMs: number } }>('/_sandbox/clock', (request) => {
		clock.advance(request.body.advanceMs);
		return { now: clock.now().toISOString() };
	});
}
