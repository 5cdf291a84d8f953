import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { shown } from '../../common/failure';
import type { ItemParameters } from '../../common/parameters';
import { isRecord } from '../../common/record';

const CHANNELS = ['email', 'push', 'sms', 'webhook'] as const;
const PLATFORMS = ['android_push', 'apple_push', 'web_push'] as const;
const METHODS = ['DELETE', 'GET', 'POST', 'PUT'] as const;

const forChannel = (...channels: ReadonlyArray<(typeof CHANNELS)[number]>) => ({
	show: { messageFrom: ['form'], channels: [...channels] },
});

const emailFields: readonly INodeProperties[] = [
	{
		displayName: 'From',
		name: 'emailFrom',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Shop <news@shop.com>',
		hint: 'A sender that Braze knows: a name and an address in angle brackets',
		displayOptions: forChannel('email'),
	},
	{
		displayName: 'Subject',
		name: 'emailSubject',
		type: 'string',
		default: '',
		placeholder: 'e.g. Your code',
		displayOptions: forChannel('email'),
	},
	{
		displayName: 'HTML Body',
		name: 'emailBody',
		type: 'string',
		typeOptions: { rows: 5 },
		default: '',
		placeholder: 'e.g. <p>Your code: {{custom_attribute.${voucherify_code}}}</p>',
		description: 'HTML with Liquid; may stay empty when the options name a template',
		displayOptions: forChannel('email'),
	},
	{
		displayName: 'Email Options',
		name: 'emailOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'BCC',
				name: 'bcc',
				type: 'string',
				default: '',
				placeholder: 'e.g. archive@shop.com',
				description: "One of the BCC addresses in Braze's email settings",
			},
			{
				displayName: 'Plain Text Body',
				name: 'plaintextBody',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				placeholder: 'e.g. Your code: {{custom_attribute.${voucherify_code}}}',
				description: 'For readers that show no HTML; Braze makes one of the HTML unless it is given',
			},
			{
				displayName: 'Preheader',
				name: 'preheader',
				type: 'string',
				default: '',
				placeholder: 'e.g. 20% off until Sunday',
				description: 'What inboxes show after the subject',
			},
			{
				displayName: 'Reply To',
				name: 'replyTo',
				type: 'string',
				default: '',
				placeholder: 'e.g. hello@shop.com',
			},
			{
				displayName: 'Template ID',
				name: 'templateId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 9d3f6a1e-2c47-4b8a-b5d0-7e1c4f8a2b66',
				description: 'An email template of Braze, for what is not given here',
			},
		],
		displayOptions: forChannel('email'),
	},
];

const pushFields: readonly INodeProperties[] = [
	{
		displayName: 'Push Platforms',
		name: 'pushPlatforms',
		type: 'multiOptions',
		options: [
			{ name: 'Android', value: 'android_push' },
			{ name: 'iOS', value: 'apple_push' },
			{ name: 'Web', value: 'web_push' },
		],
		default: ['android_push', 'apple_push'],
		displayOptions: forChannel('push'),
	},
	{
		displayName: 'Push Title',
		name: 'pushTitle',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. A code for you',
		displayOptions: forChannel('push'),
	},
	{
		displayName: 'Push Text',
		name: 'pushText',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 20% off until Sunday',
		displayOptions: forChannel('push'),
	},
	{
		displayName: 'Push Link',
		name: 'pushLink',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://shop.com/codes',
		description: 'A web address or a deep link that a tap opens',
		displayOptions: forChannel('push'),
	},
];

const smsFields: readonly INodeProperties[] = [
	{
		displayName: 'SMS Subscription Group ID',
		name: 'smsGroup',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 7a1c3f5e-9b2d-4e68-a0f4-8c6b2d1e3f70',
		hint: 'The ID at the top of the subscription group in Braze; its subscribers get the message',
		displayOptions: forChannel('sms'),
	},
	{
		displayName: 'SMS Text',
		name: 'smsText',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		required: true,
		placeholder: 'e.g. Your code: {{custom_attribute.${voucherify_code}}}',
		displayOptions: forChannel('sms'),
	},
];

const webhookFields: readonly INodeProperties[] = [
	{
		displayName: 'Webhook Method',
		name: 'webhookMethod',
		type: 'options',
		options: METHODS.map((method) => ({ name: method, value: method })),
		default: 'POST',
		displayOptions: forChannel('webhook'),
	},
	{
		displayName: 'Webhook URL',
		name: 'webhookUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://shop.com/hooks/braze',
		displayOptions: forChannel('webhook'),
	},
	{
		displayName: 'Webhook Headers',
		name: 'webhookHeaders',
		type: 'json',
		default: '{"Content-Type": "application/json"}',
		displayOptions: forChannel('webhook'),
	},
	{
		displayName: 'Webhook Body',
		name: 'webhookBody',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. {"user_id": "{{${user_id}}}"}',
		description: 'Text with Liquid',
		displayOptions: forChannel('webhook'),
	},
];

