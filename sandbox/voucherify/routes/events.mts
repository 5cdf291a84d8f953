import type { FastifyInstance } from 'fastify';
import type { VoucherifyState } from '../state.mts';

/** Custom events: track. */
export function registerEvents(app: FastifyInstance, state: VoucherifyState): void {
	app.post('/v1/events', (request) => state.sales.customEvents.track(request.body).toAnswer());
}
