import type { IDataObject } from 'n8n-workflow';
import type { Batching } from '../../../common/operation';
import { bodyOf } from '../../../common/packing';
import type { ItemParameters } from '../../../common/parameters';
import { readLongestWait } from '../../../common/polling';
import { BULK_LIMITS, sendBulk } from './bulk';

/**
 * Reads metadata that goes to all items of a run alike.
 * @returns what reads it of another item, and refuses one that differs
 */
function readSharedMetadata(fixed: ItemParameters): {
	readonly metadata: IDataObject;
	readonly check: (item: ItemParameters) => void;
} {
	const metadata = fixed.object('metadata');
	if (Object.keys(metadata).length === 0)
		throw fixed.invalid(
			'metadata',
			'is empty',
			'Enter at least one custom field, for example {"tier": "gold"}.',
		);
	const given = fixed.value('metadata');
	const text = JSON.stringify(metadata);
	return {
		metadata,
		check: (item) => {
			// The same object, or text, for all items costs nothing to compare.
			if (item.value('metadata') === given || JSON.stringify(item.object('metadata')) === text) return;
			throw item.invalid(
				'metadata',
				'is not the same as that of the first item',
				'One request sets the same metadata everywhere. Group the items by it, or set each its own.',
			);
		},
	};
}

/**
 * Sets the same metadata on all objects of a run, as many in one request as fit.
 * @param path where such requests go
 * @param lane the array of the request that names the objects
 * @param readKey what names the object of an item
 */
export function sharedMetadataBatching(
	fixed: ItemParameters,
	path: string,
	lane: string,
	readKey: (item: ItemParameters) => string,
): Batching {
	const longestWait = readLongestWait(fixed);
	const { metadata, check } = readSharedMetadata(fixed);
	return {
		limits: BULK_LIMITS,
		read: (item) => {
			check(item);
			const key = readKey(item);
			return [{ owner: item.index, lane, text: JSON.stringify(key), key }];
		},
		send: async (parts, run) =>
			await sendBulk(parts, run, { path, body: bodyOf(parts, { metadata }), repeatable: true, longestWait }),
	};
}
