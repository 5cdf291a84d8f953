import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { BrazeState } from '../../sandbox/braze/state.mts';
import { WORKSPACE } from '../../sandbox/braze/workspace-seed.mts';
import { Clock } from '../../sandbox/common/clock.mts';
import { itemWithFile } from '../nodes/binary.mts';
import { located } from '../nodes/voucherify.mts';

/** One run of an operation of the Braze node: `resource/operation`, what is special about it, its form, its input. */
export type BrazeRun = readonly [
	operation: string,
	what: string,
	parameters: INodeParameters,
	input?: readonly IDataObject[],
	/** Whole items instead, for files in binary fields. */
	items?: readonly INodeExecutionData[],
];

const campaign = located('id', WORKSPACE.campaigns[0]?.id ?? '');
const canvas = located('id', WORKSPACE.canvases[0]?.id ?? '');
const segment = located('id', WORKSPACE.segments[0]?.id ?? '');
const catalog = located('name', 'promotions');
/** The same seed gives the same IDs. */
const contentBlock = located('id', new BrazeState(new Clock(), 1).contentBlocks.ids()[0] ?? '');
const group = WORKSPACE.subscriptionGroups[0]?.id ?? '';

const all = { returnAll: true };
const listed = { ...all, sort: 'desc', filters: { editedAfter: '2026-01-01', includeArchived: true } };
const known = [{ external_id: 'ada' }, { external_id: 'bob' }];
const alias = { identifyBy: 'alias', aliasName: '={{ $json.external_id }}', aliasLabel: 'shop' };
const byEmail = { identifyBy: 'email', email: 'ada@example.com' };
const GOLD = '{"AND": [{"custom_attribute": {"custom_attribute_name": "tier", "comparison": "exists"}}]}';
const attributes = '{"tier": "gold"}';
const properties = '{"code": "SUMMER-1"}';
const recipientOptions = { attributes, existingOnly: false, audience: GOLD };
const everyone = { sendTo: 'everyone', properties, options: { audience: GOLD } };
const findPhone = { findBy: 'phone', phone: '+491511234567', prioritization: 'most_recently_updated' };
const sms = { channels: ['sms'], appId: 'app-1', smsGroup: group, smsText: 'Your code' };
const messageOptions = {
	audience: GOLD,
	campaignId: WORKSPACE.campaigns[0]?.id ?? '',
	onlyInSegment: WORKSPACE.segments[0]?.id ?? '',
	overrideFrequencyCapping: true,
	sendId: 'wave-2',
	subscriptionState: 'all',
	variationId: 'variation-1',
};
const block = { description: 'd', state: 'draft', tags: 'promotions' };

