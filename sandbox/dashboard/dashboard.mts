import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../sandbox.mts';
import { PAGE } from './page.mts';
import { summarize } from './summary.mts';

/** Serves the page that people look at, and GET /_sandbox/summary, which it asks for once a second. */
export function registerDashboard(app: FastifyInstance, sandbox: Sandbox): void {
	app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
	app.get('/_sandbox/summary', () => summarize(sandbox));
}
