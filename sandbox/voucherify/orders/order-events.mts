import type { VoucherifyEvent } from '../event.mts';
import type { Order } from './order.mts';
import type { OrderChange } from './orders.mts';

/** The events of an order that has changed; only distributions hear of orders, and only of those of a customer. */
export function orderEvents(order: Order, changes: readonly OrderChange[]): VoucherifyEvent[] {
	const { customer, referrer } = order;
	if (customer === undefined) return [];
	return changes.map((change) => ({
		type: `customer.order.${change}`,
		audience: 'distribution',
		idPrefix: 'evcus_',
		entityId: customer.id,
		data: () => ({
			customer: customer.toSimpleCustomer(),
			referrer: referrer?.toSimpleCustomer() ?? null,
			order: order.toOrder(),
			redemption: null,
		}),
	}));
}
