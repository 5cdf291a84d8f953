import type { TrackedEvent, TrackedPurchase } from './events.mts';
import type { UserAlias } from './identifiers.mts';
import type { Json } from './json.mts';

/** How often and when an event or a product was tracked; dates are ISO 8601. */
export interface Occurrences {
	first: string;
	last: string;
	count: number;
}

/** One user profile. Events and purchases are kept as they came: Braze never deduplicates them. */
export class Profile {
	externalId: string | undefined;
	readonly aliases: UserAlias[] = [];
	/** first_name, email and the like, by Braze's names. */
	readonly standardFields: Record<string, Json> = Object.create(null);
	readonly customAttributes: Record<string, Json> = Object.create(null);
	readonly events: TrackedEvent[] = [];
	readonly purchases: TrackedPurchase[] = [];
	readonly eventCounts = new Map<string, Occurrences>();
	readonly purchaseCounts = new Map<string, Occurrences>();
	totalRevenue = 0;
	/** Milliseconds since 1970. */
	updatedAt: number;

	constructor(
		readonly brazeId: string,
		/** Milliseconds since 1970. */
		readonly createdAt: number,
		/** 0 to 9999, as Braze gives every user for random samples. */
		readonly randomBucket: number,
	) {
		this.updatedAt = createdAt;
	}

	/** Adds a custom event. */
	addEvent(event: TrackedEvent): void {
		this.events.push(event);
		count(this.eventCounts, event.name, event.time);
	}

	/** Adds a purchase of one product. */
	addPurchase(purchase: TrackedPurchase): void {
		this.purchases.push(purchase);
		this.totalRevenue += purchase.price * purchase.quantity;
		count(this.purchaseCounts, purchase.product_id, purchase.time);
	}

	/** Takes over what another profile has and this one lacks; its events and purchases are added. */
	absorb(other: Profile): void {
		for (const [name, value] of Object.entries(other.customAttributes)) this.customAttributes[name] ??= value;
		for (const event of other.events) this.addEvent(event);
		for (const purchase of other.purchases) this.addPurchase(purchase);
	}

	toJSON(): Record<string, unknown> {
		return {
			braze_id: this.brazeId,
			external_id: this.externalId,
			user_aliases: this.aliases,
			...this.standardFields,
			custom_attributes: this.customAttributes,
			events: this.events,
			purchases: this.purchases,
			created_at: new Date(this.createdAt).toISOString(),
			updated_at: new Date(this.updatedAt).toISOString(),
		};
	}
}

function count(counts: Map<string, Occurrences>, name: string, time: string): void {
	const known = counts.get(name);
	if (known === undefined) {
		counts.set(name, { first: time, last: time, count: 1 });
		return;
	}
	known.count++;
	if (time < known.first) known.first = time;
	if (time > known.last) known.last = time;
}
