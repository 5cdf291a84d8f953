import type { IDataObject } from 'n8n-workflow';
import type { Batching } from '../../common/operation';
import { bodyOf } from '../../common/packing';
import { asRecord } from '../../common/record';
import type { ApiResponse } from '../../common/request';
import { failuresByIndex } from '../batchAnswer';
import { inRounds } from '../rounds';

/** Where messages are sent to. */
export type SendPath = '/campaigns/trigger/send' | '/canvas/trigger/send' | '/messages/send';

/** Most recipients of a request, and its size in bytes. */
const LIMITS = { combined: 50, perLane: 50, bytes: 4 * 1024 * 1024 };

/**
 * Sends what each request's envelope says to its recipients; their items come out with the ID of the dispatch.
 * @param read the recipient of an item, its envelope being the rest of the request as JSON text
 */
export function dispatching(path: SendPath, read: Batching['read']): Batching {
	const answers = new Map<number, IDataObject>();
	return {
		limits: LIMITS,
		read,
		send: async (parts, run) =>
			await inRounds(parts, async (some) => {
				const envelope = JSON.parse(some[0]?.envelope ?? '{}') as IDataObject;
				// Sent twice, the message would arrive twice.
				const response = await run.client.send({ method: 'POST', path, body: bodyOf(some, envelope) });
				const answer = dispatchOf(response);
				for (const { owner } of some) answers.set(owner, answer);
				return failuresByIndex(response, some);
			}),
		output: (item, index) => [{ ...item, json: { ...item.json, ...answers.get(index) } }],
	};
}

/** By which IDs Braze's reports know a dispatch. */
export function dispatchOf({ body }: ApiResponse): IDataObject {
	const { dispatch_id, send_id } = asRecord(body) ?? {};
	return {
		...(dispatch_id === undefined ? {} : { dispatch_id }),
		...(send_id === undefined ? {} : { send_id }),
	};
}
