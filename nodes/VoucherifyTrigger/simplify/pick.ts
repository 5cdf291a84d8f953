import type { IDataObject } from 'n8n-workflow';
import { asRecord, isRecord } from '../../common/record';

/** The named fields of an object that it has. */
export function pick(record: IDataObject, fields: readonly string[]): IDataObject {
	return Object.fromEntries(Object.entries(record).filter(([key]) => fields.includes(key)));
}

/** An object without the objects and lists in it, but with its metadata; `also` names what is kept beside. */
export function flat(record: IDataObject, also: readonly string[] = []): IDataObject {
	const kept = ([key, value]: [string, unknown]): boolean =>
		key !== 'object' &&
		(typeof value !== 'object' || value === null || key === 'metadata' || also.includes(key));
	return Object.fromEntries(Object.entries(record).filter(kept));
}

/**
 * The first of several sightings of one object, with what it lacks taken from the others: webhooks carry the same customer or voucher
 * at several places, some shorter than others. A sighting with another ID is another object.
 */
export function united(sightings: readonly unknown[]): IDataObject | undefined {
	const [first, ...others] = sightings
		.filter(isRecord)
		.filter((record) => Object.values(record).some(isKnown));
	if (first === undefined) return undefined;
	const whole = new Map(Object.entries(first));
	for (const other of others) {
		const id = whole.get('id');
		if (isKnown(id) && isKnown(other.id) && id !== other.id) continue;
		for (const [key, value] of Object.entries(other)) {
			if (!isKnown(whole.get(key)) && isKnown(value)) whole.set(key, value);
		}
	}
	return Object.fromEntries(whole);
}

/** Every object directly in the data of an event, and where it is nested by its own documentation. */
export function partsOf(data: IDataObject): readonly IDataObject[] {
	const parts = Object.values(data).filter(isRecord);
	return [...parts, ...parts.flatMap((part) => NESTED.map((name) => asRecord(part[name])).filter(isRecord))];
}

/** Without fields that are undefined. */
export function defined(fields: Readonly<Record<string, IDataObject[string]>>): IDataObject {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const NESTED = ['voucher', 'redemption', 'publication'] as const;

function isKnown(value: unknown): boolean {
	return value !== undefined && value !== null;
}
