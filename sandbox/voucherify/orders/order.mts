import type { Customer } from '../customer.mts';
import type { JsonObject } from '../json.mts';
import type { OrderAmounts } from './order-amounts.mts';
import type { OrderStatus } from './order-request.mts';

/** What an order remembers of a redemption. */
export interface OrderRedemption {
	readonly date: string;
	readonly related_object_type: string;
	readonly related_object_id: string;
	readonly related_object_parent_id?: string;
	readonly rollback_id?: string;
	readonly rollback_date?: string;
}

/** What somebody bought. */
export class Order {
	updatedAt: number | undefined;
	metadata: JsonObject = {};
	referrer: Customer | undefined;
	#redemptions: Record<string, OrderRedemption> | undefined;

	constructor(
		readonly id: string,
		readonly sourceId: string | undefined,
		/** Milliseconds since 1970. */
		readonly createdAt: number,
		public status: OrderStatus,
		public amounts: OrderAmounts,
		public customer: Customer | undefined,
	) {}

	/** Takes note of a redemption, or of what became of it. */
	note(redemptionId: string, redemption: OrderRedemption): void {
		this.#redemptions ??= {};
		this.#redemptions[redemptionId] = { ...this.#redemptions[redemptionId], ...redemption };
	}

	/** The order as the orders' routes, redemptions and events about orders show it. */
	toOrder(): Record<string, unknown> {
		const { customer, referrer } = this;
		return {
			...this.#base(),
			updated_at: this.updatedAt === undefined ? null : new Date(this.updatedAt).toISOString(),
			...(customer && { customer: { id: customer.id, object: 'customer' } }),
			...(referrer && { referrer: { id: referrer.id, object: 'customer' } }),
			...(this.#redemptions && { redemptions: this.#redemptions }),
		};
	}

	/** The order in an event about something else. */
	toSimpleOrder(): Record<string, unknown> {
		const { updatedAt } = this;
		return {
			...this.#base(),
			...(updatedAt !== undefined && { updated_at: new Date(updatedAt).toISOString() }),
		};
	}

	#base(): Record<string, unknown> {
		return {
			id: this.id,
			source_id: this.sourceId ?? null,
			created_at: new Date(this.createdAt).toISOString(),
			status: this.status,
			...this.amounts.toAmounts(),
			metadata: this.metadata,
			customer_id: this.customer?.id ?? null,
			referrer_id: this.referrer?.id ?? null,
			object: 'order',
		};
	}
}
