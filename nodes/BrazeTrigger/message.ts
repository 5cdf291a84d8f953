import type { IDataObject } from 'n8n-workflow';

/** What a request says about the message that it belongs to. */
export interface Message {
	readonly userId: string | undefined;
	/** The API identifier of the Campaign or of the Canvas. */
	readonly campaignId: string | undefined;
	/** Of one send-out, or of one message of a triggered Campaign. */
	readonly dispatchId: string | undefined;
	/** What the request itself names as the same in all calls for one message. */
	readonly key: string | undefined;
}

/** What counts as the same message to the same user. */
export type KeyOf = 'campaign' | 'dispatch';

/** Reads the fields of a body or of a query that say which message to which user it is. */
export function readMessage(given: IDataObject): Message {
	return {
		userId: textOf(given.user_id),
		campaignId: textOf(given.campaign_id) ?? textOf(given.canvas_id),
		dispatchId: textOf(given.dispatch_id),
		key: textOf(given.key),
	};
}

/**
 * The same text for the same user and Campaign (or send-out), and for nothing else: as the source ID of a publication it makes
 * Voucherify give the same code again, whichever process asks, and whenever. A key that the request brings takes its place.
 * @returns `undefined` when the request doesn't say enough
 */
export function keyOf(message: Message, kind: KeyOf): string | undefined {
	return message.key ?? pairOf(message, kind);
}

/** What tells a webhook from all others, also when it is sent again: its send-out and its user. */
export function deliveryOf(message: Message): string | undefined {
	return pairOf(message, 'dispatch');
}

function pairOf({ userId, campaignId, dispatchId }: Message, kind: KeyOf): string | undefined {
	const id = kind === 'campaign' ? campaignId : dispatchId;
	if (userId === undefined || id === undefined) return undefined;
	// The ID can't hold the separator, so that two pairs never make the same key.
	return `braze:${kind}:${encodeURIComponent(id)}:${userId}`;
}

/** A text, or a number as one, without white space around it: Liquid leaves some. Empty when Braze had nothing to put in. */
export function textOf(value: unknown): string | undefined {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}
