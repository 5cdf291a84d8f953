import type { Customer } from '../customer.mts';
import type { JsonObject } from '../json.mts';
import type { Order } from '../orders/order.mts';
import { type Redemption, type RedemptionEntry, whoAndWhat } from './redemption.mts';
import type { Rollback } from './rollback.mts';

/** Several things that were redeemed together; Voucherify calls it the parent redemption. */
export class RedemptionStack implements RedemptionEntry {
	readonly redeemable = undefined;
	readonly failure = undefined;
	readonly amount = undefined;
	readonly parentId = undefined;
	readonly result = 'SUCCESS';
	readonly redemptions: Redemption[] = [];
	rollback: Rollback | undefined;

	constructor(
		readonly id: string,
		/** Milliseconds since 1970. */
		readonly createdAt: number,
		readonly customer: Customer | undefined,
		readonly trackingId: string | undefined,
		readonly order: Order | undefined,
		readonly metadata: JsonObject,
	) {}

	get status(): 'SUCCEEDED' | 'ROLLED_BACK' {
		return this.rollback === undefined ? 'SUCCEEDED' : 'ROLLED_BACK';
	}

	toEntry(serviceUrl: string): Record<string, unknown> {
		const date = new Date(this.createdAt).toISOString();
		return {
			id: this.id,
			object: 'redemption',
			date,
			...whoAndWhat(this, serviceUrl),
			metadata: this.metadata,
			result: this.result,
			status: this.status,
			related_redemptions: {
				redemptions: this.redemptions.map(({ id }) => ({ id, date })),
				...(this.rollback && { rollbacks: [this.rollback.toReference()] }),
			},
			related_object_type: 'redemption',
			related_object_id: this.redemptions[0]?.id ?? this.id,
		};
	}
}
