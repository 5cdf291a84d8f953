import type { Clock } from '../common/clock.mts';
import type { Random } from '../common/random.mts';
import type { Balances } from './balances.mts';
import type { Campaigns } from './campaigns.mts';
import type { Customers } from './customers.mts';
import type { VoucherifyEvent } from './event.mts';
import { CustomEvents } from './loyalty/custom-events.mts';
import { seedLoyalty } from './loyalty/loyalty-seed.mts';
import type { LoyaltyTiers } from './loyalty/loyalty-tiers.mts';
import { orderEvents } from './orders/order-events.mts';
import { Orders } from './orders/orders.mts';
import type { Publications } from './publications.mts';
import { Redemptions } from './redemptions/redemptions.mts';
import { RollingBack } from './redemptions/rolling-back.mts';
import { ReferralHolders } from './referrals/referral-holders.mts';
import { seedRewards } from './rewards/reward-seed.mts';
import { Rewards } from './rewards/rewards.mts';
import { seedSales } from './sales-seed.mts';

/** What selling needs of the rest of Voucherify. */
export interface SalesContext {
	readonly clock: Clock;
	/** A source of chance of its own for each name. */
	readonly random: (name: string) => Random;
	readonly campaigns: Campaigns;
	readonly customers: Customers;
	readonly publications: Publications;
	readonly balances: Balances;
	readonly loyaltyTiers: LoyaltyTiers;
	readonly emit: (event: VoucherifyEvent) => void;
}

/** What customers do with what they were given: orders, redemptions, rewards, referrals and events of their own. */
export class Sales {
	readonly clock: Clock;
	readonly orders: Orders;
	readonly rewards: Rewards;
	readonly redemptions: Redemptions;
	readonly rollingBack: RollingBack;
	readonly customEvents: CustomEvents;
	readonly referralHolders: ReferralHolders;
	readonly #ids: Random;

	constructor(context: SalesContext) {
		const { clock, campaigns, customers, loyaltyTiers, emit } = context;
		const random = context.random('sales');
		this.clock = clock;
		this.#ids = random;
		this.orders = new Orders({
			clock,
			random,
			customers,
			changed: (order, changes) => {
				if (changes.includes('paid')) order.customer?.countOrder(order.amounts.total);
				for (const event of orderEvents(order, changes)) emit(event);
			},
		});
		this.rewards = new Rewards(clock, context.random('rewards'), campaigns);
		const { orders, rewards } = this;
		const redeeming = { ...context, random, orders, rewards };
		this.redemptions = new Redemptions(redeeming);
		this.rollingBack = new RollingBack(this.redemptions, redeeming);
		this.customEvents = new CustomEvents({ ...context, random: context.random('custom events') });
		this.referralHolders = new ReferralHolders(clock, context.random('referrals'), customers);
		const start = clock.millis();
		seedSales(customers.ordered, campaigns, this, random);
		seedRewards(rewards, campaigns, start);
		seedLoyalty(loyaltyTiers, this.customEvents, campaigns, start);
	}

	/** An id that nothing has yet, such as `valid_4tHk…`. */
	newId(prefix: string): string {
		return this.#ids.id(prefix);
	}
}
