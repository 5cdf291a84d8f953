import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import { WORKSPACE } from '../../sandbox/braze/workspace-seed.mts';
import { runBraze } from '../nodes/braze.mts';
import { located } from '../nodes/voucherify.mts';
import { numbered, withSecond, type PartialFailure, type WriteOperation } from './write-operation.mts';

const THREE = 3;
const state = ({ braze }: Sandbox) => braze.state;
const users = (): IDataObject[] => numbered(THREE, (n) => ({ external_id: `user-${n}`, tier: 'gold' }));
const profiles = (sandbox: Sandbox) => [...state(sandbox).profiles.all()];
const op = (resource: string, operation: string): INodeParameters => ({ resource, operation });
const track: INodeParameters = { ...op('user', 'track'), identifyBy: 'externalId', output: 'items' };

/** Puts three users into Braze and gives them as the input. */
async function known(sandbox: Sandbox): Promise<IDataObject[]> {
	await runBraze(sandbox, { ...track, send: ['attributes'], attributesFrom: 'allFields' }, users());
	return users();
}

/** Users who have only an alias. */
async function aliases(sandbox: Sandbox): Promise<IDataObject[]> {
	const input = numbered(THREE, (n) => ({
		alias_name: `alias-${n}`,
		alias_label: 'shop',
		tier: 'gold',
		id: `id-${n}`,
	}));
	const parameters = { ...track, send: ['attributes'], attributesFrom: 'allFields', identifyBy: 'alias' };
	await runBraze(sandbox, { ...parameters, options: { existingOnly: false } }, input);
	return input;
}

const events: INodeParameters = {
	...track,
	send: ['event'],
	eventFrom: 'fields',
	eventName: 'visited',
	eventTime: '2026-09-01T10:00:00Z',
};

const sends = (sandbox: Sandbox): number =>
	state(sandbox)
		.sends.all.flatMap(({ recipients }) => recipients)
		.filter(({ outcome }) => outcome === 'sent').length;

const [campaign, canvas, group] = [
	'5f0c6a52-6f0e-4a53-9a4d-2d1f6f0a7b11',
	'0e9f4c7a-8b1d-4d25-a6c3-5b7f2e1d9f55',
	'e5f3c9b2-74a8-4d2f-9e33-2b6d0a8c1f66',
];
const sending: INodeParameters = {
	operation: 'triggerSend',
	identifyBy: 'externalId',
	externalId: '={{ $json.external_id }}',
	properties: '{}',
};
const catalog = located('name', 'promotions');
const catalogItems = (sandbox: Sandbox) =>
	numbered(THREE, (n) => state(sandbox).catalogs.item('promotions', `item-${n}`)).flatMap((found) =>
		'item' in found ? [found.item] : [],
	);
const itemIds = (): IDataObject[] => numbered(THREE, (n) => ({ id: `item-${n}` }));

/** Puts three items into the catalog and gives their IDs. */
async function someItems(sandbox: Sandbox): Promise<IDataObject[]> {
	await runBraze(
		sandbox,
		{ ...op('catalogItem', 'create'), catalog, itemId: '={{ $json.id }}', values: '{}' },
		itemIds(),
	);
	return itemIds();
}

/** Makes three catalogs. */
async function someCatalogs(sandbox: Sandbox): Promise<IDataObject[]> {
	await runBraze(
		sandbox,
		{ ...op('catalog', 'create'), name: '={{ $json.external_id }}', description: '', fields: {} },
		users(),
	);
	return users();
}

/** How Braze says that it took all objects but the second. */
function refusingSecond(array: string) {
	const errors = [{ type: 'the object is not valid', input_array: array, index: 1 }];
	return { status: 201, body: { message: 'success', errors } };
}

/** Braze is told to take nothing of the second user. */
const blocked: PartialFailure = {
	failed: [1],
	input: (sandbox) => {
		state(sandbox).blockedExternalIds.add('user-2');
		return users();
	},
};

/** One of three recipients gets nothing. */
function unsent(array: string): PartialFailure {
	return {
		failed: [1],
		answer: refusingSecond(array),
		input: async (sandbox) => withSecond(await known(sandbox), { external_id: 'nobody' }),
	};
}

