import type { Campaign } from './campaign.mts';
import type { Customer } from './customer.mts';

/** An order of the seed; amounts in cents, instants in milliseconds since 1970. */
export interface Order {
	readonly id: string;
	readonly sourceId: string;
	readonly createdAt: number;
	readonly status: 'PAID' | 'FULFILLED';
	readonly amount: number;
	readonly discountAmount: number;
	readonly customer: Customer;
	readonly metadata: Readonly<Record<string, unknown>>;
}

/** A redemption of the seed: the code that brought an order its discount. */
export interface Redemption {
	readonly id: string;
	readonly createdAt: number;
	readonly code: string;
	readonly campaign: Campaign;
	readonly order: Order;
	readonly metadata: Readonly<Record<string, unknown>>;
}
