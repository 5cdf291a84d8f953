import type { FastifyInstance } from 'fastify';
import { qualify } from '../redemptions/qualification.mts';
import { validate } from '../redemptions/validation.mts';
import type { VoucherifyState } from '../state.mts';

/** What redeeming would do, and what a customer could redeem; neither changes anything. */
export function registerValidations(app: FastifyInstance, state: VoucherifyState): void {
	app.post('/v1/validations', (request) => {
		const { orders, rewards, clock } = state.sales;
		const source = { campaigns: state.campaigns, orders, rewards };
		return validate(request.body, source, state.sales.newId('valid_'), clock.millis());
	});

	app.post('/v1/qualifications', (request) => qualify(request.body, state));
}
