import { shown } from '../common/failure';
import { asNumber, type ItemParameters } from '../common/parameters';

/**
 * An amount of money as Voucherify wants it: in hundredths of the currency unit.
 * @param value in currency units, e.g. 9.99
 * @param field its name, for errors
 */
export function hundredths(item: ItemParameters, field: string, value: unknown): number {
	const amount = asNumber(value) * 100;
	const whole = Math.round(amount);
	// 1.1 × 100 is 110.00000000000001.
	if (Number.isSafeInteger(whole) && Math.abs(amount - whole) < 1e-6) return whole;
	throw item.invalid(
		field,
		`is ${shown(value)}`,
		'Enter an amount in currency units with at most two decimals, for example 9.99.',
	);
}
