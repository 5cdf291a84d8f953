import type { JsonObject } from '../json.mts';
import type { Customer } from '../customer.mts';
import type { Order } from '../orders/order.mts';
import { eventPartsOf, type Redemption, type RedemptionEntry, whoAndWhat } from './redemption.mts';
import type { Redeemable } from './redeemable.mts';
import type { RedemptionStack } from './redemption-stack.mts';

/** What a request to roll back says. */
export interface RollbackRequest {
	readonly reason: string | undefined;
	readonly trackingId: string | undefined;
	readonly metadata: JsonObject | undefined;
}

/** A redemption, or a stack of them, taken back. */
export class Rollback implements RedemptionEntry {
	readonly failure = undefined;
	readonly result = 'SUCCESS';
	readonly status = 'SUCCEEDED';

	constructor(
		readonly id: string,
		/** Milliseconds since 1970. */
		readonly createdAt: number,
		readonly rolledBack: Redemption | RedemptionStack,
		readonly request: RollbackRequest,
		/** Id of the rollback of the stack that it is part of. */
		readonly parentId: string | undefined,
	) {}

	get customer(): Customer | undefined {
		return this.rolledBack.customer;
	}

	get trackingId(): string | undefined {
		return this.request.trackingId ?? this.rolledBack.trackingId;
	}

	get amount(): number | undefined {
		return this.rolledBack.amount;
	}

	get metadata(): JsonObject {
		return this.request.metadata ?? {};
	}

	get order(): Order | undefined {
		return this.rolledBack.order;
	}

	get redeemable(): Redeemable | undefined {
		return this.rolledBack.redeemable;
	}

	toEntry(serviceUrl: string): Record<string, unknown> {
		const { rolledBack } = this;
		const { reward } = 'details' in rolledBack ? rolledBack.details : { reward: undefined };
		return {
			...this.#base(),
			...whoAndWhat(this, serviceUrl),
			...('details' in rolledBack
				? rolledBack.amounts()
				: { related_object_type: 'redemption', related_object_id: rolledBack.id }),
			reward: reward?.toRewardResult(serviceUrl) ?? null,
		};
	}

	/** The rollback as events show it. */
	toEventRollback(): Record<string, unknown> {
		const { amount } = this;
		return { ...this.#base(), ...eventPartsOf(this), ...(amount !== undefined && { amount }) };
	}

	/** The rollback as its redemption names it. */
	toReference(): Record<string, unknown> {
		const { amount } = this;
		const date = new Date(this.createdAt).toISOString();
		return { id: this.id, date, ...(amount !== undefined && { amount }) };
	}

	#base(): Record<string, unknown> {
		const { reason, metadata } = this.request;
		return {
			id: this.id,
			object: 'redemption_rollback',
			date: new Date(this.createdAt).toISOString(),
			redemption: this.rolledBack.id,
			...(reason !== undefined && { reason }),
			metadata: metadata ?? null,
			result: this.result,
			status: this.status,
		};
	}
}
