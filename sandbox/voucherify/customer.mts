import { invalid } from './errors.mts';
import { isObject, type JsonObject } from './json.mts';

const TEXT_FIELDS = ['name', 'description', 'email', 'phone', 'birthday', 'birthdate'] as const;

/** What can be set on a customer; whatever is left out stays as it is. */
export type CustomerFields = { readonly [Field in (typeof TEXT_FIELDS)[number]]?: string | null } & {
	readonly address?: JsonObject | null;
	readonly metadata?: JsonObject;
};

/** Sums that the seed gives to some customers, amounts in cents. */
export interface CustomerSummary {
	readonly orders: number;
	readonly orderAmount: number;
	readonly lastOrderAmount: number;
	readonly redemptions: number;
	readonly loyaltyPoints: number;
}

const NOTHING_YET: CustomerSummary = {
	orders: 0,
	orderAmount: 0,
	lastOrderAmount: 0,
	redemptions: 0,
	loyaltyPoints: 0,
};

/** A customer profile. */
export class Customer {
	fields: CustomerFields;
	updatedAt: number | undefined;

	constructor(
		readonly id: string,
		readonly sourceId: string | undefined,
		fields: CustomerFields,
		/** Milliseconds since 1970. */
		readonly createdAt: number,
		public summary: CustomerSummary = NOTHING_YET,
	) {
		this.fields = fields;
	}

	get city(): string | undefined {
		const city = this.fields.address?.['city'];
		return typeof city === 'string' ? city : undefined;
	}

	/** Takes note of a paid order, of `amount` cents. */
	countOrder(amount: number): void {
		const { orders, orderAmount } = this.summary;
		const sums = { orders: orders + 1, orderAmount: orderAmount + amount, lastOrderAmount: amount };
		this.summary = { ...this.summary, ...sums };
	}

	/** Takes note of points that came to the customer's loyalty cards, or below 0 that went. */
	countPoints(points: number): void {
		this.summary = { ...this.summary, loyaltyPoints: this.summary.loyaltyPoints + points };
	}

	/** Takes note that codes were redeemed, or below 0 that this was taken back. */
	countRedemptions(times: number): void {
		this.summary = { ...this.summary, redemptions: this.summary.redemptions + times };
	}

	/** Sets the given fields; metadata is merged key by key. */
	update(fields: CustomerFields, at: number): void {
		const metadata = { ...this.fields.metadata, ...fields.metadata };
		this.fields = { ...this.fields, ...fields, metadata };
		this.updatedAt = at;
	}

	/** Sets the given fields and drops all others. */
	overwrite(fields: CustomerFields, at: number): void {
		this.fields = fields;
		this.updatedAt = at;
	}

	/** The customer as the customers' routes show it. */
	toCustomer(serviceUrl: string): Record<string, unknown> {
		const { metadata, ...fields } = this.fields;
		return {
			id: this.id,
			source_id: this.sourceId ?? null,
			...fields,
			summary: this.#summary(),
			loyalty: { points: this.summary.loyaltyPoints, referred_customers: 0, campaigns: {} },
			referrals: { total: 0, campaigns: [] },
			metadata: metadata ?? {},
			system_metadata: {},
			created_at: new Date(this.createdAt).toISOString(),
			...(this.updatedAt !== undefined && { updated_at: new Date(this.updatedAt).toISOString() }),
			assets: { cockpit_url: `${serviceUrl}/assets/cockpit/${this.id}` },
			object: 'customer',
		};
	}

	/** The customer as publications show it: without sums. */
	toPublicationCustomer(): Record<string, unknown> {
		return {
			id: this.id,
			...(this.sourceId !== undefined && { source_id: this.sourceId }),
			...(typeof this.fields.name === 'string' && { name: this.fields.name }),
			...(typeof this.fields.email === 'string' && { email: this.fields.email }),
			address: null,
			summary: null,
			loyalty: null,
			referrals: null,
			metadata: this.fields.metadata ?? {},
			object: 'customer',
		};
	}

	/** The customer in an event about something else. */
	toSimpleCustomer(): Record<string, unknown> {
		return {
			id: this.id,
			name: this.fields.name ?? null,
			email: this.fields.email ?? null,
			source_id: this.sourceId ?? null,
			metadata: this.fields.metadata ?? {},
			object: 'customer',
		};
	}

	/** The customer in an event about the customer: what is unknown is left out. */
	toEventCustomer(serviceUrl: string): Record<string, unknown> {
		const known = Object.entries(this.toCustomer(serviceUrl)).filter(([, value]) => value !== null);
		return Object.fromEntries(known);
	}

	#summary() {
		const { orders, orderAmount, lastOrderAmount, redemptions } = this.summary;
		return {
			redemptions: {
				total_redeemed: redemptions,
				total_failed: 0,
				total_succeeded: redemptions,
				total_rolled_back: 0,
				total_rollback_failed: 0,
				total_rollback_succeeded: 0,
				gift: { redeemed_amount: 0, amount_to_go: 0 },
				loyalty_card: { redeemed_points: 0, points_to_go: 0 },
			},
			orders: {
				total_amount: orderAmount,
				total_count: orders,
				average_amount: orders === 0 ? 0 : Math.round(orderAmount / orders),
				last_order_amount: lastOrderAmount,
			},
		};
	}
}

/** Reads the fields of a request body. Throws 400 `invalid_payload` when one has the wrong type. */
export function customerFields(body: JsonObject): CustomerFields {
	const fields: Record<string, unknown> = {};
	for (const field of TEXT_FIELDS) {
		const value = body[field];
		if (value === undefined) continue;
		if (value !== null && typeof value !== 'string') throw wrongType(field, 'a string');
		fields[field] = value;
	}
	const { address, metadata } = body;
	if (address !== undefined && address !== null && !isObject(address))
		throw wrongType('address', 'an object');
	if (metadata !== undefined && !isObject(metadata)) throw wrongType('metadata', 'an object');
	return {
		...fields,
		...(address !== undefined && { address }),
		...(metadata !== undefined && { metadata }),
	};
}

function wrongType(field: string, right: string): Error {
	return invalid('invalid_payload', 'Invalid payload', `Property .${field} should be ${right}`);
}