/** Every operation that sends requests, with everything that its form can send. Users "ada" and "bob" are known. */
export const OPERATIONS: readonly BrazeRun[] = [
	[
		'user/track',
		'attributes, events and purchases',
		{
			send: ['attributes', 'event', 'purchase'],
			attributesFrom: 'json',
			attributesJson:
				'{"tier": "gold", "points": {"inc": 5}, "tags": {"add": ["x"]}, "old": null, "home": {"city": "Paris"}}',
			eventFrom: 'fields',
			eventName: 'code_delivered',
			eventProperties: properties,
			productId: 'gift-card',
			currency: 'EUR',
			price: 25,
			quantity: 1,
			options: { appId: 'app-1', existingOnly: true, mergeObjects: true },
		},
		known,
	],
	[
		'user/track',
		'all fields of aliases',
		{ ...alias, options: { existingOnly: false } },
		[{ external_id: 'ada', tier: 'gold' }],
	],
	[
		'user/trackFromFile',
		'rows of a CSV file',
		{ binaryField: 'data', fileFormat: 'csv', rows: 'attributes', options: {} },
		[],
		[itemWithFile('external_id,tier\nada,gold\nbob,silver\n', 'users.csv')],
	],
	['user/track', 'in bulk', { options: { objectLimit: 'bulk1000' } }, [{ external_id: 'ada', tier: 'gold' }]],
	[
		'user/exportSegment',
		'named attributes, as items',
		{
			segment,
			fieldsToExport: ['email'],
			output: 'items',
			...all,
			options: {
				customAttributes: 'tier',
				callbackEndpoint: 'http://127.0.0.1:9/ready',
				outputFormat: 'gzip',
			},
		},
	],
	['user/exportIds', 'by external ID', { fieldsToExport: ['email', 'custom_attributes'] }, known],
	['user/exportIds', 'by email', { ...byEmail, fieldsToExport: ['devices', 'purchases'] }],
	[
		'user/createAlias',
		'for external IDs',
		{ ...alias, identifyBy: 'externalId', externalId: '={{ $json.external_id }}' },
		known,
	],
	[
		'user/identify',
		'by phone',
		{ ...findPhone, externalId: '={{ $json.external_id }}', mergeBehavior: 'merge' },
		known,
	],
	[
		'user/merge',
		'by external ID',
		{ mergeBy: 'externalId', mergeUser: 'ada', keepBy: 'externalId', keepUser: 'bob' },
	],
	['user/delete', 'by external ID', {}, known],
	['campaign/get', 'simplified', { campaign, simple: true }],
	['campaign/getAll', 'filtered', listed],
	[
		'campaign/triggerSend',
		'to new users',
		{ campaign, properties, options: { ...recipientOptions, sendId: 'wave-2' } },
		known,
	],
	['campaign/triggerSend', 'by email', { campaign, ...byEmail }],
	['campaign/triggerSend', 'by alias', { campaign, ...alias }, known],
	['campaign/triggerSend', 'by Braze ID', { campaign, identifyBy: 'brazeId', brazeId: 'b' }],
	['campaign/triggerSend', 'to everyone', { campaign, ...everyone }],
	['canvas/getAll', 'filtered', listed],
	['canvas/triggerSend', 'to new users', { canvas, properties, options: recipientOptions }, known],
	['canvas/triggerSend', 'to everyone', { canvas, ...everyone }],
	['message/send', 'SMS', { ...sms, options: messageOptions }, known],
	[
		'message/send',
		'emails, pushes and webhooks',
		{
			...alias,
			channels: ['email', 'push', 'webhook'],
			appId: 'app-1',
			emailFrom: 'Shop <news@shop.com>',
			emailBody: '<p>Hi</p>',
			pushPlatforms: ['android_push', 'apple_push', 'web_push'],
			pushTitle: 'Hi',
			pushText: 'A code',
			webhookUrl: 'https://shop.com/hook',
		},
		known,
	],
	['message/send', 'JSON to a segment', { sendTo: 'everyone', everyone: 'segment', segment, ...sms }],
	[
		'message/send',
		'to whom a filter leaves',
		{ sendTo: 'everyone', everyone: 'filter', ...sms, options: { audience: GOLD } },
	],
	[
		'transactionalEmail/send',
		'to a new user',
		{ campaignId: WORKSPACE.transactionalCampaigns[0]?.id ?? '', properties, options: { attributes } },
		known,
	],
	['segment/get', 'simplified', { segment, simple: true }],
	['segment/getAll', 'all', { ...all, sort: 'asc' }],
	[
		'subscriptionGroup/setStatus',
		'of users',
		{ group, status: 'subscribed', user: '={{ $json.external_id }}' },
		known,
	],
	['subscriptionGroup/getStatus', 'of a user', { findBy: 'external_id', user: 'ada' }],
	['contentBlock/getAll', 'all', all],
	['contentBlock/get', 'one', { contentBlock }],
	['contentBlock/create', 'a draft', { name: 'b', content: 'Hi', additionalFields: block }],
	['contentBlock/update', 'its content', { contentBlock, updateFields: { content: 'Hi', description: 'd' } }],
	['catalog/getAll', 'all', all],
	['catalog/get', 'one', { catalog }],
	[
		'catalog/create',
		'with fields',
		{ name: 'stores', description: 'd', fields: { field: [{ name: 'a', type: 'time' }] } },
	],
	[
		'catalog/update',
		'its fields',
		{ catalog, fields: { field: [{ name: 'a', type: 'time' }] }, remove: 'terms' },
	],
	['catalog/delete', 'one', { catalog }],
	['catalogItem/get', 'one', { catalog, itemId: 'summer' }],
	['catalogItem/getAll', 'all', { catalog, ...all }],
	['catalogItem/create', 'one', { catalog, itemId: 'new', values: '{"title": "New"}' }],
	['catalogItem/update', 'one', { catalog, itemId: 'summer', values: '{"title": "New"}' }],
	...['replace', 'change', 'create'].map((write): BrazeRun => [
		'catalogItem/upsert',
		write,
		{ catalog, itemId: '={{ $json.id }}', write, values: '{"title": "New"}' },
		[{ id: 'summer' }, { id: 'new' }],
	]),
	[
		'catalogItem/delete',
		'several',
		{ catalog, itemId: '={{ $json.id }}' },
		[{ id: 'summer' }, { id: 'new' }],
	],
	['event/getAll', 'all', all],
	['customAttribute/getAll', 'all', all],
	['apiCall/send', 'a list', { method: 'GET', path: '/campaigns/list' }],
];
