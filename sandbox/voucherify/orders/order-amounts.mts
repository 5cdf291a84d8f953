import type { JsonObject } from '../json.mts';

/** A line of an order; amounts in cents. */
export interface OrderItem {
	/** What was said about it, in Voucherify's words. */
	readonly fields: JsonObject;
	readonly quantity: number;
	/** Before discounts. */
	readonly amount: number;
	readonly discount: number;
	/** Units that cost nothing. */
	readonly freeUnits: number;
}

/** What an order costs and what codes take off; never changes, so that a calculation can be thrown away. */
export class OrderAmounts {
	constructor(
		readonly items: readonly OrderItem[],
		/** Before discounts, in cents. */
		readonly amount: number,
		/** Taken off the order as a whole. */
		readonly discount = 0,
	) {}

	/** Taken off single items. */
	get itemsDiscount(): number {
		return this.items.reduce((sum, item) => sum + item.discount, 0);
	}

	get totalDiscount(): number {
		return this.discount + this.itemsDiscount;
	}

	/** What is left to pay. */
	get total(): number {
		return this.amount - this.totalDiscount;
	}

	/** The same order with `cents` less to pay; never less than nothing. */
	less(cents: number): OrderAmounts {
		return new OrderAmounts(this.items, this.amount, this.discount + Math.min(cents, this.total));
	}

	/** The same order with a line more. */
	with(item: OrderItem): OrderAmounts {
		return new OrderAmounts([...this.items, item], this.amount + item.amount, this.discount);
	}

	/** The order before any code was used. */
	withoutDiscounts(): OrderAmounts {
		const items = this.items
			.filter(({ quantity, freeUnits }) => quantity > freeUnits)
			.map((item) => ({ ...item, discount: 0, freeUnits: 0 }));
		return new OrderAmounts(items, this.amount);
	}

	/** The amounts as every answer with an order shows them: discounts only where there are some. */
	toAmounts(): Record<string, unknown> {
		const { amount, discount, itemsDiscount, totalDiscount } = this;
		return {
			amount,
			initial_amount: amount,
			...(discount > 0 && { discount_amount: discount, applied_discount_amount: discount }),
			...(itemsDiscount > 0 && {
				items_discount_amount: itemsDiscount,
				items_applied_discount_amount: itemsDiscount,
			}),
			...(totalDiscount > 0 && {
				total_discount_amount: totalDiscount,
				total_applied_discount_amount: totalDiscount,
			}),
			total_amount: this.total,
			items: this.items.map(toItem),
		};
	}
}

function toItem({ fields, quantity, amount, discount, freeUnits }: OrderItem): Record<string, unknown> {
	return {
		...fields,
		object: 'order_item',
		quantity,
		amount,
		...(freeUnits > 0 && { discount_quantity: freeUnits }),
		...((discount > 0 || freeUnits > 0) && { discount_amount: discount, applied_discount_amount: discount }),
		...(quantity > 0 && { price: Math.round(amount / quantity) }),
		subtotal_amount: amount - discount,
	};
}
