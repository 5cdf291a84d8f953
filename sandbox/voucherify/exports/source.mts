import type { Balances } from '../balances.mts';
import type { Campaigns } from '../campaigns.mts';
import type { Customers } from '../customers.mts';
import type { Publications } from '../publications.mts';
import type { Orders } from '../orders/orders.mts';
import type { Redemptions } from '../redemptions/redemptions.mts';

/** What exports are made from. */
export interface ExportSource {
	readonly campaigns: Campaigns;
	readonly balances: Balances;
	readonly customers: Customers;
	readonly publications: Publications;
	readonly orders: Orders;
	readonly redemptions: Redemptions;
	/** Where the sandbox's Voucherify listens. */
	readonly url: string;
}

/** Money in exports is decimal, unlike in the API: 1050 becomes `10.50`. */
export function decimal(cents: number | undefined): string {
	return cents === undefined ? '' : (cents / 100).toFixed(2);
}

/** Dates in exports are UTC. */
export function utc(at: number | undefined): string {
	return at === undefined ? '' : new Date(at).toISOString();
}
