import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { regionFields } from '../../../../credentials/regionFields';

/** What a snippet does. */
export const USE_CASES = [
	'addGiftCredits',
	'addLoyaltyPoints',
	'inviteReferrers',
	'loyaltyBalance',
	'personalCode',
	'publishCode',
	'resendCode',
	'serveFromN8n',
	'unusedCoupons',
] as const;

export type UseCase = (typeof USE_CASES)[number];

/** Braze takes 5 minutes to 4 hours, in seconds. */
export const SHORTEST_CACHE = 300;
export const LONGEST_CACHE = 14_400;

const PUBLISHES: UseCase[] = ['inviteReferrers', 'publishCode'];
const WITH_CODE: UseCase[] = ['addGiftCredits', 'loyaltyBalance', 'resendCode'];
/** A second call adds a second time, so nothing is tried again, and the cache can't be left out. */
export const ADDS: readonly UseCase[] = ['addGiftCredits', 'addLoyaltyPoints'];
const CALLS_VOUCHERIFY = USE_CASES.filter((name) => name !== 'serveFromN8n');

const ONE_CODE_PER: INodePropertyOptions[] = [
	{
		name: 'Campaign (One for Everybody)',
		value: 'campaign',
		description: 'Everybody who gets the campaign gets one and the same code',
	},
	{
		name: 'Campaign and User',
		value: 'campaignUser',
		description: 'However often the campaign is sent to a user, it brings the same code',
	},
	{
		name: 'Send-Out (One for Everybody)',
		value: 'sendOut',
		description: 'Everybody who gets one dispatch of the campaign gets one and the same code',
	},
	{
		name: 'Send-Out and User',
		value: 'sendOutUser',
		description: 'Each dispatch of the campaign brings a user a new code',
	},
	{ name: 'User', value: 'user', description: 'All campaigns bring a user the same code' },
];

function onePer(
	displayName: string,
	useCases: UseCase[],
	options: INodePropertyOptions[],
	hint?: string,
): INodeProperties {
	return {
		displayName,
		name: 'sourceId',
		type: 'options',
		options,
		default: 'campaignUser',
		...(hint === undefined ? {} : { hint }),
		description: 'When a user gets the same again: what the source_id of the call is made of',
		displayOptions: { show: { useCase: useCases } },
	};
}

/** Where Voucherify answers, as its credentials ask for it. */
function onlyWithVoucherify(field: INodeProperties): INodeProperties {
	return { ...field, displayOptions: { show: { ...field.displayOptions?.show, useCase: CALLS_VOUCHERIFY } } };
}

