import type { IDataObject } from 'n8n-workflow';
import { fieldPath } from '../../common/fieldPath';
import { isRecord } from '../../common/record';

/** Where Voucherify's publications, vouchers and events have their codes. */
const USUAL_FIELDS: ReadonlyArray<readonly string[]> = [
	['code'],
	['voucher', 'code'],
	['voucher'],
	['vouchers'],
];

/**
 * The codes in a field of an item: one, several in an array, or those of objects that have a `code`.
 * @param field a name, or a path like `voucher.code`; empty for the first usual field that the item has
 * @returns `undefined` when the item has no such field, or no code in it
 */
export function codesOfItem(json: IDataObject, field: string): readonly string[] | undefined {
	const paths = field === '' ? USUAL_FIELDS : [[field], stepsOf(field)];
	for (const path of paths) {
		const codes = codesIn(follow(json, path));
		if (codes !== undefined) return codes;
	}
	return undefined;
}

function codesIn(value: unknown): readonly string[] | undefined {
	switch (typeof value) {
		case 'string':
			return [value];
		case 'number':
			return [String(value)];
		default:
			if (Array.isArray(value)) return value.flatMap((entry) => codesIn(entry) ?? ['']);
			return isRecord(value) && typeof value.code === 'string' ? [value.code] : undefined;
	}
}

/** A path as n8n's editor writes it when a field is dragged: `voucher.code`, `voucher["promo code"]`. */
function stepsOf(field: string): readonly string[] {
	return fieldPath(`={{ $json${field.startsWith('[') ? '' : '.'}${field} }}`) ?? [field];
}

function follow(json: IDataObject, path: readonly string[]): unknown {
	let value: unknown = json;
	for (const step of path) {
		if (!isStepInto(value, step)) return undefined;
		value = value[step];
	}
	return value;
}

function isStepInto(value: unknown, step: string): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && Object.prototype.hasOwnProperty.call(value, step);
}
