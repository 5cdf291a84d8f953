import { SECRET_HEADER } from './admission';
import { ANY_WEBHOOK, AUDIENCE_SYNC, CUSTOM_EVENT } from './receives';

/** What sends a message. */
export type Sender = 'campaign' | 'canvas';

/** The kinds of webhooks. */
export type WebhookKind = typeof ANY_WEBHOOK | typeof AUDIENCE_SYNC | typeof CUSTOM_EVENT;

/** Stands for the URL that n8n shows, which the form of a node can't know. */
export const URL_PLACEHOLDER = 'PASTE-THE-PRODUCTION-URL-HERE';
/** Stands for the secret, which must not show in a form. */
export const SECRET_PLACEHOLDER = 'PASTE-THE-WEBHOOK-SECRET-HERE';

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
 * The Liquid that asks this workflow while a message is rendered. Braze would keep an answer by the URL, which is the same for all
 * users, so it must not keep any.
 */
export function connectedContentLiquid(sender: Sender): string {
	return [
		`{% capture question %}${json(MESSAGE[sender])}{% endcapture %}`,
		`{% connected_content ${URL_PLACEHOLDER} :method post :headers {"${SECRET_HEADER}": "${SECRET_PLACEHOLDER}"} :body {{question}} :content_type application/json :no_cache :save answer %}`,
		"{% if answer.status == 'success' %}",
		'{{answer.code}}',
		'{% else %}',
		"{% abort_message('n8n gave no code') %}",
		'{% endif %}',
	].join('\n');
}

function json(value: object): string {
	return JSON.stringify(value, undefined, 2);
}
