import type { IDataObject } from 'n8n-workflow';
import type { Batching } from '../../../common/operation';
import { bodyOf } from '../../../common/packing';
import type { ItemParameters } from '../../../common/parameters';
import { path } from '../../../common/urlPath';
import { inRounds } from '../../rounds';
import { readItem } from './itemFields';

/** Most items of a request, and its size in bytes. */
const LIMITS = { combined: 50, perLane: 50, bytes: 4 * 1024 * 1024 };

/** What one request does with items of a catalog. */
export interface BulkWrite {
	readonly method: 'DELETE' | 'PATCH' | 'POST' | 'PUT';
	/** Sending it twice has the effect of sending it once. */
	readonly repeatable: boolean;
	/** What of an item is sent beside its ID. */
	readonly values: (item: ItemParameters) => IDataObject;
}

/**
 * Writes items of any catalogs, 50 of one catalog in one request. Braze refuses a request as a whole, so one that it finds wrong is halved
 * until the wrong item stands alone.
 */
export function bulkWriting({ method, repeatable, values }: BulkWrite): Batching {
	return {
		limits: LIMITS,
		read: (item) => {
			const { catalog, id } = readItem(item);
			const text = JSON.stringify({ ...values(item), id });
			const key = JSON.stringify([catalog, id]);
			return [{ owner: item.index, lane: 'items', text, key, envelope: catalog }];
		},
		send: async (parts, run) => {
			run.note('Braze has queued what was sent, and applies it in its own time');
			// Braze refuses a request that names an item twice; the same write once more would change nothing.
			const once = [...new Map(parts.map((part) => [part.text, part])).values()];
			const outcomes = await inRounds(once, async (some) => {
				const catalog = some[0]?.envelope ?? '';
				await run.client.send({
					method,
					path: path`/catalogs/${catalog}/items`,
					body: bodyOf(some),
					repeatable,
				});
				return [];
			});
			const failures = new Map(once.map(({ text }, at) => [text, outcomes[at]]));
			return parts.map(({ text }) => failures.get(text));
		},
		isOfOne: ({ details }) => details.status === 400,
	};
}
