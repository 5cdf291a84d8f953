import type { Clock } from '../common/clock.mts';
import type { Random } from '../common/random.mts';
import { isJsonArray, isJsonObject, own, type Json, type JsonObject } from './json.mts';
import { readRecipient, readRecipients, type Recipient } from './recipients.mts';
import type { TrackTarget } from './track.mts';
import type { Workspace } from './workspace-seed.mts';

/** One recipient of a send; Braze passes silently over users that it does not know. */
export interface SentTo {
	readonly user: JsonObject;
	readonly outcome: 'sent' | 'no such user';
	readonly brazeId: string | undefined;
	/** Those of the request with the recipient's own in front. */
	readonly properties: JsonObject;
}

/** A request that sent something. */
export interface Send {
	readonly dispatchId: string;
	readonly at: string;
	readonly kind: 'campaign' | 'canvas' | 'message' | 'transactional';
	/** Campaign or Canvas; undefined for a message without one. */
	readonly id: string | undefined;
	/** To a whole segment or audience. */
	readonly broadcast: boolean;
	readonly recipients: readonly SentTo[];
	readonly messages: JsonObject | undefined;
}

/** The send that a request came to, or why it is refused. */
export type SendResult = { readonly send: Send } | { readonly problem: string };

/** What sending works on. */
export interface SendSource {
	readonly clock: Clock;
	readonly random: Random;
	readonly workspace: Workspace;
	readonly target: () => TrackTarget;
}

const DAY_MS = 24 * 60 * 60_000;

/** Everything that was sent by the API. */
export class Sends {
	readonly #source: SendSource;
	readonly all: Send[] = [];
	readonly #byExternalId = new Map<string, { readonly send: Send; readonly until: number }>();

	constructor(source: SendSource) {
		this.#source = source;
	}

	/** POST /campaigns/trigger/send */
	campaign(body: Json | undefined): SendResult {
		const { campaigns } = this.#source.workspace;
		return this.#trigger(body, 'campaign', 'trigger_properties', new Set(campaigns.map(({ id }) => id)));
	}

	/** POST /canvas/trigger/send */
	canvas(body: Json | undefined): SendResult {
		const { canvases } = this.#source.workspace;
		return this.#trigger(body, 'canvas', 'canvas_entry_properties', new Set(canvases.map(({ id }) => id)));
	}