/** The form of Create Snippet. */
export const createSnippetFields: INodeProperties[] = [
	{
		displayName: 'Use Case',
		name: 'useCase',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Add Gift Card Credits',
				value: 'addGiftCredits',
				description: 'Add an amount to the gift card whose code is on the profile',
			},
			{
				name: 'Add Loyalty Points',
				value: 'addLoyaltyPoints',
				description: 'Send the custom event that an earning rule waits for',
			},
			{
				name: 'Fetch Loyalty Balance',
				value: 'loyaltyBalance',
				description: 'Show the points on the loyalty card whose code is on the profile',
			},
			{
				name: 'Invite Referrers',
				value: 'inviteReferrers',
				description: 'Publish a code of a referral campaign, for the user to hand on',
			},
			{
				name: 'List Unused Coupons',
				value: 'unusedCoupons',
				description: 'Show the coupons of the user that are still to be used',
			},
			{
				name: 'Publish a Personalized Code',
				value: 'personalCode',
				description: 'Make a code that begins with a field of the profile, and publish it',
			},
			{
				name: 'Publish a Unique Code',
				value: 'publishCode',
				description: 'Publish a code of a campaign: a coupon, a gift card or a loyalty card',
			},
			{
				name: 'Resend an Existing Code',
				value: 'resendCode',
				description: 'Show the code on the profile once more, while it can be used',
			},
			{
				name: 'Serve From a Workflow',
				value: 'serveFromN8n',
				description: 'Show what a workflow with the Braze Trigger answers',
			},
		],
		default: 'publishCode',
		description: 'What the snippet does while Braze renders a message',
	},
	{
		displayName: 'Production URL',
		name: 'webhookUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://n8n.example.com/webhook/5f0c6a52',
		description: 'The Production URL of the Braze Trigger. Braze calls port 443 only.',
		displayOptions: { show: { useCase: ['serveFromN8n'] } },
	},
	{
		displayName: 'Header',
		name: 'headerName',
		type: 'string',
		default: 'X-Braze-Secret',
		required: true,
		placeholder: 'e.g. X-Braze-Secret',
		description: 'The header in which the Braze Trigger looks for the secret',
		displayOptions: { show: { useCase: ['serveFromN8n'] } },
	},
	{
		displayName: 'Secret',
		name: 'headerSecret',
		type: 'string',
		typeOptions: { password: true },
		default: 'YOUR-SECRET',
		required: true,
		placeholder: 'e.g. YOUR-SECRET',
		description:
			'What proves that Braze calls. Everybody who can edit messages in Braze sees it. Leave the placeholder to replace it in Braze.',
		displayOptions: { show: { useCase: ['serveFromN8n'] } },
	},
	{
		displayName: 'Answer Field',
		name: 'answerField',
		type: 'string',
		default: 'code',
		required: true,
		placeholder: 'e.g. code',
		description: 'The field of the answer that the message shows. Without it, the message has no answer.',
		displayOptions: { show: { useCase: ['serveFromN8n'] } },
	},
	{
		displayName: 'Campaign',
		name: 'campaign',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Summer Sale 20%',
		description: 'Name or ID of the campaign in Voucherify',
		displayOptions: { show: { useCase: [...PUBLISHES, 'personalCode'] } },
	},
	{
		displayName: 'Only Campaign',
		name: 'onlyCampaign',
		type: 'string',
		default: '',
		placeholder: 'e.g. Summer Sale 20%',
		description:
			'Name or ID of the campaign in Voucherify whose coupons are listed. Empty for those of all campaigns.',
		displayOptions: { show: { useCase: ['unusedCoupons'] } },
	},
	{
		displayName: 'Code Starts With',
		name: 'codeStart',
		type: 'string',
		default: '',
		placeholder: 'e.g. SUMMER-',
		description: 'What every code begins with. May be empty.',
		displayOptions: { show: { useCase: ['personalCode'] } },
	},
	{
		displayName: 'Prefix From',
		name: 'prefixFrom',
		type: 'options',
		options: [
			{ name: 'Custom Attribute', value: 'attribute' },
			{ name: 'First Name', value: 'firstName' },
			{ name: 'Last Name', value: 'lastName' },
			{ name: 'Phone Number', value: 'phone' },
		],
		default: 'firstName',
		description: 'The field of the profile that the code shows, in capitals',
		displayOptions: { show: { useCase: ['personalCode'] } },
	},
	{
		displayName: 'Prefix Attribute',
		name: 'prefixAttribute',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. club name',
		description: 'Name of the custom attribute in Braze',
		displayOptions: { show: { useCase: ['personalCode'], prefixFrom: ['attribute'] } },
	},
	{
		displayName: 'Code Ends With',
		name: 'codeEnding',
		type: 'options',
		options: [
			{ name: 'Hash', value: 'hash', description: 'Twelve signs that are different for every user' },
			{
				name: 'Nothing',
				value: 'nothing',
				description: 'For a field that is different for every user, like a phone number',
			},
		],
		default: 'hash',
		description: 'What keeps the codes of two users with the same prefix apart',
		displayOptions: { show: { useCase: ['personalCode'] } },
	},
	{
		displayName: 'Event',
		name: 'event',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. review_written',
		description: 'Name of the custom event in the earning rule of the loyalty program',
		displayOptions: { show: { useCase: ['addLoyaltyPoints'] } },
	},
	{
		displayName: 'Amount (Cents)',
		name: 'amount',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 1000,
		required: true,
		description: 'What to add, in hundredths of the currency: 1000 for 10.00',
		displayOptions: { show: { useCase: ['addGiftCredits'] } },
	},
	{
		displayName: 'Code Attribute',
		name: 'codeAttribute',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. voucherify_code',
		description: 'Name of the custom attribute in Braze that holds the code',
		displayOptions: { show: { useCase: WITH_CODE } },
	},
	{
		displayName: 'Identify Customers By',
		name: 'customer',
		type: 'options',
		options: [
			{ name: 'Braze ID', value: 'brazeId' },
			{ name: 'Custom Attribute', value: 'attribute' },
			{ name: 'Email', value: 'email' },
			{ name: 'External ID', value: 'externalId' },
			{ name: 'Phone Number', value: 'phone' },
		],
		default: 'externalId',
		description:
			'The field of the Braze profile that is the source ID of the customer in Voucherify. Users without it get no code.',
	},
	{
		displayName: 'Customer Attribute',
		name: 'customerAttribute',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. crm_id',
		description: 'Name of the custom attribute in Braze',
		displayOptions: { show: { customer: ['attribute'] } },
	},
	{
		displayName: 'Sent From',
		name: 'message',
		type: 'options',
		options: [
			{ name: 'Campaign', value: 'campaign' },
			{ name: 'Canvas', value: 'canvas' },
		],
		default: 'campaign',
		description: 'What sends the message in Braze: the two have their IDs under different names',
	},
	onePer(
		'One Code Per',
		PUBLISHES,
		[
			...ONE_CODE_PER,
			{
				name: 'User (Join Once)',
				value: 'joinOnce',
				description: 'Voucherify gives a user the code of the campaign that they have; there is no source_id',
			},
		],
		'Campaigns that customers join only once need “User (Join Once)”',
	),
	onePer(
		'One Code Per',
		['personalCode'],
		ONE_CODE_PER.filter(({ value }) => value !== 'campaign' && value !== 'sendOut'),
	),
	onePer('One Answer Per', ['serveFromN8n'], ONE_CODE_PER),
	...regionFields.map(onlyWithVoucherify),
	{
		displayName: 'Application ID',
		name: 'applicationId',
		type: 'string',
		default: 'VOUCHERIFY-APP-ID',
		required: true,
		placeholder: 'e.g. VOUCHERIFY-APP-ID',
		hint: 'Leave it and the token as they are to replace them in Braze',
		description:
			'Everybody who can edit messages in Braze sees it: make an application key in Voucherify for this alone',
		displayOptions: { show: { useCase: CALLS_VOUCHERIFY } },
	},
	{
		displayName: 'Application Token',
		name: 'secretKey',
		type: 'string',
		typeOptions: { password: true },
		default: 'VOUCHERIFY-APP-TOKEN',
		required: true,
		placeholder: 'e.g. VOUCHERIFY-APP-TOKEN',
		description:
			'The secret key that belongs to the Application ID. Everybody who can edit messages in Braze sees it. Leave the placeholder to replace it in Braze.',
		displayOptions: { show: { useCase: CALLS_VOUCHERIFY } },
	},
	{
		displayName: 'If No Answer',
		name: 'onFailure',
		type: 'options',
		options: [
			{ name: 'Do Not Send', value: 'abort', description: 'Braze aborts the message and logs the reason' },
			{ name: 'Show a Text', value: 'text' },
		],
		default: 'abort',
		description: 'What becomes of the message when there is no code or balance to show',
	},
	{
		displayName: 'Reason',
		name: 'reason',
		type: 'string',
		default: 'No answer from Connected Content',
		placeholder: 'e.g. No code from Voucherify',
		description: 'What the log of aborted messages in Braze says. No quotes, braces, % and \\.',
		displayOptions: { show: { onFailure: ['abort'] } },
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		default: '',
		placeholder: 'e.g. Ask us for your code',
		description: 'What the message shows in place of the code or balance. May be empty.',
		displayOptions: { show: { onFailure: ['text'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Cache For (Seconds)',
				name: 'cacheFor',
				type: 'number',
				typeOptions: { minValue: SHORTEST_CACHE, maxValue: LONGEST_CACHE, numberPrecision: 0 },
				default: SHORTEST_CACHE,
				description:
					'How long Braze may answer from its cache, by user and message. Unless set: 5 minutes, 4 hours where each call adds something, and no cache for a workflow.',
			},
			{
				displayName: 'No Cache',
				name: 'noCache',
				type: 'boolean',
				default: true,
				description: 'Whether to ask anew whenever Braze renders the message, two or three times for each',
				displayOptions: { hide: { '/useCase': [...ADDS] } },
			},
			{
				displayName: 'Retry',
				name: 'retry',
				type: 'boolean',
				default: true,
				description:
					'Whether Braze tries a call up to five times and then does not send the message. Braze does so unless this is switched off.',
				displayOptions: { hide: { '/useCase': [...ADDS] } },
			},
			{
				displayName: 'Source ID Suffix',
				name: 'suffix',
				type: 'string',
				default: '',
				placeholder: 'e.g. second',
				description: 'Tells several codes of one message apart. Letters, digits, - and _.',
				displayOptions: { show: { '/useCase': [...PUBLISHES, 'personalCode', 'serveFromN8n'] } },
			},
			{
				displayName: 'Variable',
				name: 'variable',
				type: 'string',
				default: '',
				placeholder: 'e.g. second_code',
				description:
					'Name of the Liquid variable that holds the answer. Give each snippet of a message its own.',
			},
		],
	},
];
