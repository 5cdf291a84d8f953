import type { FastifyInstance } from 'fastify';
import { registerAssets } from './routes/assets.mts';
import { registerAsyncActions } from './routes/async-actions.mts';
import { registerCampaignCodes } from './routes/campaign-codes.mts';
import { registerCampaigns } from './routes/campaigns.mts';
import { registerCustomerBulk } from './routes/customer-bulk.mts';
import { registerCustomers } from './routes/customers.mts';
import { registerEvents } from './routes/events.mts';
import { registerExports } from './routes/exports.mts';
import { registerLoyalties } from './routes/loyalties.mts';
import { registerManagement } from './routes/management.mts';
import { registerOAuth } from './routes/oauth.mts';
import { registerOrders } from './routes/orders.mts';
import { registerPromotions } from './routes/promotions.mts';
import { registerPublications } from './routes/publications.mts';
import { registerRedemptions } from './routes/redemptions.mts';
import { registerReferrals } from './routes/referrals.mts';
import { registerRewards } from './routes/rewards.mts';
import { registerSegments } from './routes/segments.mts';
import { registerValidations } from './routes/validations.mts';
import { registerVoucherBulk } from './routes/voucher-bulk.mts';
import { registerVouchers } from './routes/vouchers.mts';
import type { VoucherifyState } from './state.mts';

/** Adds every route of Voucherify's API that the sandbox knows. */
export function registerVoucherify(
	app: FastifyInstance,
	{ state }: { readonly state: VoucherifyState },
): void {
	registerCampaigns(app, state);
	registerCampaignCodes(app, state);
	registerCustomers(app, state);
	registerCustomerBulk(app, state);
	registerSegments(app, state);
	registerPublications(app, state);
	registerVouchers(app, state);
	registerVoucherBulk(app, state);
	registerRedemptions(app, state);
	registerValidations(app, state);
	registerOrders(app, state);
	registerEvents(app, state);
	registerLoyalties(app, state);
	registerRewards(app, state);
	registerReferrals(app, state);
	registerPromotions(app, state);
	registerAsyncActions(app, state);
	registerOAuth(app, state);
	registerManagement(app, state);
	registerExports(app, state);
	registerAssets(app, state);
}
