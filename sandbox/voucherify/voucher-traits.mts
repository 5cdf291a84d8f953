import { invalid } from './errors.mts';
import type { Incentive } from './incentive.mts';
import { readIncentive } from './incentive.mts';
import { isObject, type JsonObject, nonEmptyText } from './json.mts';

/** What a voucher is made with; codes of a campaign share theirs until one of them is changed. */
export interface VoucherTraits {
	readonly incentive: Incentive;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	readonly active: boolean;
	readonly startsAt: number | undefined;
	readonly expiresAt: number | undefined;
	readonly metadata: JsonObject;
	readonly additionalInfo: string | null;
	readonly category: string | null;
	readonly categoryId: string | null;
	/** Times that the code may be redeemed; null stands for no limit. */
	readonly redemptionQuantity: number | null;
	readonly isReferral: boolean;
	/** `validity_timeframe`, `validity_day_of_week` and `validity_hours` as they were given. */
	readonly validity: JsonObject;
}

const VALIDITY_FIELDS = ['validity_timeframe', 'validity_day_of_week', 'validity_hours'] as const;

/** Reads what a body says about a voucher; what it does not mention is not in the result. Throws 400 `invalid_payload`. */
export function readVoucherTraits(body: JsonObject): Partial<VoucherTraits> {
	const incentive = readIncentive(body);
	const { active, metadata, additional_info: info, redemption } = body;
	if (metadata !== undefined && metadata !== null && !isObject(metadata)) {
		throw wrong('Property .metadata should be an object');
	}
	if (active !== undefined && active !== null && typeof active !== 'boolean') {
		throw wrong('Property .active should be a boolean');
	}
	const quantity = isObject(redemption) ? redemption['quantity'] : undefined;
	if (quantity !== undefined && quantity !== null && !(Number.isInteger(quantity) && Number(quantity) >= 0)) {
		throw wrong('Property .redemption.quantity should be a whole number');
	}
	const validity = Object.fromEntries(
		VALIDITY_FIELDS.filter((field) => body[field] !== undefined).map((field) => [field, body[field]]),
	);
	return {
		...(incentive !== undefined && { incentive }),
		...(typeof active === 'boolean' && { active }),
		...(isObject(metadata) && { metadata }),
		...(info !== undefined && { additionalInfo: nonEmptyText(info) ?? null }),
		...(body['category'] !== undefined && { category: nonEmptyText(body['category']) ?? null }),
		...(body['category_id'] !== undefined && { categoryId: nonEmptyText(body['category_id']) ?? null }),
		...('start_date' in body && { startsAt: readInstant(body, 'start_date') }),
		...('expiration_date' in body && { expiresAt: readInstant(body, 'expiration_date') }),
		...(quantity !== undefined && { redemptionQuantity: quantity === null ? null : Number(quantity) }),
		...(Object.keys(validity).length > 0 && { validity }),
	};
}

/** An instant of a body in milliseconds since 1970; undefined when it is null. Throws 400 `invalid_payload`. */
export function readInstant(body: JsonObject, name: string): number | undefined {
	const value = body[name];
	if (value === undefined || value === null || value === '') return undefined;
	const at = typeof value === 'string' ? Date.parse(value) : NaN;
	if (Number.isNaN(at)) throw wrong(`Property .${name} should be a date in ISO 8601 format`);
	return at;
}

/** Sets the given metadata key by key; null removes a key. */
export function mergedMetadata(present: JsonObject, given: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries({ ...present, ...given }).filter(([, value]) => value !== null));
}

function wrong(details: string): Error {
	return invalid('invalid_payload', 'Invalid payload', details);
}
