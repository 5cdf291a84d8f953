import type { Campaign } from '../campaign.mts';

/** A rule of a loyalty program: a custom event of a member earns points. */
export class EarningRule {
	constructor(
		readonly id: string,
		readonly campaign: Campaign,
		/** Name of the custom event. */
		readonly eventName: string,
		readonly points: number,
		readonly schemaId: string,
		/** Milliseconds since 1970. */
		readonly createdAt: number,
	) {}

	get banner(): string {
		return `Get ${this.points} points for each ${this.eventName}.`;
	}

	/** The rule as events show it. */
	toRule(): Record<string, unknown> {
		return {
			id: this.id,
			created_at: new Date(this.createdAt).toISOString(),
			updated_at: null,
			validation_rule_id: null,
			loyalty: { type: 'FIXED', points: this.points },
			event: 'custom_event',
			custom_event: { schema_id: this.schemaId },
			source: { banner: this.banner, object_id: this.campaign.id, object_type: 'campaign' },
			active: true,
			metadata: {},
			automation_id: `auto_${this.id}`,
			object: 'earning_rule',
		};
	}
}
