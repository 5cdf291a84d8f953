import { invalid, notFound } from '../errors.mts';
import type { Discount } from '../incentive.mts';
import { objectIn } from '../body.mts';
import { nonEmptyText } from '../json.mts';
import type { OrderAmounts } from '../orders/order-amounts.mts';
import type { RewardAssignment } from '../rewards/reward-assignment.mts';
import type { Rewards } from '../rewards/rewards.mts';
import type { Voucher } from '../voucher.mts';
import type { Redeemable } from './redeemable.mts';
import type { RequestedRedeemable } from './redeemable-request.mts';

/** What redeeming something does, besides making the order cheaper. */
export type Effect =
	| { readonly kind: 'discount'; readonly discount: Discount }
	| { readonly kind: 'credits'; readonly credits: number; readonly balance: number }
	| { readonly kind: 'points'; readonly points: number; readonly assignment: RewardAssignment };

/** An effect, and the order after it. */
export interface Applied {
	readonly effect: Effect;
	readonly amounts: OrderAmounts | undefined;
}

/**
 * Works out what redeeming something at the instant `at` does to an order.
 * Throws 400 with the reason when it cannot be redeemed, for instance `quantity_exceeded`.
 */
export function applyRedeemable(
	redeemable: Redeemable,
	{ credits, reward }: RequestedRedeemable,
	amounts: OrderAmounts | undefined,
	rewards: Rewards,
	at: number,
): Applied {
	if (redeemable.kind === 'tier') {
		const { tier, campaign } = redeemable;
		if (!tier.active || !campaign.settings.active) {
			throw invalid('promotion_inactive', 'Promotion inactive', `Promotion tier ${tier.id} is not active`);
		}
		if (amounts === undefined) throw missingOrder();
		return {
			effect: { kind: 'discount', discount: tier.discount },
			amounts: discounted(amounts, tier.discount),
		};
	}
	const { voucher } = redeemable;
	checkVoucher(voucher, at);
	switch (voucher.type) {
		case 'DISCOUNT_VOUCHER': {
			const { discount } = voucher;
			if (discount === null) throw notFound('discount', voucher.code);
			return { effect: { kind: 'discount', discount }, amounts: amounts && discounted(amounts, discount) };
		}
		case 'GIFT_VOUCHER':
			return payWithCredits(voucher, credits, amounts);
		case 'LOYALTY_CARD':
			return payWithPoints(voucher, reward, amounts, rewards);
	}
}

function checkVoucher(voucher: Voucher, at: number): void {
	const { active, startsAt, expiresAt, redemptionQuantity } = voucher.traits;
	const named = `Voucher ${voucher.code}`;
	if (!active || voucher.campaign?.settings.active === false) {
		throw invalid('voucher_disabled', 'Voucher is disabled', `${named} is disabled`);
	}
	if (startsAt !== undefined && startsAt > at) {
		throw invalid('voucher_not_active', 'Voucher is not active yet', `${named} can be used later`);
	}
	if (expiresAt !== undefined && expiresAt <= at) {
		throw invalid('voucher_expired', 'Voucher expired', `${named} has expired`);
	}
	if (redemptionQuantity !== null && voucher.redeemedQuantity >= redemptionQuantity) {
		const details = `${named} has been redeemed as often as it can be: ${redemptionQuantity}`;
		throw invalid('quantity_exceeded', 'Quantity exceeded', details);
	}
}

function payWithCredits(
	voucher: Voucher,
	asked: number | undefined,
	amounts: OrderAmounts | undefined,
): Applied {
	const balance = voucher.giftBalance ?? 0;
	if (asked === undefined && amounts === undefined) throw missingOrder();
	const needed = amounts?.total ?? Infinity;
	const credits = asked ?? Math.min(balance, needed);
	if (credits > balance) {
		const details = `Gift card ${voucher.code} holds ${balance}, ${credits} was asked for`;
		throw invalid('gift_amount_exceeded', 'Gift amount exceeded', details);
	}
	if (credits === 0 && needed > 0) {
		throw invalid('gift_amount_exceeded', 'Gift amount exceeded', `Gift card ${voucher.code} is empty`);
	}
	return {
		effect: { kind: 'credits', credits, balance: balance - credits },
		amounts: amounts?.less(credits),
	};
}

function payWithPoints(
	voucher: Voucher,
	asked: RequestedRedeemable['reward'],
	amounts: OrderAmounts | undefined,
	rewards: Rewards,
): Applied {
	if (asked === undefined) throw invalid('missing_reward', 'Missing reward', 'Property .reward is required');
	const reward = rewards.get(asked.id);
	const assignment = rewards.assignmentsOf(reward).find((one) => one.campaign.id === voucher.campaign?.id);
	if (assignment === undefined) {
		const details = `Reward ${reward.id} is not assigned to campaign ${voucher.campaign?.name}`;
		throw invalid('reward_not_assigned', 'Reward not assigned', details);
	}
	if (reward.left < 1) {
		throw invalid(
			'reward_stock_exceeded',
			'Reward is out of stock',
			`Nothing is left of reward ${reward.id}`,
		);
	}
	const points = assignment.points ?? asked.points;
	if (points === undefined) {
		throw invalid('missing_points', 'Missing points', 'Property .reward.points is required for this reward');
	}
	const balance = voucher.loyaltyBalance ?? 0;
	if (points > balance) {
		const details = `Loyalty card ${voucher.code} holds ${balance} points, ${points} are needed`;
		throw invalid('loyalty_card_points_exceeded', 'Loyalty card points exceeded', details);
	}
	const effect = { kind: 'points', points, assignment } as const;
	return { effect, amounts: amounts?.less(reward.cents(points)) };
}

/** The order with a discount; of several, each works on what the ones before it have left. */
function discounted(amounts: OrderAmounts, discount: Discount): OrderAmounts {
	switch (discount.type) {
		case 'AMOUNT':
			return amounts.less(discount.amount_off);
		case 'PERCENT': {
			const cents = Math.round((amounts.total * discount.percent_off) / 100);
			return amounts.less(Math.min(cents, discount.amount_limit ?? cents));
		}
		case 'FIXED':
			return amounts.less(Math.max(0, amounts.total - discount.fixed_amount));
		case 'UNIT': {
			const units = discount.unit_off ?? 1;
			const product = objectIn(discount, 'product');
			const id = discount.unit_type ?? nonEmptyText(product?.['id']);
			const fields = { ...(id !== undefined && { product_id: id }), ...(product && { product }) };
			return amounts.with({ fields, quantity: units, amount: 0, discount: 0, freeUnits: units });
		}
	}
}

function missingOrder(): Error {
	return invalid('missing_order', 'Missing order', 'Property .order with an amount or items is required');
}
