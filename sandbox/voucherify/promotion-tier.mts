import type { Campaign } from './campaign.mts';
import type { Discount } from './incentive.mts';
import type { JsonObject } from './json.mts';

/** A step of a promotion: a discount for everybody who qualifies, without a code. */
export interface PromotionTier {
	readonly id: string;
	readonly name: string;
	readonly banner: string | null;
	readonly discount: Discount;
	readonly metadata: JsonObject;
	readonly active: boolean;
}

/** The list of a promotion's tiers, as the campaign and the promotions' routes show it. */
export function promotionTiers(campaign: Campaign): Record<string, unknown> {
	const tiers = campaign.settings.tiers.map((tier, i) => toPromotionTier(tier, campaign, i + 1));
	return { object: 'list', data_ref: 'tiers', tiers, total: tiers.length, has_more: false };
}

/** One tier; `hierarchy` counts from 1. */
export function toPromotionTier(
	tier: PromotionTier,
	campaign: Campaign,
	hierarchy: number,
): Record<string, unknown> {
	const { active } = campaign.settings;
	return {
		id: tier.id,
		created_at: new Date(campaign.createdAt).toISOString(),
		updated_at: new Date(campaign.updatedAt ?? campaign.createdAt).toISOString(),
		name: tier.name,
		banner: tier.banner,
		action: { discount: tier.discount },
		metadata: tier.metadata,
		hierarchy,
		promotion_id: campaign.id,
		campaign: { id: campaign.id, start_date: null, expiration_date: null, active, object: 'campaign' },
		campaign_id: campaign.id,
		active: tier.active,
		object: 'promotion_tier',
		category_id: null,
		categories: [],
	};
}