/** The form fields for what a message says. */
export const messageFields: readonly INodeProperties[] = [
	{
		displayName: 'Message From',
		name: 'messageFrom',
		type: 'options',
		options: [
			{ name: 'Form', value: 'form', description: 'Email, push, SMS and webhooks' },
			{
				name: 'JSON',
				value: 'json',
				description: "Braze's messages object, for all channels and all of their settings",
			},
		],
		default: 'form',
	},
	{
		displayName: 'Channels',
		name: 'channels',
		type: 'multiOptions',
		options: [
			{ name: 'Email', value: 'email' },
			{ name: 'Push', value: 'push' },
			{ name: 'SMS', value: 'sms' },
			{ name: 'Webhook', value: 'webhook' },
		],
		default: ['email'],
		displayOptions: { show: { messageFrom: ['form'] } },
	},
	{
		displayName: 'App ID',
		name: 'appId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 3f2b8c5e-7d1a-4e9b-8f60-5c2d9a7b1e44',
		hint: 'The API identifier of an app: Settings → App Settings in Braze',
		description: 'Emails and SMS belong to an app of the workspace',
		displayOptions: forChannel('email', 'sms'),
	},
	...emailFields,
	...pushFields,
	...smsFields,
	...webhookFields,
	{
		displayName: 'Messages',
		name: 'messages',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"content_card": {"type": "CLASSIC", "title": "A code for you"}}',
		hint: 'For example {"content_card": {"type": "CLASSIC", "title": "A code for you"}}',
		description:
			'One message object for each channel: android_push, apple_push, content_card, email, kindle_push, sms, web_push, webhook, whats_app',
		displayOptions: { show: { messageFrom: ['json'] } },
	},
];

/** The option that tells which variation of a campaign a message counts for. */
export const variationOption: INodeProperties = {
	displayName: 'Message Variation ID',
	name: 'variationId',
	type: 'string',
	default: '',
	placeholder: 'e.g. email-103',
	description:
		'Which message of the campaign it counts for. With several channels, enter one in each message object of the JSON instead.',
};

/**
 * The messages of an item, one for each channel.
 * @throws {InvalidInput} when there is none, or one lacks what Braze wants
 */
export function readMessages(item: ItemParameters): IDataObject {
	const messages = item.choice('messageFrom', ['form', 'json']) === 'json' ? fromJson(item) : fromForm(item);
	const variation = item.optionText('options', 'variationId');
	const [only, ...others] = Object.entries(messages);
	if (variation === '' || only === undefined) return messages;
	const [channel, message] = only;
	if (others.length > 0)
		throw item.invalid(
			'variationId',
			'is given, and there are several messages',
			'Each has a variation of its own: choose JSON, and enter message_variation_id in each message object.',
		);
	return { [channel]: { ...(isRecord(message) ? message : {}), message_variation_id: variation } };
}

function fromJson(item: ItemParameters): IDataObject {
	const messages = item.object('messages');
	const remedy = 'Enter a message object for each channel, for example {"sms": {"body": "…"}}.';
	if (Object.keys(messages).length === 0) throw item.invalid('messages', 'is empty', remedy);
	const wrong = Object.entries(messages).find(([, message]) => !isRecord(message));
	if (wrong) throw item.invalid('messages', `has ${shown(wrong[1])} for ${shown(wrong[0])}`, remedy);
	return messages;
}

function fromForm(item: ItemParameters): IDataObject {
	const channels = item.choices('channels', CHANNELS);
	if (channels.length === 0) throw item.invalid('channels', 'is empty', 'Choose at least one.');
	return Object.assign({}, ...channels.map((channel) => READERS[channel](item))) as IDataObject;
}

const READERS: Readonly<Record<(typeof CHANNELS)[number], (item: ItemParameters) => IDataObject>> = {
	email: (item) => ({ email: readEmail(item) }),
	push: readPush,
	sms: (item) => ({
		sms: {
			app_id: readAppId(item),
			subscription_group_id: item.requiredText('smsGroup', 'Enter the ID of a subscription group.'),
			body: item.requiredText('smsText', 'Enter what the message says.'),
		},
	}),
	webhook: (item) => ({ webhook: readWebhook(item) }),
};

function readAppId(item: ItemParameters): string {
	return item.requiredText('appId', 'Enter the API identifier of an app (Settings → App Settings in Braze).');
}

function readEmail(item: ItemParameters): IDataObject {
	const option = (name: string) => item.optionText('emailOptions', name);
	const body = item.text('emailBody');
	if (body === '' && option('templateId') === '')
		throw item.invalid(
			'emailBody',
			'is empty',
			'Enter what the email says, or add the option "Template ID".',
		);
	return {
		app_id: readAppId(item),
		from: item.requiredText('emailFrom', 'Enter a sender like Shop <news@shop.com>.'),
		...given({
			subject: item.text('emailSubject'),
			body,
			bcc: option('bcc'),
			plaintext_body: option('plaintextBody'),
			preheader: option('preheader'),
			reply_to: option('replyTo'),
			email_template_id: option('templateId'),
		}),
	};
}

function readPush(item: ItemParameters): IDataObject {
	const platforms = item.choices('pushPlatforms', PLATFORMS);
	if (platforms.length === 0) throw item.invalid('pushPlatforms', 'is empty', 'Choose at least one.');
	const title = item.requiredText('pushTitle', 'Enter a title.');
	const text = item.requiredText('pushText', 'Enter what the message says.');
	const link = given({ custom_uri: item.text('pushLink') });
	const messages = platforms.map((platform) => [
		platform,
		// Apple's title stands inside of the alert.
		platform === 'apple_push' ? { alert: { title, body: text }, ...link } : { title, alert: text, ...link },
	]);
	return Object.fromEntries(messages) as IDataObject;
}

function readWebhook(item: ItemParameters): IDataObject {
	const headers = item.object('webhookHeaders');
	return {
		url: item.requiredText('webhookUrl', 'Enter the address that Braze shall call.'),
		request_method: item.choice('webhookMethod', METHODS),
		...(Object.keys(headers).length === 0 ? {} : { request_headers: headers }),
		...given({ body: item.text('webhookBody') }),
	};
}

/** What is not empty. */
function given(texts: Readonly<Record<string, string>>): IDataObject {
	return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
}
