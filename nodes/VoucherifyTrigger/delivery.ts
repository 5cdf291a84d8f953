import type { IDataObject } from 'n8n-workflow';
import { asRecord, isRecord } from '../common/record';
import { inferredType } from './rawPayload';

/** What sends webhooks: a project webhook, a distribution, or a distribution that sends its payload without an envelope. */
export type Sender = 'webhook' | 'distribution' | 'raw payload';

/** One webhook, whatever form it came in. */
export interface Delivery {
	readonly sender: Sender;
	/** The type of what happened: `redemption.succeeded`; `unknown` when a raw payload doesn't show it. */
	readonly type: string;
	/** The same whenever Voucherify tries again; raw payloads have none. */
	readonly id: string | undefined;
	/** When it happened, ISO 8601. */
	readonly happenedAt: string | undefined;
	/** When Voucherify made the webhook, ISO 8601. */
	readonly sentAt: string | undefined;
	/** The webhook or the distribution. */
	readonly senderId: string | undefined;
	/** The name that a user gave the distribution. */
	readonly senderName: string | undefined;
	/** What caused it: `API`, `USER_PORTAL`, … */
	readonly channel: string | undefined;
	/** The objects that it is about. */
	readonly data: IDataObject;
	/** Everything, as it was received. */
	readonly body: IDataObject;
}

/**
 * Reads the envelope of a project webhook or of a distribution. A distribution's own `type` is the name that its user typed, so the type
 * is that of the event inside. A body without envelope is the raw payload of a distribution.
 */
export function readDelivery(body: IDataObject): Delivery {
	const event = asRecord(body.event);
	const source = asRecord(body.source);
	const type = text(event?.type) ?? (source?.object === 'webhook' ? text(body.type) : undefined);
	if (!isRecord(body.data) || type === undefined) return rawPayload(body);
	const fromDistribution = source?.object === 'distribution';
	return {
		sender: fromDistribution ? 'distribution' : 'webhook',
		type,
		id: text(body.id),
		happenedAt: text(event?.created_at) ?? text(body.created_at),
		sentAt: text(body.created_at),
		senderId: text(source?.id),
		senderName: fromDistribution ? text(body.type) : undefined,
		channel: text(asRecord(event?.event_source)?.channel),
		data: body.data,
		body,
	};
}

/** Voucherify's test button always sends the same ID, all zeros. */
const TEST_ID = /^whs_0+$/;

/** What tells a delivery from others, if anything does. */
export function identityOf({ id }: Delivery): string | undefined {
	return id === undefined || TEST_ID.test(id) ? undefined : id;
}

function rawPayload(body: IDataObject): Delivery {
	return {
		sender: 'raw payload',
		type: inferredType(body),
		id: undefined,
		happenedAt: text(body.created_at),
		sentAt: undefined,
		senderId: undefined,
		senderName: undefined,
		channel: undefined,
		data: body,
		body,
	};
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
