import type { Random } from '../common/random.mts';
import type { Campaigns } from './campaigns.mts';
import type { Customer } from './customer.mts';
import type { Order, Redemption } from './sales.mts';

const SECOND_MS = 1_000;
const ORDER_AMOUNT = 4_990;
const DISCOUNT_AMOUNT = 499;

/** The orders that the customers' sums speak of, each customer's first one with the generic code redeemed. */
export function seedSales(
	customers: readonly Customer[],
	campaigns: Campaigns,
	random: Random,
): { orders: Order[]; redemptions: Redemption[] } {
	const orders: Order[] = [];
	const redemptions: Redemption[] = [];
	const campaign = campaigns.get('Hello Everybody');
	const { code } = campaign.voucher(0);
	for (const customer of customers) {
		for (let i = 0; i < customer.summary.orders; i++) {
			const createdAt = customer.createdAt + (i + 1) * SECOND_MS;
			const order: Order = {
				id: random.id('ord_'),
				sourceId: `order-${String(orders.length + 1).padStart(6, '0')}`,
				createdAt,
				status: i === 0 ? 'FULFILLED' : 'PAID',
				amount: ORDER_AMOUNT,
				discountAmount: i === 0 ? DISCOUNT_AMOUNT : 0,
				customer,
				metadata: { shop: 'online' },
			};
			orders.push(order);
			if (i === 0) {
				redemptions.push({
					id: random.id('r_'),
					createdAt,
					code,
					campaign,
					order,
					metadata: { till: 'web' },
				});
			}
		}
	}
	return { orders, redemptions };
}
