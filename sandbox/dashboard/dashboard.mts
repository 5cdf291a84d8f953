import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../sandbox.mts';

/** Serves the page that people look at. */
export function registerDashboard(app: FastifyInstance, sandbox: Sandbox): void {
	app.get('/', () => ({ voucherify: sandbox.voucherify.url, braze: sandbox.braze.url }));
}
