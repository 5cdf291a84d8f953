import type { FastifyInstance } from 'fastify';
import type { ServiceContext } from '../common/service.mts';
import type { VoucherifyState } from './state.mts';

/** Adds Voucherify's routes. */
export function registerVoucherify(
	app: FastifyInstance,
	context: ServiceContext & { state: VoucherifyState },
): void {
	app.get('/v1/campaigns', () => context.state.snapshot(0));
}
