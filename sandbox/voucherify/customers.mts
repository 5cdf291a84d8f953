import type { Clock } from '../common/clock.mts';
import type { Random } from '../common/random.mts';
import { Customer, type CustomerFields, customerFields } from './customer.mts';
import { invalid, notFound } from './errors.mts';
import { isObject, type JsonObject, nonEmptyText } from './json.mts';

/** What is told about a change of a customer, so that segments and webhooks can follow. */
export interface CustomerChange {
	readonly customer: Customer;
	readonly change: 'created' | 'updated' | 'deleted';
	/** Whether it came with many others: no webhook tells about updates of that kind. */
	readonly isBulk: boolean;
}

/** All customers, found by id and source_id, and in order of their creation. */
export class Customers {
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #changed: (change: CustomerChange) => void;
	readonly #byId = new Map<string, Customer>();
	readonly #bySourceId = new Map<string, Customer>();
	readonly #ordered: Customer[] = [];

	constructor(clock: Clock, random: Random, changed: (change: CustomerChange) => void) {
		this.#clock = clock;
		this.#random = random;
		this.#changed = changed;
	}

	get count(): number {
		return this.#ordered.length;
	}

	/** Oldest first; of the same instant, the one stored first comes first. */
	get ordered(): readonly Customer[] {
		return this.#ordered;
	}

	/** An id that no customer has yet. */
	newId(): string {
		return this.#random.id('cust_');
	}

	/** Adds a customer of the seed, which nobody is told about. */
	seed(customer: Customer): void {
		this.#store(customer);
	}

	/** The customer with this id or source_id. */
	find(idOrSourceId: string): Customer | undefined {
		return this.#byId.get(idOrSourceId) ?? this.#bySourceId.get(idOrSourceId);
	}

	/** Like `find`, but throws 404. */
	get(idOrSourceId: string): Customer {
		const customer = this.find(idOrSourceId);
		if (customer === undefined) throw notFound('customer', idOrSourceId);
		return customer;
	}

	/** Updates the customer that the body's `id` or else `source_id` names, or creates it. */
	upsert(body: unknown, isBulk = false): Customer {
		if (!isObject(body))
			throw invalid('invalid_payload', 'Invalid payload', 'A customer should be an object');
		const id = nonEmptyText(body['id']);
		const sourceId = nonEmptyText(body['source_id']);
		const fields = customerFields(body);
		const known = id === undefined ? undefined : this.#byId.get(id);
		if (id !== undefined && known === undefined && sourceId === undefined) throw notFound('customer', id);
		const existing = known ?? (sourceId === undefined ? undefined : this.#bySourceId.get(sourceId));
		if (existing !== undefined) {
			// A customer that is only named has not changed.
			if (Object.keys(fields).length > 0) this.update(existing, fields, isBulk);
			return existing;
		}
		const customer = new Customer(this.newId(), sourceId, { metadata: {}, ...fields }, this.#clock.millis());
		this.#store(customer);
		this.#changed({ customer, change: 'created', isBulk });
		return customer;
	}

	/** Sets fields of a customer. */
	update(customer: Customer, fields: CustomerFields, isBulk = false): void {
		customer.update(fields, this.#clock.millis());
		this.#changed({ customer, change: 'updated', isBulk });
	}

	/** Like a bulk `upsert` by `source_id`, but what the body does not mention is lost, as with imported files. */
	overwrite(body: JsonObject): Customer {
		const sourceId = nonEmptyText(body['source_id']);
		const existing = sourceId === undefined ? undefined : this.#bySourceId.get(sourceId);
		if (existing === undefined) return this.upsert(body, true);
		existing.overwrite({ metadata: {}, ...customerFields(body) }, this.#clock.millis());
		this.#changed({ customer: existing, change: 'updated', isBulk: true });
		return existing;
	}

	/** Removes a customer; publications keep what they know of it. */
	delete(customer: Customer): void {
		this.#byId.delete(customer.id);
		if (customer.sourceId !== undefined) this.#bySourceId.delete(customer.sourceId);
		const index = this.#ordered.indexOf(customer);
		if (index !== -1) this.#ordered.splice(index, 1);
		this.#changed({ customer, change: 'deleted', isBulk: false });
	}

	#store(customer: Customer): void {
		this.#byId.set(customer.id, customer);
		if (customer.sourceId !== undefined) this.#bySourceId.set(customer.sourceId, customer);
		this.#ordered.push(customer);
	}
}
