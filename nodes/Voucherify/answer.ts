import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../common/failure';
import { asRecord, isRecord } from '../common/record';
import type { ApiResponse } from '../common/request';

/** One page of a list. */
export interface Page {
	readonly rows: readonly IDataObject[];
	/** Rows of all pages together, where Voucherify says so. */
	readonly total: number | undefined;
	readonly hasMore: boolean | undefined;
}

/**
 * The rows of a list; `data_ref` names the key that holds them.
 * @throws {Failure} for an answer that is no list
 */
export function pageOf({ body }: ApiResponse): Page {
	const list = asRecord(body) ?? {};
	const rows = typeof list.data_ref === 'string' ? list[list.data_ref] : undefined;
	if (!Array.isArray(rows))
		throw new Failure({ message: 'Voucherify answered without the list that was asked for' });
	return {
		rows: rows.filter(isRecord),
		total: typeof list.total === 'number' ? list.total : undefined,
		hasMore: typeof list.has_more === 'boolean' ? list.has_more : undefined,
	};
}

/**
 * The object that an answer consists of.
 * @throws {Failure} for an answer that is none
 */
export function objectOf({ body }: ApiResponse): IDataObject {
	if (isRecord(body)) return body;
	throw new Failure({ message: 'Voucherify answered without the object that was asked for' });
}

/** A value if it is text with something in it. */
export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Some fields of an object, in the given order; those it doesn't have are left out. */
export function picked(object: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(
		names.filter((name) => object[name] !== undefined).map((name) => [name, object[name]]),
	);
}
