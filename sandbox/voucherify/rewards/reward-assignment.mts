import type { Campaign } from '../campaign.mts';
import type { Reward } from './reward.mts';

/** A reward that a loyalty program offers. */
export class RewardAssignment {
	constructor(
		readonly id: string,
		/** Milliseconds since 1970. */
		readonly createdAt: number,
		readonly reward: Reward,
		readonly campaign: Campaign,
		/** What it costs; of coins, members say how many they spend. */
		readonly points: number | undefined,
	) {}

	toAssignment(): Record<string, unknown> {
		return {
			id: this.id,
			reward_id: this.reward.id,
			created_at: new Date(this.createdAt).toISOString(),
			updated_at: null,
			object: 'reward_assignment',
			related_object_id: this.campaign.id,
			related_object_type: 'campaign',
			...(this.points !== undefined && { parameters: { loyalty: { points: this.points } } }),
		};
	}
}
