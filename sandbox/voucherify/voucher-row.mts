import { isObject, type JsonObject, nonEmptyText } from './json.mts';
import type { CsvRow } from './upload.mts';

/** Columns that mean something; every other one is metadata. */
const COLUMNS = new Set([
	'code',
	'voucher_type',
	'value',
	'discount_type',
	'discount_amount_limit',
	'category',
	'start_date',
	'expiration_date',
	'active',
	'additional_info',
	'redemption_limit',
	'redemption_quantity',
	'loyalty_points',
	'gift_amount',
]);

/**
 * What a row of a CSV file says, as the body of an import. Amounts in files are decimal: 10.50 is 1050 cents. Rows for a
 * campaign may leave the value out and inherit it.
 */
export function voucherOfRow(row: CsvRow): JsonObject {
	const { code = '', category, start_date: start, expiration_date: end, additional_info: info, active } = row;
	const quantity = row['redemption_limit'] || row['redemption_quantity'];
	const metadata = Object.fromEntries(
		Object.entries(row).filter(([column, text]) => !COLUMNS.has(column) && text !== ''),
	);
	return {
		code,
		...valueOf(row),
		...(category && { category }),
		...(start && { start_date: start }),
		...(end && { expiration_date: end }),
		...(info && { additional_info: info }),
		...(active && { active: active.toLowerCase() !== 'false' }),
		...(quantity && { redemption: { quantity: Number(quantity) } }),
		metadata,
	};
}

/** The code that a row of an import names, to tell failed rows apart. */
export function codeOfRow(row: unknown): string {
	return isObject(row) ? (nonEmptyText(row['code']) ?? '') : '';
}

function valueOf(row: CsvRow): JsonObject {
	const { value = '', voucher_type: type = '', discount_type: discountType = '' } = row;
	const points = row['loyalty_points'] || (isType(type, 'loyalty') ? value : '');
	const gift = row['gift_amount'] || (isType(type, 'gift') ? value : '');
	if (points !== '') return { loyalty_card: { points: Number(points) } };
	if (gift !== '') return { gift: { amount: cents(gift) } };
	if (value === '') return {};
	switch (discountType.toUpperCase()) {
		case 'AMOUNT':
			return { discount: { type: 'AMOUNT', amount_off: cents(value) } };
		case 'FIXED':
			return { discount: { type: 'FIXED', fixed_amount: cents(value) } };
		case 'UNIT':
			return { discount: { type: 'UNIT', unit_off: Number(value) } };
		default:
			return { discount: { type: discountType.toUpperCase() || 'PERCENT', percent_off: Number(value) } };
	}
}

function isType(type: string, word: string): boolean {
	return type.toLowerCase().startsWith(word);
}

function cents(text: string): number {
	return Math.round(Number(text) * 100);
}
