import type { Campaigns } from '../campaigns.mts';
import { VoucherifyError } from '../errors.mts';
import type { OrderAmounts } from '../orders/order-amounts.mts';
import type { Rewards } from '../rewards/rewards.mts';
import { applyRedeemable, type Effect } from './effect.mts';
import { findRedeemable, type Redeemable } from './redeemable.mts';
import type { RequestedRedeemable } from './redeemable-request.mts';

/** A redeemable that works. */
export interface Applicable {
	readonly requested: RequestedRedeemable;
	readonly redeemable: Redeemable;
	readonly effect: Effect;
	/** The order after this redeemable and those before it. */
	readonly amounts: OrderAmounts | undefined;
}

/** A redeemable that does not. */
export interface Inapplicable {
	readonly requested: RequestedRedeemable;
	/** Undefined when there is no such thing. */
	readonly redeemable: Redeemable | undefined;
	readonly error: VoucherifyError;
}

/** What redeeming several things together comes to. */
export interface Calculation {
	/** In the order of the request. */
	readonly outcomes: readonly (Applicable | Inapplicable)[];
	readonly applicable: readonly Applicable[];
	readonly inapplicable: readonly Inapplicable[];
	/** The order in the end; undefined when there is none. */
	readonly amounts: OrderAmounts | undefined;
}

/**
 * Works out what redeeming several things does to an order, without doing it. One that cannot be redeemed is left out,
 * and the others go on: Voucherify's application mode PARTIAL.
 */
export function calculate(
	requested: readonly RequestedRedeemable[],
	order: OrderAmounts | undefined,
	{ campaigns, rewards }: { readonly campaigns: Campaigns; readonly rewards: Rewards },
	at: number,
): Calculation {
	let amounts = order;
	const applicable: Applicable[] = [];
	const inapplicable: Inapplicable[] = [];
	const outcomes = requested.map((one) => {
		let redeemable: Redeemable | undefined;
		try {
			redeemable = findRedeemable(one, campaigns);
			const applied = applyRedeemable(redeemable, one, amounts, rewards, at);
			amounts = applied.amounts;
			const outcome = { requested: one, redeemable, ...applied };
			applicable.push(outcome);
			return outcome;
		} catch (error) {
			if (!(error instanceof VoucherifyError)) throw error;
			const outcome = { requested: one, redeemable, error };
			inapplicable.push(outcome);
			return outcome;
		}
	});
	return { outcomes, applicable, inapplicable, amounts };
}
