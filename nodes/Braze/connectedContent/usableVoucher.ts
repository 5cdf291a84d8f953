import { trimmed } from './tag';

/**
 * Liquid that does something only with a voucher that is active and has not expired. Conditions are nested, since `and` and `or` of
 * Liquid have no parentheses.
 * @param voucher the Liquid variable that holds it
 * @param condition what else has to hold
 */
export function ifUsable(voucher: string, condition: string, then: readonly string[]): readonly string[] {
	return [
		trimmed(`assign now = 'now' | date: '%s' | plus: 0`),
		trimmed(`assign ends = ${voucher}.expiration_date | date: '%s' | plus: 0`),
		trimmed(`if ${voucher}.active and ${condition}`),
		trimmed(`if ${voucher}.expiration_date == nil or ends > now`),
		...then,
		trimmed('endif'),
		trimmed('endif'),
	];
}
