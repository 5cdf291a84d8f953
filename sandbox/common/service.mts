import Fastify, {
	type FastifyError,
	type FastifyInstance,
	type FastifyReply,
	type FastifyRequest,
} from 'fastify';
import { type Clock } from './clock.mts';
import { type Faults } from './faults.mts';
import { applyAfter, applyBefore, pause } from './misbehave.mts';
import { RateLimit, type RateLimitUsage } from './rate-limit.mts';
import { LogEntry, type RequestLog } from './request-log.mts';

export type ServiceName = 'voucherify' | 'braze';

/** Everything that both services are given. */
export interface ServiceContext {
	readonly clock: Clock;
	readonly faults: Faults;
	readonly log: RequestLog;
	/** Every answer comes this much later, in real time. */
	readonly latencyMs: number;
	/** Requests a window; no limit when undefined. */
	readonly rateLimit: number | undefined;
	/** Length of that window; a minute by default. */
	readonly rateWindowMs: number | undefined;
}

/** An answer that ends a request before its route runs. */
export interface Refusal {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** Sent as JSON. */
	readonly body: unknown;
}

/** The manners of one service: what it says around its routes. */
export interface ServiceManners {
	readonly name: ServiceName;
	/** Largest request body in bytes. */
	readonly bodyLimit: number;
	/** Checks the key; undefined lets the request in. Runs before the quota and before any route. */
	authorize(request: FastifyRequest): Refusal | undefined;
	/** Headers of every answer while a quota is set. */
	quotaHeaders(usage: RateLimitUsage): Readonly<Record<string, string>>;
	/** The answer once the quota is used up. */
	quotaExceeded(usage: RateLimitUsage): Refusal;
	/** The answer to a route that does not exist. */
	unknownRoute(request: FastifyRequest): Refusal;
	/** The answer to an error that a route threw, to a malformed body and the like. */
	failed(error: FastifyError, request: FastifyRequest): Refusal;
}

declare module 'fastify' {
	interface FastifyRequest {
		logEntry: LogEntry | undefined;
		arrivedAt: number;
	}
	interface FastifyContextConfig {
		/** Served by another host in reality, so that it needs no key and takes nothing from the quota. */
		isOutside?: boolean;
	}
	interface FastifyInstance {
		/** The quota of the service, to be reset with it. */
		rateLimit: RateLimit;
	}
}

/**
 * A service without routes. Each request passes, in this order: the log, faults before the work, the key check, the
 * quota, the latency, its route, and faults after the work. Requests to `/_sandbox/` pass none of them.
 * A route finds a JSON body parsed, any other body as text, and no body as undefined.
 */
export function createService(context: ServiceContext, manners: ServiceManners): FastifyInstance {
	const app = Fastify({
		bodyLimit: manners.bodyLimit,
		forceCloseConnections: true,
		routerOptions: { maxParamLength: 1_000 },
	});
	app.decorateRequest('logEntry', undefined);
	app.decorateRequest('arrivedAt', 0);
	app.decorate('rateLimit', new RateLimit(context.clock, context.rateLimit, context.rateWindowMs));
	// Bodies stay text until the key was checked: the log keeps the text, and a real service reads the key first.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	app.addHook('onRequest', (request, _reply, done) => {
		if (!isControl(request)) startLogging(request, context, manners.name);
		done();
	});
	app.addHook('preHandler', async (request, reply) => {
		if (!isControl(request)) return await admit(request, reply, context, manners);
		request.body = parseBody(request);
		return undefined;
	});
	app.addHook('onSend', (request, reply, payload, done) => {
		const entry = request.logEntry;
		if (entry === undefined) return done(null, payload);
		applyAfter(context, entry, reply, payload, (sent) => {
			entry.status = reply.statusCode;
			entry.durationMs = Date.now() - request.arrivedAt;
			if (entry.status === 429) context.log.rates.addRefused(manners.name);
			if (typeof sent === 'string') context.log.keepResponse(entry, sent);
			done(null, sent);
		});
	});
	app.setNotFoundHandler((request, reply) => refuse(reply, manners.unknownRoute(request)));
	app.setErrorHandler<FastifyError>((error, request, reply) => refuse(reply, manners.failed(error, request)));
	return app;
}

function isControl(request: FastifyRequest): boolean {
	return request.url.startsWith('/_sandbox/');
}

function startLogging(request: FastifyRequest, context: ServiceContext, service: ServiceName): void {
	const { method, url, headers } = request;
	request.arrivedAt = Date.now();
	request.logEntry = new LogEntry(context.clock.now().toISOString(), service, method, url, headers);
	context.log.add(request.logEntry, `${method} ${request.routeOptions.url ?? '(no such route)'}`);
}

async function admit(
	request: FastifyRequest,
	reply: FastifyReply,
	context: ServiceContext,
	manners: ServiceManners,
): Promise<FastifyReply | undefined> {
	const entry = request.logEntry;
	if (entry === undefined) return undefined;
	if (typeof request.body === 'string') context.log.keepRequest(entry, request.body);
	const fault = context.faults.take('before', manners.name, request.method, request.url);
	if (fault !== undefined && (await applyBefore(fault, entry, reply, context.clock))) return reply;

	const isOutside = request.routeOptions.config.isOutside === true;
	const refusal = isOutside ? undefined : (manners.authorize(request) ?? checkQuota(request, reply, manners));
	if (refusal !== undefined) return refuse(reply, refusal);
	if (context.latencyMs > 0) await pause(context.latencyMs);
	request.body = parseBody(request);
	return undefined;
}

function checkQuota(
	request: FastifyRequest,
	reply: FastifyReply,
	manners: ServiceManners,
): Refusal | undefined {
	const usage = request.server.rateLimit.take();
	if (usage === undefined) return undefined;
	void reply.headers(manners.quotaHeaders(usage));
	return usage.exceeded ? manners.quotaExceeded(usage) : undefined;
}

function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
	return reply
		.code(refusal.status)
		.headers(refusal.headers ?? {})
		.type('application/json; charset=utf-8')
		.send(JSON.stringify(refusal.body));
}

/** Throws a SyntaxError with statusCode 400 on malformed JSON. */
function parseBody(request: FastifyRequest): unknown {
	const { body } = request;
	if (typeof body !== 'string') return undefined;
	if (body === '') return undefined;
	if (!(request.headers['content-type'] ?? '').includes('json')) return body;
	try {
		return JSON.parse(body);
	} catch (error) {
		throw Object.assign(new SyntaxError('The request body is not valid JSON.', { cause: error }), {
			statusCode: 400,
		});
	}
}
