import type { Campaign } from '../campaign.mts';
import type { Campaigns } from '../campaigns.mts';
import { notFound } from '../errors.mts';
import { type PromotionTier, toPromotionTier } from '../promotion-tier.mts';
import type { Voucher } from '../voucher.mts';
import type { RequestedRedeemable } from './redeemable-request.mts';

/** Something that can be redeemed: a code, or a tier of a promotion. */
export type Redeemable =
	| { readonly kind: 'voucher'; readonly voucher: Voucher }
	| { readonly kind: 'tier'; readonly tier: PromotionTier; readonly campaign: Campaign };

/** Finds what a request means. Throws 404. */
export function findRedeemable({ object, id }: RequestedRedeemable, campaigns: Campaigns): Redeemable {
	if (object === 'voucher') return { kind: 'voucher', voucher: campaigns.getVoucher(id) };
	for (const campaign of campaigns.all) {
		const tier = campaign.settings.tiers.find((one) => one.id === id);
		if (tier !== undefined && object === 'promotion_tier') return { kind: 'tier', tier, campaign };
	}
	throw notFound(object, id);
}

/** A tier in the shape of the promotions' routes, with its place in the promotion. */
export function tierOf({ tier, campaign }: Redeemable & { kind: 'tier' }): Record<string, unknown> {
	return toPromotionTier(tier, campaign, campaign.settings.tiers.indexOf(tier) + 1);
}

/** The campaign that a redeemable belongs to. */
export function campaignOf(redeemable: Redeemable): Campaign | undefined {
	return redeemable.kind === 'voucher' ? redeemable.voucher.campaign : redeemable.campaign;
}

/** What an entry is about, as ids. */
export function relatedObject(redeemable: Redeemable) {
	const parent = campaignOf(redeemable)?.id;
	return {
		related_object_type: redeemable.kind === 'voucher' ? 'voucher' : 'promotion_tier',
		related_object_id: redeemable.kind === 'voucher' ? redeemable.voucher.id : redeemable.tier.id,
		...(parent !== undefined && { related_object_parent_id: parent }),
	};
}
