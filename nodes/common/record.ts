import type { IDataObject } from 'n8n-workflow';

/** Whether a parsed JSON value is an object. */
export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A parsed JSON value if it is an object. */
export function asRecord(value: unknown): IDataObject | undefined {
	return isRecord(value) ? value : undefined;
}
