import { invalid } from './errors.mts';
import { isObject, type JsonObject } from './json.mts';

/** What a code is worth, in Voucherify's own shapes: amounts in cents, points as they are. */
export type Incentive =
	| { readonly kind: 'discount'; readonly discount: Discount }
	| { readonly kind: 'gift'; readonly amount: number; readonly effect?: GiftEffect }
	| { readonly kind: 'loyalty'; readonly points: number };

export type GiftEffect = 'APPLY_TO_ORDER' | 'APPLY_TO_ITEMS';

/** A discount; amounts in cents, `percent_off` from 0 to 100. Anything else that was sent with it is kept. */
export type Discount = JsonObject &
	(
		| { readonly type: 'AMOUNT'; readonly amount_off: number }
		| { readonly type: 'PERCENT'; readonly percent_off: number; readonly amount_limit?: number }
		| { readonly type: 'FIXED'; readonly fixed_amount: number }
		| { readonly type: 'UNIT'; readonly unit_off?: number; readonly unit_type?: string }
	);

export type VoucherType = 'DISCOUNT_VOUCHER' | 'GIFT_VOUCHER' | 'LOYALTY_CARD';

/** Voucherify's name for the kind of voucher that carries the incentive. */
export function voucherType(incentive: Incentive): VoucherType {
	switch (incentive.kind) {
		case 'discount':
			return 'DISCOUNT_VOUCHER';
		case 'gift':
			return 'GIFT_VOUCHER';
		case 'loyalty':
			return 'LOYALTY_CARD';
	}
}

/** Reads `discount`, `gift` or `loyalty_card` of a body; undefined when it has none of them. Throws 400. */
export function readIncentive(body: JsonObject): Incentive | undefined {
	const { discount, gift, loyalty_card: card } = body;
	if (isObject(discount)) return { kind: 'discount', discount: readDiscount(discount) };
	if (isObject(gift)) {
		const amount = wholeNumber(gift, 'gift', 'amount');
		return {
			kind: 'gift',
			amount,
			effect: gift['effect'] === 'APPLY_TO_ITEMS' ? gift['effect'] : 'APPLY_TO_ORDER',
		};
	}
	if (isObject(card)) return { kind: 'loyalty', points: wholeNumber(card, 'loyalty_card', 'points') };
	return undefined;
}

/** Reads a discount. Throws 400 `invalid_payload`. */
export function readDiscount(given: JsonObject): Discount {
	const effect = { effect: 'APPLY_TO_ORDER', ...given };
	switch (given['type']) {
		case 'AMOUNT':
			return { ...effect, type: 'AMOUNT', amount_off: wholeNumber(given, 'discount', 'amount_off') };
		case 'PERCENT': {
			const { percent_off: percent, amount_limit: limit } = given;
			if (typeof percent !== 'number' || percent < 0 || percent > 100) {
				throw wrong('Property .discount.percent_off should be a number from 0 to 100');
			}
			const rest = Object.fromEntries(Object.entries(effect).filter(([name]) => name !== 'amount_limit'));
			return {
				...rest,
				type: 'PERCENT',
				percent_off: percent,
				...(typeof limit === 'number' && { amount_limit: limit }),
			};
		}
		case 'FIXED':
			return { ...effect, type: 'FIXED', fixed_amount: wholeNumber(given, 'discount', 'fixed_amount') };
		case 'UNIT': {
			const { unit_off: units, unit_type: unit, ...rest } = given;
			return {
				effect: 'ADD_NEW_ITEMS',
				...rest,
				type: 'UNIT',
				...(typeof units === 'number' && { unit_off: units }),
				...(typeof unit === 'string' && { unit_type: unit }),
			};
		}
		default:
			throw wrong('Property .discount.type should be one of AMOUNT, PERCENT, UNIT, FIXED');
	}
}

function wholeNumber(given: JsonObject, owner: string, name: string): number {
	const value = given[name];
	if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
		throw wrong(`Property .${owner}.${name} should be a whole number of at least 0`);
	}
	return value;
}

function wrong(details: string): Error {
	return invalid('invalid_payload', 'Invalid payload', details);
}
