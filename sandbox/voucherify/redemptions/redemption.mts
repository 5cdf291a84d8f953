import type { Customer } from '../customer.mts';
import type { VoucherifyError } from '../errors.mts';
import type { JsonObject } from '../json.mts';
import type { Order } from '../orders/order.mts';
import { type Redeemable, relatedObject, tierOf } from './redeemable.mts';
import type { RedeemedReward } from './redeemed-reward.mts';
import type { Rollback } from './rollback.mts';

/** What redemptions, stacks of them and rollbacks have in common. */
export interface RedemptionEntry {
	readonly id: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	readonly customer: Customer | undefined;
	readonly trackingId: string | undefined;
	readonly order: Order | undefined;
	/** Undefined for stacks. */
	readonly redeemable: Redeemable | undefined;
	readonly result: 'SUCCESS' | 'FAILURE';
	readonly status: 'SUCCEEDED' | 'FAILED' | 'ROLLED_BACK';
	readonly failure: VoucherifyError | undefined;
	/** Cents of a gift card or points of a loyalty card. */
	readonly amount: number | undefined;
	readonly metadata: JsonObject;
	/** Id of the stack that it is part of. */
	readonly parentId: string | undefined;
	/** The entry as the redemptions' routes show it. */
	toEntry(serviceUrl: string): Record<string, unknown>;
}

/** What makes a redemption. */
export interface RedemptionDetails {
	readonly id: string;
	readonly createdAt: number;
	readonly redeemable: Redeemable;
	readonly customer: Customer | undefined;
	readonly trackingId: string | undefined;
	readonly metadata: JsonObject;
	readonly order: Order | undefined;
	/** Cents of a gift card or points of a loyalty card. */
	readonly amount: number | undefined;
	readonly reward: RedeemedReward | undefined;
	readonly parentId: string | undefined;
	/** Why it did not work. */
	readonly failure: VoucherifyError | undefined;
	/** The customer who holds the code. */
	readonly holder: Customer | undefined;
}

/** The use of one code or of one tier of a promotion. */
export class Redemption implements RedemptionEntry {
	rollback: Rollback | undefined;

	constructor(readonly details: RedemptionDetails) {}

	get id(): string {
		return this.details.id;
	}

	get createdAt(): number {
		return this.details.createdAt;
	}

	get redeemable(): Redeemable {
		return this.details.redeemable;
	}

	get customer(): Customer | undefined {
		return this.details.customer;
	}

	get trackingId(): string | undefined {
		return this.details.trackingId;
	}

	get order(): Order | undefined {
		return this.details.order;
	}

	get parentId(): string | undefined {
		return this.details.parentId;
	}

	get amount(): number | undefined {
		return this.details.amount;
	}

	get metadata(): JsonObject {
		return this.details.metadata;
	}

	get failure(): VoucherifyError | undefined {
		return this.details.failure;
	}

	get result(): 'SUCCESS' | 'FAILURE' {
		return this.failure === undefined ? 'SUCCESS' : 'FAILURE';
	}

	get status(): 'SUCCEEDED' | 'FAILED' | 'ROLLED_BACK' {
		if (this.failure !== undefined) return 'FAILED';
		return this.rollback === undefined ? 'SUCCEEDED' : 'ROLLED_BACK';
	}

	toEntry(serviceUrl: string): Record<string, unknown> {
		const { metadata, reward, parentId } = this.details;
		return {
			id: this.id,
			object: 'redemption',
			date: new Date(this.createdAt).toISOString(),
			...whoAndWhat(this, serviceUrl),
			metadata,
			...this.amounts(),
			redemption: parentId ?? null,
			result: this.result,
			status: this.status,
			...(this.rollback && { related_redemptions: { rollbacks: [this.rollback.toReference()] } }),
			...failureOf(this),
			reward: reward?.toRewardResult(serviceUrl) ?? null,
		};
	}

	/** The redemption as events show it: only what applies. */
	toEventRedemption(): Record<string, unknown> {
		const { metadata, reward, amount } = this.details;
		return {
			id: this.id,
			date: new Date(this.createdAt).toISOString(),
			...eventPartsOf(this),
			...(amount !== undefined && { amount }),
			...(reward && { reward: reward.toEventReward() }),
			result: this.result,
			status: this.status === 'ROLLED_BACK' ? 'SUCCEEDED' : this.status,
			...failureOf(this),
			metadata,
			object: 'redemption',
		};
	}

	/** What went from the card: credits or points; nothing for discounts. */
	amounts(): Record<string, unknown> {
		const { amount, redeemable } = this.details;
		if (amount === undefined || redeemable.kind === 'tier') return {};
		return redeemable.voucher.type === 'GIFT_VOUCHER'
			? { amount, gift: { amount } }
			: { amount, loyalty_card: { points: amount } };
	}
}

/** Customer, order and redeemable of an entry, in the shape of the redemptions' routes. */
export function whoAndWhat(entry: RedemptionEntry, serviceUrl: string): Record<string, unknown> {
	const { customer, trackingId, order, redeemable } = entry;
	return {
		customer_id: customer?.id ?? null,
		tracking_id: trackingId ?? customer?.sourceId ?? null,
		customer: customer?.toSimpleCustomer() ?? null,
		order: order?.toOrder() ?? null,
		channel: { channel_id: 'Sandbox', channel_type: 'API' },
		...(redeemable && relatedObject(redeemable)),
		...(redeemable?.kind === 'tier' && { promotion_tier: tierOf(redeemable) }),
		...(redeemable?.kind === 'voucher' && { voucher: redeemable.voucher.toVoucher(serviceUrl) }),
	};
}

/** Customer, order and redeemable of an entry, in the shape of events. */
export function eventPartsOf(entry: RedemptionEntry): Record<string, unknown> {
	const { customer, order, redeemable } = entry;
	const trackingId = entry.trackingId ?? customer?.sourceId;
	return {
		customer_id: customer?.id ?? null,
		...(trackingId !== undefined && { tracking_id: trackingId }),
		...(customer && { customer: customer.toSimpleCustomer() }),
		...(order && { order: order.toSimpleOrder() }),
		...(redeemable?.kind === 'voucher' && { voucher: redeemable.voucher.toEventVoucher() }),
		...(redeemable?.kind === 'tier' && { promotion_tier: simpleTier(redeemable) }),
	};
}

/** A tier as events show it. */
export function simpleTier({ tier, campaign }: Redeemable & { kind: 'tier' }): Record<string, unknown> {
	const { id, name, banner, metadata } = tier;
	return { id, name, banner, campaign: { id: campaign.id }, metadata };
}

function failureOf({ failure }: RedemptionEntry): Record<string, unknown> {
	return failure === undefined ? {} : { failure_code: failure.key, failure_message: failure.message };
}