	/** POST /messages/send: to named users, or by broadcast to a segment or audience. */
	message(body: Json | undefined): SendResult {
		if (!isJsonObject(body)) return { problem: 'A JSON object is required' };
		const messages = own(body, 'messages');
		if (!isJsonObject(messages) || Object.keys(messages).length === 0)
			return { problem: 'No message to send' };
		const { segment_id, campaign_id } = body;
		const { segments, campaigns } = this.#source.workspace;
		if (segment_id !== undefined && !segments.some(({ id }) => id === segment_id)) {
			return { problem: `Segment with id ${String(segment_id)} not found` };
		}
		if (campaign_id !== undefined && !campaigns.some(({ id }) => id === campaign_id)) {
			return { problem: `Campaign with id ${String(campaign_id)} not found` };
		}
		const entries = [
			...listed(body, 'external_user_ids').map((external_user_id) => ({ external_user_id })),
			...listed(body, 'user_aliases').map((user_alias) => ({ user_alias })),
		];
		const broadcast = own(body, 'broadcast') === true;
		if (broadcast === entries.length > 0) {
			return { problem: "Either recipients or 'broadcast: true' with a segment or an audience is required" };
		}
		if (broadcast && segment_id === undefined && body['audience'] === undefined) {
			return { problem: "'broadcast' needs a segment or an audience" };
		}
		const recipients = broadcast ? [] : readRecipients(entries, '');
		if (typeof recipients === 'string') return { problem: recipients };
		const id = typeof campaign_id === 'string' ? campaign_id : undefined;
		return { send: this.#send('message', id, broadcast, recipients, {}, messages) };
	}

	/** POST /transactional/v1/campaigns/{campaign_id}/send; an `external_send_id` that comes again within 24 hours sends nothing. */
	transactional(id: string, body: Json | undefined): SendResult {
		const { campaigns, transactionalCampaigns } = this.#source.workspace;
		if (!transactionalCampaigns.some((one) => one.id === id)) {
			if (!campaigns.some((one) => one.id === id)) return { problem: 'Campaign does not exist' };
			return {
				problem:
					'The campaign is not a transactional campaign. Only transactional campaigns may use this endpoint',
			};
		}
		if (!isJsonObject(body)) return { problem: 'A JSON object is required' };
		const { external_send_id, trigger_properties = {}, recipient: sent } = body;
		if (!isJsonObject(trigger_properties)) return { problem: "'trigger_properties' must be an object" };
		if (!isJsonObject(sent)) return { problem: "'recipient' must be an object" };
		if (external_send_id !== undefined && !isSendId(external_send_id)) {
			return { problem: "'external_send_id' must be a Base64 compatible string" };
		}
		// A transactional message makes the user it is for, if there is none.
		const makesUser = own(sent, 'external_user_id') !== undefined && own(sent, 'attributes') !== undefined;
		const recipient = readRecipient(
			makesUser ? { ...sent, send_to_existing_only: false } : sent,
			'trigger_properties',
		);
		if (typeof recipient === 'string') return { problem: recipient };
		const now = this.#source.clock.millis();
		const earlier = isSendId(external_send_id) ? this.#byExternalId.get(external_send_id) : undefined;
		if (earlier !== undefined && earlier.until > now) return { send: earlier.send };
		const send = this.#send('transactional', id, false, [recipient], trigger_properties, undefined);
		if (isSendId(external_send_id)) this.#byExternalId.set(external_send_id, { send, until: now + DAY_MS });
		return { send };
	}

	toJSON(): readonly Send[] {
		return this.all;
	}

	#trigger(
		body: Json | undefined,
		kind: 'campaign' | 'canvas',
		propertiesName: string,
		known: ReadonlySet<string>,
	): SendResult {
		if (!isJsonObject(body)) return { problem: `'${kind}_id' is required` };
		const id = own(body, `${kind}_id`);
		if (typeof id !== 'string' || id === '') return { problem: `'${kind}_id' is required` };
		if (!known.has(id))
			return { problem: `${kind === 'canvas' ? 'Canvas' : 'Campaign'} with id ${id} not found` };
		const properties = own(body, propertiesName) ?? own(body, 'context') ?? {};
		if (!isJsonObject(properties)) return { problem: `'${propertiesName}' must be an object` };
		const broadcast = own(body, 'broadcast') === true;
		const sent = own(body, 'recipients');
		if (broadcast && sent !== undefined)
			return { problem: "'broadcast' can't be true when 'recipients' are given" };
		if (!broadcast && sent === undefined)
			return { problem: "'broadcast' must be true when there are no 'recipients'" };
		const recipients = broadcast ? [] : readRecipients(sent, propertiesName);
		if (typeof recipients === 'string') return { problem: recipients };
		return { send: this.#send(kind, id, broadcast, recipients, properties, undefined) };
	}

	#send(
		kind: Send['kind'],
		id: string | undefined,
		broadcast: boolean,
		recipients: readonly Recipient[],
		properties: JsonObject,
		messages: JsonObject | undefined,
	): Send {
		const { clock, random, target } = this.#source;
		const sentTo = recipients.map((recipient): SentTo => {
			const profile = recipient.resolve(target());
			return {
				user: recipient.user,
				outcome: profile === undefined ? 'no such user' : 'sent',
				brazeId: profile?.brazeId,
				properties: { ...properties, ...recipient.properties },
			};
		});
		const send: Send = {
			dispatchId: random.text(32, '0123456789abcdef'),
			at: clock.now().toISOString(),
			kind,
			id,
			broadcast,
			recipients: sentTo,
			messages,
		};
		this.all.push(send);
		return send;
	}
}

function listed(body: JsonObject, name: string): readonly Json[] {
	const list = own(body, name);
	return isJsonArray(list) ? list : [];
}

function isSendId(value: Json | undefined): value is string {
	return typeof value === 'string' && /^[a-zA-Z0-9\-_+/=]+$/.test(value);
}
