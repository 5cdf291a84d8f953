import type { FastifyInstance } from 'fastify';
import { pageOf, sortedBy } from '../page.mts';
import { promotionTiers, toPromotionTier } from '../promotion-tier.mts';
import { orderParameter, readPaging, readQuery, textParameter } from '../query.mts';
import type { VoucherifyState } from '../state.mts';

const LAST_PAGE = 100;

/** Promotion tiers: list, of all promotions or of one. */
export function registerPromotions(app: FastifyInstance, state: VoucherifyState): void {
	app.get('/v1/promotions/tiers', (request) => {
		const query = readQuery(request);
		const paging = readPaging(query, LAST_PAGE);
		const { descending } = orderParameter(query, ['created_at', 'updated_at'], 'created_at');
		const available = textParameter(query, 'is_available') === 'true';
		const tiers = sortedBy(state.campaigns.all, ({ createdAt }) => createdAt).flatMap((campaign) =>
			campaign.settings.tiers
				.filter(({ active }) => !available || (active && campaign.settings.active))
				.map((tier) => toPromotionTier(tier, campaign, campaign.settings.tiers.indexOf(tier) + 1)),
		);
		return {
			object: 'list',
			data_ref: 'tiers',
			tiers: pageOf(tiers, paging, descending),
			total: tiers.length,
			has_more: paging.page * paging.limit < tiers.length,
		};
	});

	app.get<{ Params: { campaignId: string } }>('/v1/promotions/:campaignId/tiers', (request) =>
		promotionTiers(state.campaigns.get(request.params.campaignId)),
	);
}
