import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { asFailure, Failure } from '../../common/failure';
import type { Batching, Run } from '../../common/operation';
import { bodyOf, type Part } from '../../common/packing';
import type { ItemParameters } from '../../common/parameters';
import { asRecord } from '../../common/record';
import { failuresByIndex } from '../batchAnswer';
import { recipientReader } from './recipient';

/** What can be triggered for recipients: a campaign or a Canvas. */
export interface Triggered {
	readonly path: '/campaigns/trigger/send' | '/canvas/trigger/send';
	/** The recipient's field for what the message is made of. */
	readonly properties: 'trigger_properties' | 'canvas_entry_properties';
	/** What all requests of the run carry beside their recipients: the ID of the campaign or Canvas. */
	readonly envelope: IDataObject;
	/** Checks that an item wants the same. */
	check(item: ItemParameters): void;
}

const LIMITS = { combined: 50, perLane: 50, bytes: 4 * 1024 * 1024 };

/** The form field for what a message is made of. */
export const propertiesField: INodeProperties = {
	displayName: 'Properties',
	name: 'properties',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {"code": "SUMMER-7F3K"}',
};

/** Sends to the recipients of many items, 50 in one request, each with properties of its own. */
export function triggerSend(fixed: ItemParameters, triggered: Triggered): Batching {
	const recipient = recipientReader(fixed);
	const answers = new Map<number, IDataObject>();
	return {
		limits: LIMITS,
		read: (item) => {
			triggered.check(item);
			const to = recipient(item);
			const properties = item.object('properties');
			const own = Object.keys(properties).length > 0 ? { [triggered.properties]: properties } : {};
			const text = JSON.stringify({ ...to, ...own });
			return [{ owner: item.index, lane: 'recipients', text, key: userOf(to) }];
		},
		send: async (parts, run) => {
			const failures = new Map<Part, Failure | undefined>();
			for (const [round, some] of rounds(parts).entries()) {
				const result = await sendOnce(some, triggered, run).catch((error: unknown) => asFailure(error));
				// What came before in this request was sent, so only this part of it failed.
				if (result instanceof Failure && round === 0) throw result;
				some.forEach((part, at) => {
					const failure = result instanceof Failure ? result : result.failures[at];
					failures.set(part, failure);
					if (!(result instanceof Failure)) answers.set(part.owner, result.answer);
				});
			}
			return parts.map((part) => failures.get(part));
		},
		output: (item, index) => [{ ...item, json: { ...item.json, ...answers.get(index) } }],
	};
}

/** Whom a recipient is, whatever comes with it. */
function userOf({ external_user_id, braze_id, user_alias, email }: IDataObject): string {
	return JSON.stringify([external_user_id, braze_id, user_alias, email]);
}

/** Of two messages to one user in one request Braze sends only the last, so that the second one goes into another. */
function rounds(parts: readonly Part[]): Part[][] {
	const found: Part[][] = [];
	const seen = new Map<string, number>();
	for (const part of parts) {
		const key = part.key ?? part.text;
		const round = seen.get(key) ?? 0;
		seen.set(key, round + 1);
		const open = found[round];
		if (open) open.push(part);
		else found.push([part]);
	}
	return found;
}

async function sendOnce(
	parts: readonly Part[],
	{ path, envelope }: Triggered,
	run: Run,
): Promise<{ failures: ReadonlyArray<Failure | undefined>; answer: IDataObject }> {
	// Sent twice, the message would arrive twice.
	const response = await run.client.send({ method: 'POST', path, body: bodyOf(parts, envelope) });
	const { dispatch_id, send_id } = asRecord(response.body) ?? {};
	return {
		failures: failuresByIndex(response, parts),
		answer: {
			...(dispatch_id === undefined ? {} : { dispatch_id }),
			...(send_id === undefined ? {} : { send_id }),
		},
	};
}
