import type { FastifyInstance } from 'fastify';
import { registerAssets } from './routes/assets.mts';
import { registerCampaigns } from './routes/campaigns.mts';
import { registerCustomers } from './routes/customers.mts';
import { registerExports } from './routes/exports.mts';
import { registerPublications } from './routes/publications.mts';
import { registerSegments } from './routes/segments.mts';
import { registerVouchers } from './routes/vouchers.mts';
import type { VoucherifyState } from './state.mts';

/** Adds every route of Voucherify's API that the sandbox knows. */
export function registerVoucherify(
	app: FastifyInstance,
	{ state }: { readonly state: VoucherifyState },
): void {
	registerCampaigns(app, state);
	registerCustomers(app, state);
	registerSegments(app, state);
	registerPublications(app, state);
	registerVouchers(app, state);
	registerExports(app, state);
	registerAssets(app, state);
}
