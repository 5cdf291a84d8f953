import type { Clock } from '../common/clock.mts';
import type { Random } from '../common/random.mts';
import type { Customer } from './customer.mts';
import { readCustomerFilter } from './customer-filter.mts';
import type { CustomerChange } from './customers.mts';
import { invalid, notFound } from './errors.mts';
import { isObject, type JsonObject, nonEmptyText } from './json.mts';

/** The most customers that a static segment can be given. */
const STATIC_SEGMENT_LIMIT = 20_000;

/** Who belongs to a segment: named customers, or all that meet a condition. */
export type Membership =
	| { readonly type: 'static'; readonly ids: ReadonlySet<string> }
	| {
			readonly type: 'auto-update' | 'passive';
			/** The condition in Voucherify's words. */
			readonly filter: Readonly<Record<string, unknown>>;
			readonly includes: (customer: Customer) => boolean;
	  };

/** A group of customers, kept in order of their creation. */
export class Segment {
	/** Oldest first. */
	readonly members: Customer[] = [];
	readonly #memberIds = new Set<string>();

	constructor(
		readonly id: string,
		readonly name: string,
		readonly membership: Membership,
		/** Milliseconds since 1970. */
		readonly createdAt: number,
	) {}

	has(customer: Customer): boolean {
		return this.#memberIds.has(customer.id);
	}

	/** Whether the customer should be a member. */
	accepts(customer: Customer): boolean {
		const { membership } = this;
		return membership.type === 'static' ? membership.ids.has(customer.id) : membership.includes(customer);
	}

	add(customer: Customer): void {
		this.#memberIds.add(customer.id);
		const last = this.members.at(-1);
		if (last === undefined || last.createdAt <= customer.createdAt) this.members.push(customer);
		else this.members.splice(firstAfter(this.members, customer.createdAt), 0, customer);
	}

	remove(customer: Customer): void {
		this.#memberIds.delete(customer.id);
		const index = this.members.indexOf(customer);
		if (index !== -1) this.members.splice(index, 1);
	}

	/** The segment as its routes show it. */
	toSegment(): Record<string, unknown> {
		return {
			id: this.id,
			name: this.name,
			created_at: new Date(this.createdAt).toISOString(),
			updated_at: null,
			type: this.membership.type,
			filter: this.membership.type === 'static' ? null : this.membership.filter,
			object: 'segment',
		};
	}

	/** The segment as a customer's list of segments and events name it. */
	toReference(): Record<string, unknown> {
		return { id: this.id, name: this.name, object: 'segment' };
	}
}

/** All segments; they follow the customers. */
export class Segments {
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #moved: (customer: Customer, segment: Segment, move: 'entered' | 'left') => void;
	readonly #segments = new Map<string, Segment>();

	constructor(
		clock: Clock,
		random: Random,
		moved: (customer: Customer, segment: Segment, move: 'entered' | 'left') => void,
	) {
		this.#clock = clock;
		this.#random = random;
		this.#moved = moved;
	}

	get all(): Segment[] {
		return [...this.#segments.values()];
	}

	/** Throws 404. */
	get(id: string): Segment {
		const segment = this.#segments.get(id);
		if (segment === undefined) throw notFound('segment', id);
		return segment;
	}

	/** Makes a segment out of the customers there are, which nobody is told about. */
	add(name: string, membership: Membership, customers: readonly Customer[], createdAt: number): Segment {
		const segment = new Segment(this.#random.id('seg_'), name, membership, createdAt);
		for (const customer of customers) if (segment.accepts(customer)) segment.add(customer);
		this.#segments.set(segment.id, segment);
		return segment;
	}

	/** Makes a segment as a request body says: of named customers, or of all that a filter finds. Throws 400. */
	create(body: unknown, customers: readonly Customer[]): Segment {
		const name = isObject(body) ? nonEmptyText(body['name']) : undefined;
		if (!isObject(body) || name === undefined) throw wrong('Property .name is required');
		return this.add(name, readMembership(body), customers, this.#clock.millis());
	}

	delete(segment: Segment): void {
		this.#segments.delete(segment.id);
	}

	/** Lets a customer enter and leave segments after it has changed. */
	follow({ customer, change }: Pick<CustomerChange, 'customer' | 'change'>): void {
		for (const segment of this.#segments.values()) {
			const was = segment.has(customer);
			const is = change !== 'deleted' && segment.accepts(customer);
			if (is === was) continue;
			if (is) segment.add(customer);
			else segment.remove(customer);
			// Passive segments are looked up when needed; nobody hears about who comes and goes.
			if (segment.membership.type === 'auto-update') this.#moved(customer, segment, is ? 'entered' : 'left');
		}
	}
}

/** Index of the first customer created after the instant `at`, in a list ordered by creation. */
export function firstAfter(customers: readonly Customer[], at: number): number {
	let low = 0;
	let high = customers.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((customers[middle]?.createdAt ?? Infinity) > at) high = middle;
		else low = middle + 1;
	}
	return low;
}

function readMembership({ type, customers: ids, filter }: JsonObject): Membership {
	if (type === 'auto-update' || type === 'passive') {
		if (!isObject(filter)) throw wrong('Property .filter should be an object');
		return { type, filter, includes: readCustomerFilter(filter) };
	}
	if (type !== 'static') throw wrong('Property .type should be static, auto-update or passive');
	if (!Array.isArray(ids)) throw wrong('Property .customers should be an array');
	if (ids.length > STATIC_SEGMENT_LIMIT) throw wrong(`At most ${STATIC_SEGMENT_LIMIT} customers are allowed`);
	return { type, ids: new Set(ids.filter((id) => typeof id === 'string')) };
}

function wrong(details: string): Error {
	return invalid('invalid_payload', 'Invalid payload', details);
}
