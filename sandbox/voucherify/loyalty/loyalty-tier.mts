import type { Campaign } from '../campaign.mts';

/** A rank of a loyalty program, for members whose balance lies between two bounds, both included. */
export class LoyaltyTier {
	constructor(
		readonly id: string,
		readonly name: string,
		readonly campaign: Campaign,
		readonly from: number,
		readonly to: number,
		/** Milliseconds since 1970. */
		readonly createdAt: number,
	) {}

	/** The tier as events show it. */
	toTier(): Record<string, unknown> {
		const points = { from: this.from, to: this.to };
		return {
			id: this.id,
			name: this.name,
			campaign_id: this.campaign.id,
			metadata: {},
			created_at: new Date(this.createdAt).toISOString(),
			updated_at: null,
			earning_rules: {},
			rewards: {},
			config: { points },
			points,
			object: 'loyalty_tier',
		};
	}
}
