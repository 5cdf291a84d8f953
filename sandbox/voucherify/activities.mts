import type { Clock } from '../common/clock.mts';
import type { Random } from '../common/random.mts';
import type { VoucherifyEvent } from './event.mts';
import { isObject } from './json.mts';

/** Something that happened to a customer. */
export interface Activity {
	readonly id: string;
	/** For instance `customer.publication.succeeded`. */
	readonly type: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	readonly groupId: string;
	/** The payload; built when somebody looks, because most are never looked at. */
	readonly data: () => Readonly<Record<string, unknown>>;
}

/** What happened to each customer, made from the events about customers. */
export class Activities {
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #byCustomer = new Map<string, Activity[]>();

	constructor(clock: Clock, random: Random) {
		this.#clock = clock;
		this.#random = random;
	}

	/** Takes note of an event, if it is about a customer. One that projects and distributions both hear counts once. */
	note({ type, entityId, data }: VoucherifyEvent): void {
		if (!type.startsWith('customer.')) return;
		const createdAt = this.#clock.millis();
		const known = this.#byCustomer.get(entityId) ?? [];
		const last = known.at(-1);
		if (last !== undefined && last.type === type && last.createdAt === createdAt) return;
		known.push({ id: this.#random.id('evcus_'), type, createdAt, groupId: this.#random.id('v-', 18), data });
		this.#byCustomer.set(entityId, known);
	}

	/** Oldest first. */
	ofCustomer(customerId: string): readonly Activity[] {
		return this.#byCustomer.get(customerId) ?? [];
	}

	/** Forgets a customer; returns how much there was. */
	forget(customerId: string): number {
		const { length } = this.ofCustomer(customerId);
		this.#byCustomer.delete(customerId);
		return length;
	}
}

/** The activity as the customers' routes show it. */
export function toActivity({ id, type, createdAt, groupId, data }: Activity): Record<string, unknown> {
	return {
		id,
		type,
		data: { data: data(), event_source: { channel: 'API' } },
		created_at: new Date(createdAt).toISOString(),
		group_id: groupId,
	};
}

/** What a customer does is an action; everything else is an effect. */
export function categoryOf({ type }: Activity): 'ACTION' | 'EFFECT' {
	return /^customer\.(custom_event|order|redemption|validation|publication)\b/.test(type)
		? 'ACTION'
		: 'EFFECT';
}

/** Property of the campaign that the activity is about, for instance `campaign_type`. */
export function campaignProperty({ data }: Activity, name: string): unknown {
	const campaign = data()['campaign'];
	return isObject(campaign) ? campaign[name] : undefined;
}
