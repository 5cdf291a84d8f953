import { campaignOf, type Redeemable } from './redeemable.mts';
import type { Applicable, Inapplicable } from './calculation.mts';

/** How the sandbox's project lets redeemables work together; those without effect are still redeemed. */
export const STACKING_RULES = {
	redeemables_limit: 30,
	applicable_redeemables_limit: 30,
	applicable_redeemables_per_category_limit: 1,
	applicable_exclusive_redeemables_limit: 1,
	applicable_exclusive_redeemables_per_category_limit: 1,
	exclusive_categories: [],
	joint_categories: [],
	redeemables_application_mode: 'PARTIAL',
	redeemables_sorting_rule: 'REQUESTED_ORDER',
	redeemables_products_application_mode: 'STACK',
	redeemables_no_effect_rule: 'REDEEM_ANYWAY',
	redeemables_rollback_order_mode: 'WITHOUT_ORDER',
};

/** A redeemable that works, as validations show it. */
export function toApplicable(applicable: Applicable): Record<string, unknown> {
	return { status: 'APPLICABLE', ...toQualified(applicable) };
}

/** A redeemable that works, as qualifications show it. */
export function toQualified({ requested, redeemable, effect, amounts }: Applicable): Record<string, unknown> {
	return {
		id: requested.id,
		object: requested.object,
		...(amounts && { order: { ...amounts.toAmounts(), object: 'order' } }),
		applicable_to: emptyList(),
		inapplicable_to: emptyList(),
		result: toResult(effect),
		...campaignFields(redeemable),
	};
}

/** A redeemable that does not, as validations and redemptions show it. */
export function toInapplicable({ requested, redeemable, error }: Inapplicable): Record<string, unknown> {
	const { status: code, key, message, details } = error;
	return {
		status: 'INAPPLICABLE',
		id: requested.id,
		object: requested.object,
		result: { error: { code, key, message, details }, details: { key, message: details } },
		...(redeemable === undefined ? {} : campaignFields(redeemable)),
	};
}

function toResult(effect: Applicable['effect']): Record<string, unknown> {
	switch (effect.kind) {
		case 'discount':
			return { discount: effect.discount };
		case 'credits':
			return { gift: { balance: effect.balance, credits: effect.credits } };
		case 'points':
			return { loyalty_card: { points: effect.points } };
	}
}

/** Names and metadata of what a redeemable belongs to. */
export function campaignFields(redeemable: Redeemable): Record<string, unknown> {
	const campaign = campaignOf(redeemable);
	return {
		...(redeemable.kind === 'tier' && { name: redeemable.tier.name }),
		metadata: redeemable.kind === 'tier' ? redeemable.tier.metadata : redeemable.voucher.traits.metadata,
		categories: [],
		...(campaign && { campaign_name: campaign.name, campaign_id: campaign.id }),
	};
}

function emptyList(): Record<string, unknown> {
	return { object: 'list', data_ref: 'data', data: [], total: 0 };
}
