import type { INodeProperties } from 'n8n-workflow';
import { REMEMBERED } from '../common/repeatedDelivery';
import { SECRET_HEADER } from './admission';
import type { KeyOf } from './message';
import { connectedContentLiquid, webhookBody, type Sender, type WebhookKind } from './pasteIntoBraze';
import {
	ANSWER_WITHIN,
	ANY_WEBHOOK,
	AUDIENCE_SYNC,
	BRAZE_WAITS,
	CONNECTED_CONTENT,
	CUSTOM_EVENT,
} from './receives';

const WEBHOOKS: readonly WebhookKind[] = [ANY_WEBHOOK, AUDIENCE_SYNC, CUSTOM_EVENT];
const SENDERS: readonly Sender[] = ['campaign', 'canvas'];
const KEYS: readonly KeyOf[] = ['campaign', 'dispatch'];

/**
 * The text to copy into Braze: a field rather than a notice, so that its line breaks and braces stay.
 * @param show the choices that it belongs to
 */
function textToPaste(
	displayName: string,
	text: string,
	show: Readonly<Record<string, string>>,
): INodeProperties {
	return {
		displayName,
		name: ['paste', ...Object.values(show)].join('_'),
		type: 'string',
		typeOptions: { rows: text.split('\n').length },
		noDataExpression: true,
		default: text,
		description: 'Copy all of it into Braze. What you change here changes nothing in this workflow.',
		displayOptions: {
			show: Object.fromEntries(Object.entries(show).map(([name, value]) => [name, [value]])),
		},
	};
}

/** The form of the trigger. */
export const fields: INodeProperties[] = [
	{
		displayName: 'Receive',
		name: 'receive',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Any Webhook',
				value: ANY_WEBHOOK,
				description: 'What a webhook message of a Campaign or a Canvas sends, whatever it is',
			},
			{
				name: 'Audience Sync',
				value: AUDIENCE_SYNC,
				description: 'Users who enter or leave an audience',
			},
			{
				name: 'Connected Content Request',
				value: CONNECTED_CONTENT,
				description: 'What a message asks while it is rendered. Braze gets what the workflow returns.',
			},
			{ name: 'Custom Event', value: CUSTOM_EVENT, description: 'What a user did' },
		],
		default: ANY_WEBHOOK,
		description: 'What Braze sends',
	},
	{
		displayName: 'Sent From',
		name: 'sentFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Campaign', value: 'campaign' },
			{ name: 'Canvas', value: 'canvas' },
		],
		default: 'campaign',
		description: 'What sends it. Changes the text to paste into Braze, nothing else.',
	},
	{
		displayName: `In Braze, add a webhook message. <b>Webhook URL</b>: the Production URL above. <b>HTTP method</b>: POST. <b>Request headers</b>: <code>content-type</code> with <code>application/json</code>, and <code>${SECRET_HEADER}</code> with the Webhook Secret of the credential. <b>Request body</b>: “Raw text”, with the text below.`,
		name: 'webhookNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { receive: [...WEBHOOKS] } },
	},
	{
		displayName:
			'For users who leave the audience, send the same with <code>"action": "delete"</code>. The fields after <code>audience_id</code> may be left out.',
		name: 'audienceNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { receive: [AUDIENCE_SYNC] } },
	},
	{
		displayName:
			'Paste the text below into the message in Braze, with the Production URL above and the Webhook Secret of the credential where it says so. Braze gets the first item of the last node as JSON. <code>status</code> is <code>success</code> unless the item has one of its own; else <code>not_found</code> (no item), <code>error</code>, <code>timeout</code> or <code>invalid_request</code>.',
		name: 'connectedContentNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { receive: [CONNECTED_CONTENT] } },
	},
	{
		displayName: 'One Answer Per',
		name: 'keyOf',
		type: 'options',
		options: [
			{
				name: 'Campaign or Canvas and User',
				value: 'campaign',
				description: 'A user gets one code of a Campaign or Canvas, however often it reaches them',
			},
			{
				name: 'Send-Out and User',
				value: 'dispatch',
				description: 'A user gets a new code with each send-out, and only one within it',
			},
		],
		default: 'campaign',
		description:
			'What counts as the same message. The output has it as <code>key</code>: with that as its key, Voucherify → Publication → Create gives the same code again to calls that belong to the same message, which Braze may make two or three times. The text to paste changes with it. A request that brings a <code>key</code> of its own keeps it.',
		displayOptions: { show: { receive: [ANY_WEBHOOK, CONNECTED_CONTENT] } },
	},
	...WEBHOOKS.flatMap((receive) =>
		SENDERS.map((sentFrom) =>
			textToPaste('Request Body', webhookBody(receive, sentFrom), { receive, sentFrom }),
		),
	),
	...SENDERS.flatMap((sentFrom) =>
		KEYS.map((keyOf) =>
			textToPaste('Liquid', connectedContentLiquid(sentFrom, keyOf), {
				receive: CONNECTED_CONTENT,
				sentFrom,
				keyOf,
			}),
		),
	),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Allowed Addresses',
				name: 'allowedAddresses',
				type: 'string',
				typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Address' },
				default: [],
				placeholder: 'e.g. 203.0.113.0/24',
				description:
					"IP addresses and CIDR ranges, IPv4 or IPv6, from which requests are accepted; Braze's documentation lists those of its instances. If n8n runs behind proxies, set its environment variable N8N_PROXY_HOPS to how many they are: else every request seems to come from the proxy. Leave empty to accept all that have the secret.",
			},
			{
				displayName: 'Answer Within (Ms)',
				name: 'answerWithin',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: BRAZE_WAITS },
				default: ANSWER_WITHIN,
				description: `How long the workflow may take until Braze gets the status "timeout" instead. The workflow then goes on, and the next call for the same message gets what it made. Braze gives up after ${BRAZE_WAITS} ms, the way there and back included.`,
				displayOptions: { show: { '/receive': [CONNECTED_CONTENT] } },
			},
			{
				displayName: 'Drop Repeated Deliveries',
				name: 'dropRepeated',
				type: 'boolean',
				default: true,
				description: `Whether to ignore a webhook that Braze sends again, for example because an answer got lost. It is known by the fields dispatch_id and user_id of its body, of which the workflow remembers the last ${REMEMBERED}. That can't catch everything: not copies that arrive at the same moment, not bodies without those fields, and not in test runs. So let the following steps be safe to repeat.`,
				displayOptions: { show: { '/receive': [...WEBHOOKS] } },
			},
		],
	},
];
