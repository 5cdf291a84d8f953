import type { Campaigns } from '../campaigns.mts';
import type { RewardFields } from './reward.mts';
import type { Rewards } from './rewards.mts';

/** What the seeded loyalty program offers: one reward of each type. */
export function seedRewards(rewards: Rewards, campaigns: Campaigns, start: number): void {
	const program = campaigns.get('Loyalty Club');
	const offer = (name: string, parameters: RewardFields['parameters'], points?: number, stock?: number) => {
		const fields = { name, parameters, stock: stock ?? null, attributes: undefined, metadata: {} };
		rewards.addAssignment(rewards.add(fields, start), program, points, start);
	};
	const discounts = campaigns.get('10 Euro Off').id;
	offer('10 euro off', { type: 'CAMPAIGN', campaignId: discounts, balance: undefined }, 80);
	offer('Coffee mug', { type: 'MATERIAL', productId: 'prod_coffee_mug', skuId: null }, 50, 2);
	offer('Pay with points', { type: 'COIN', exchangeRatio: 1, pointsRatio: 10 });
}
