import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../common/failure';
import { asRecord, isRecord } from '../common/record';
import type { ApiResponse } from '../common/request';

/**
 * The rows of a list.
 * @param key what Braze calls them, e.g. `campaigns`
 * @throws {Failure} for an answer that is no list
 */
export function rowsOf({ body }: ApiResponse, key: string): readonly unknown[] {
	const rows = asRecord(body)?.[key];
	if (Array.isArray(rows)) return rows;
	throw new Failure({ message: `Braze answered without the list of ${key} that was asked for` });
}

/**
 * The object that an answer consists of, without Braze's word of success.
 * @throws {Failure} for an answer that is none
 */
export function objectOf({ body }: ApiResponse): IDataObject {
	if (!isRecord(body)) throw new Failure({ message: 'Braze answered without the object that was asked for' });
	const { message, ...object } = body;
	return message === 'success' || message === undefined ? object : body;
}