/** What of the Braze node changes something, with three items each. */
export const BRAZE_OPERATIONS: readonly WriteOperation[] = [
	{
		name: 'User: Track, attributes',
		service: 'braze',
		parameters: { ...track, send: ['attributes'], attributesFrom: 'allFields' },
		input: users,
		path: '^/users/track',
		repeatable: true,
		done: (sandbox) =>
			profiles(sandbox).filter(({ customAttributes }) => customAttributes['tier'] === 'gold').length,
		partial: blocked,
	},
	{
		name: 'User: Track, events',
		service: 'braze',
		parameters: events,
		input: users,
		path: '^/users/track',
		repeatable: false,
		done: (sandbox) => state(sandbox).counters.events,
		partial: blocked,
	},
	{
		name: 'User: Track, attributes and events',
		service: 'braze',
		parameters: { ...events, send: ['attributes', 'event'], attributesFrom: 'allFields' },
		input: users,
		path: '^/users/track',
		repeatable: false,
		done: (sandbox) => state(sandbox).counters.events,
		partial: blocked,
	},
	{
		name: 'User: Track, purchases',
		service: 'braze',
		parameters: {
			...track,
			send: ['purchase'],
			productId: 'tea',
			currency: 'EUR',
			price: 4.5,
			quantity: 1,
			purchaseTime: '2026-09-01T10:00:00Z',
		},
		input: users,
		path: '^/users/track',
		repeatable: false,
		done: (sandbox) => state(sandbox).counters.purchases,
		partial: blocked,
	},
	{
		name: 'User: Create Alias',
		service: 'braze',
		parameters: {
			...op('user', 'createAlias'),
			externalId: '={{ $json.external_id }}',
			aliasName: '={{ "alias-" + $json.external_id }}',
			aliasLabel: 'shop',
		},
		input: known,
		path: '^/users/alias/new',
		repeatable: true,
		done: (sandbox) => profiles(sandbox).reduce((sum, { aliases: own }) => sum + own.length, 0),
		partial: {
			failed: [1],
			answer: refusingSecond('user_identifiers'),
			input: async (sandbox) => withSecond(await known(sandbox), { external_id: 'nobody' }),
		},
	},
	{
		name: 'User: Identify',
		service: 'braze',
		parameters: {
			...op('user', 'identify'),
			externalId: '={{ $json.id }}',
			findBy: 'alias',
			aliasName: '={{ $json.alias_name }}',
			aliasLabel: '={{ $json.alias_label }}',
			mergeBehavior: 'merge',
		},
		input: aliases,
		path: '^/users/identify',
		repeatable: true,
		done: (sandbox) => profiles(sandbox).filter(({ externalId }) => externalId?.startsWith('id-')).length,
		partial: {
			failed: [1],
			answer: refusingSecond('user_identifiers'),
			input: async (sandbox) => withSecond(await aliases(sandbox), { alias_name: 'nobody' }),
		},
	},
	{
		name: 'User: Merge',
		service: 'braze',
		parameters: {
			...op('user', 'merge'),
			mergeBy: 'externalId',
			mergeUser: '={{ $json.external_id }}',
			keepBy: 'externalId',
			keepUser: '={{ $json.keep }}',
		},
		input: async (sandbox) => {
			const kept = numbered(THREE, (n) => ({ external_id: `kept-${n}`, tier: 'gold' }));
			const parameters = { ...track, send: ['attributes'], attributesFrom: 'allFields' };
			await runBraze(sandbox, parameters, [...users(), ...kept]);
			return users().map((user, index) => ({ ...user, keep: kept[index]?.external_id }));
		},
		path: '^/users/merge',
		repeatable: true,
		done: (sandbox) => 2 * THREE - profiles(sandbox).length,
		partial: 'Braze does not say which pairs it did not find',
	},
	{
		name: 'User: Delete',
		service: 'braze',
		parameters: { ...op('user', 'delete'), deleteBy: 'externalId', user: '={{ $json.external_id }}' },
		input: known,
		path: '^/users/delete',
		repeatable: true,
		done: (sandbox) => THREE - profiles(sandbox).length,
		partial: 'Braze does not say which users it did not find',
	},
	{
		name: 'Campaign: Trigger Send',
		service: 'braze',
		parameters: { ...sending, resource: 'campaign', campaign: located('id', String(campaign)) },
		input: known,
		path: '^/campaigns/trigger/send',
		repeatable: false,
		done: sends,
		partial: unsent('recipients'),
	},
	{
		name: 'Canvas: Trigger Send',
		service: 'braze',
		parameters: { ...sending, resource: 'canvas', canvas: located('id', String(canvas)) },
		input: known,
		path: '^/canvas/trigger/send',
		repeatable: false,
		done: sends,
		partial: unsent('recipients'),
	},
	{
		name: 'Message: Send',
		service: 'braze',
		parameters: {
			...op('message', 'send'),
			sendTo: 'users',
			identifyBy: 'externalId',
			externalId: '={{ $json.external_id }}',
			channels: ['sms'],
			appId: 'app-1',
			smsGroup: String(group),
			smsText: 'Your code',
		},
		input: known,
		path: '^/messages/send',
		repeatable: false,
		done: sends,
		partial: unsent('external_user_ids'),
	},
	{
		name: 'Transactional Email: Send',
		service: 'braze',
		parameters: {
			...op('transactionalEmail', 'send'),
			campaignId: WORKSPACE.transactionalCampaigns[0]?.id ?? '',
			identifyBy: 'externalId',
			externalId: '={{ $json.external_id }}',
			properties: '{}',
			preventDuplicates: 'execution',
		},
		input: known,
		path: '^/transactional/',
		repeatable: true,
		done: sends,
	},
	{
		name: 'Subscription Group: Set Status',
		service: 'braze',
		parameters: {
			...op('subscriptionGroup', 'setStatus'),
			group: String(group),
			status: 'subscribed',
			findBy: 'external_id',
			user: '={{ $json.external_id }}',
		},
		input: known,
		path: '/subscription/status/set',
		repeatable: true,
		done: (sandbox) =>
			profiles(sandbox).filter((profile) => JSON.stringify(profile).includes('"subscribed"')).length,
		partial: {
			failed: [1],
			parameters: { group: '={{ $json.group }}' },
			input: async (sandbox) =>
				withSecond(
					(await known(sandbox)).map((user) => ({ ...user, group })),
					{ group: 'no-such-group' },
				),
		},
	},
	{
		name: 'Content Block: Create',
		service: 'braze',
		parameters: { ...op('contentBlock', 'create'), name: '={{ $json.external_id }}', content: 'Hello' },
		input: users,
		path: '^/content_blocks/create',
		repeatable: false,
		done: (sandbox) => state(sandbox).contentBlocks.ids().length - 1,
	},
	{
		name: 'Content Block: Update',
		service: 'braze',
		parameters: {
			...op('contentBlock', 'update'),
			contentBlock: located('id', '={{ $json.content_block_id }}'),
			updateFields: { description: 'new' },
		},
		input: async (sandbox) => {
			const parameters = {
				...op('contentBlock', 'create'),
				name: '={{ $json.external_id }}',
				content: 'Hello',
			};
			return (await runBraze(sandbox, parameters, users())).items.map(({ json }) => json);
		},
		path: '^/content_blocks/update',
		repeatable: true,
		done: (sandbox) =>
			state(sandbox)
				.contentBlocks.ids()
				.filter((id) => state(sandbox).contentBlocks.info(id)?.['description'] === 'new').length,
	},
	{
		name: 'Catalog: Create',
		service: 'braze',
		parameters: { ...op('catalog', 'create'), name: '={{ $json.external_id }}', description: '', fields: {} },
		input: users,
		path: '^/catalogs$',
		repeatable: false,
		done: (sandbox) => state(sandbox).catalogs.list().length - 1,
	},
	{
		name: 'Catalog: Update',
		service: 'braze',
		parameters: {
			...op('catalog', 'update'),
			catalog: located('name', '={{ $json.external_id }}'),
			fields: { field: [{ name: 'terms', type: 'string' }] },
		},
		input: someCatalogs,
		path: '^/catalogs/.*/fields$',
		repeatable: false,
		done: (sandbox) => JSON.stringify(state(sandbox).catalogs.list().slice(1)).split('"terms"').length - 1,
	},
	{
		name: 'Catalog: Delete',
		service: 'braze',
		parameters: { ...op('catalog', 'delete'), catalog: located('name', '={{ $json.external_id }}') },
		input: someCatalogs,
		path: '^/catalogs/',
		method: 'DELETE',
		repeatable: true,
		done: (sandbox) => THREE + 1 - state(sandbox).catalogs.list().length,
	},
	{
		name: 'Catalog Item: Create or Update',
		service: 'braze',
		parameters: {
			...op('catalogItem', 'upsert'),
			catalog,
			itemId: '={{ $json.id }}',
			write: 'replace',
			values: '{"title": "new"}',
		},
		input: itemIds,
		path: '^/catalogs/promotions/items$',
		method: 'PUT',
		repeatable: true,
		done: (sandbox) => catalogItems(sandbox).filter((item) => item['title'] === 'new').length,
		partial: {
			failed: [1],
			parameters: { values: '={{ $json.values ?? {"title": "new"} }}' },
			input: () => withSecond(itemIds(), { values: { title: ['no text'] } }),
		},
	},
	{
		name: 'Catalog Item: Create',
		service: 'braze',
		parameters: { ...op('catalogItem', 'create'), catalog, itemId: '={{ $json.id }}', values: '{}' },
		input: itemIds,
		path: '^/catalogs/promotions/items/',
		repeatable: false,
		done: (sandbox) => catalogItems(sandbox).length,
	},
	{
		name: 'Catalog Item: Update',
		service: 'braze',
		parameters: {
			...op('catalogItem', 'update'),
			catalog,
			itemId: '={{ $json.id }}',
			values: '{"title": "new"}',
		},
		input: someItems,
		path: '^/catalogs/promotions/items/',
		method: 'PATCH',
		repeatable: true,
		done: (sandbox) => catalogItems(sandbox).filter((item) => item['title'] === 'new').length,
	},
	{
		name: 'Catalog Item: Delete',
		service: 'braze',
		parameters: { ...op('catalogItem', 'delete'), catalog, itemId: '={{ $json.id }}' },
		input: someItems,
		path: '^/catalogs/promotions/items',
		method: 'DELETE',
		repeatable: true,
		done: (sandbox) => THREE - catalogItems(sandbox).length,
		partial: {
			failed: [1],
			input: async (sandbox) => withSecond(await someItems(sandbox), { id: 'x'.repeat(251) }),
		},
	},
];
