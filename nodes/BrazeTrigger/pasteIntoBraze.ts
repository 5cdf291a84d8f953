import { serveFromN8n } from '../Braze/connectedContent/serveFromN8n';
import { SECRET_HEADER } from './admission';
import type { KeyOf } from './message';
import { ANY_WEBHOOK, AUDIENCE_SYNC, CUSTOM_EVENT } from './receives';

/** What sends a message. */
export type Sender = 'campaign' | 'canvas';

/** The kinds of webhooks. */
export type WebhookKind = typeof ANY_WEBHOOK | typeof AUDIENCE_SYNC | typeof CUSTOM_EVENT;

/** Stands for the URL that n8n shows, which the form of a node can't know. */
const URL_PLACEHOLDER = 'https://paste-the-production-url-here/';
/** Stands for the secret, which must not show in a form. */
const SECRET_PLACEHOLDER = 'PASTE-THE-WEBHOOK-SECRET-HERE';

/** Which message to which user it is. In a Canvas, a message is a step, and only the Canvas itself has an ID that stays. */
const MESSAGE: Readonly<Record<Sender, Readonly<Record<string, string>>>> = {
	campaign: {
		campaign_id: '{{campaign.${api_id}}}',
		dispatch_id: '{{campaign.${dispatch_id}}}',
		user_id: '{{${user_id} | json_escape}}',
	},
	canvas: {
		canvas_id: '{{canvas.${api_id}}}',
		dispatch_id: '{{campaign.${dispatch_id}}}',
		user_id: '{{${user_id} | json_escape}}',
	},
};

/** What a kind of webhook says beside that. */
const CONTENT: Readonly<Record<WebhookKind, object>> = {
	[ANY_WEBHOOK]: { email: '{{${email_address} | json_escape}}' },
	[AUDIENCE_SYNC]: {
		action: 'add',
		audience_id: 'NAME-OF-THE-AUDIENCE',
		email_address: '{{${email_address} | json_escape}}',
		first_name: '{{${first_name} | json_escape}}',
		last_name: '{{${last_name} | json_escape}}',
		country: '{{${country} | json_escape}}',
		city: '{{${city} | json_escape}}',
		phone_number: '{{${phone_number} | json_escape}}',
	},
	[CUSTOM_EVENT]: {
		event: 'NAME-OF-THE-EVENT',
		properties: { campaign: '{{campaign.${name} | json_escape}}' },
	},
};

/** The body of a webhook message: JSON whose values are Liquid, escaped so that no name can break it. */
export function webhookBody(kind: WebhookKind, sender: Sender): string {
	return json({ ...CONTENT[kind], ...MESSAGE[sender] });
}

/**
 * The Liquid that asks this workflow while a message is rendered, as Braze → Connected Content → Create Snippet makes it. Braze is to
 * keep no answer: it would keep that something took too long, too.
 */
export function connectedContentLiquid(sender: Sender, kind: KeyOf): string {
	const { snippet, shows } = serveFromN8n({
		url: URL_PLACEHOLDER,
		header: { name: SECRET_HEADER, secret: SECRET_PLACEHOLDER },
		customer: { from: 'externalId' },
		message: sender,
		parts: kind === 'campaign' ? 'campaignUser' : 'sendOutUser',
		suffix: '',
		answerField: 'code',
		manners: {
			cacheFor: 'none',
			retry: false,
			onFailure: { abort: 'n8n gave no code' },
			variable: 'answer',
		},
	});
	return `${snippet}\n${shows}`;
}

function json(value: object): string {
	return JSON.stringify(value, undefined, 2);
}
