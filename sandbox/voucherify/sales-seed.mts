import type { Random } from '../common/random.mts';
import type { Campaigns } from './campaigns.mts';
import type { Customer } from './customer.mts';
import { Order } from './orders/order.mts';
import { OrderAmounts } from './orders/order-amounts.mts';
import type { Orders } from './orders/orders.mts';
import { Redemption } from './redemptions/redemption.mts';
import type { Redemptions } from './redemptions/redemptions.mts';

const SECOND_MS = 1_000;
const ORDER_AMOUNT = 4_990;
const DISCOUNT_AMOUNT = 499;

/** The orders that the customers' sums speak of, each customer's first one with the generic code redeemed. */
export function seedSales(
	customers: readonly Customer[],
	campaigns: Campaigns,
	{ orders, redemptions }: { readonly orders: Orders; readonly redemptions: Redemptions },
	random: Random,
): void {
	const voucher = campaigns.get('Hello Everybody').voucher(0);
	const redeemable = { kind: 'voucher', voucher } as const;
	const metadata = { till: 'web' };
	for (const customer of customers) {
		for (let i = 0; i < customer.summary.orders; i++) {
			const createdAt = customer.createdAt + (i + 1) * SECOND_MS;
			const order = new Order(
				random.id('ord_'),
				`order-${String(orders.all.length + 1).padStart(6, '0')}`,
				createdAt,
				i === 0 ? 'FULFILLED' : 'PAID',
				new OrderAmounts([], ORDER_AMOUNT, i === 0 ? DISCOUNT_AMOUNT : 0),
				customer,
			);
			order.metadata = { shop: 'online' };
			orders.seed(order);
			if (i > 0) continue;
			voucher.redeemedQuantity++;
			redemptions.store(
				new Redemption({
					id: random.id('r_'),
					createdAt,
					redeemable,
					customer,
					trackingId: undefined,
					metadata,
					order,
					amount: undefined,
					reward: undefined,
					parentId: undefined,
					failure: undefined,
					holder: undefined,
				}),
			);
		}
	}
}
