import type { Campaigns } from '../campaigns.mts';
import type { CustomEvents } from './custom-events.mts';
import type { LoyaltyTiers } from './loyalty-tiers.mts';

/** Ranks of the seeded loyalty program, whose members begin with 100 points below the first one, and ways to earn. */
export function seedLoyalty(
	tiers: LoyaltyTiers,
	events: CustomEvents,
	campaigns: Campaigns,
	start: number,
): void {
	const program = campaigns.get('Loyalty Club');
	tiers.add(program, 'Silver', 200, 499, start);
	tiers.add(program, 'Gold', 500, 1_000_000, start);
	events.addRule(program, 'review_written', 50, start);
	events.addRule(program, 'friend_invited', 400, start);
}
