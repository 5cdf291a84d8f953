import type { IDataObject, INodeExecutionData, INodeParameters, INodeProperties } from 'n8n-workflow';
import { BrazeApi } from '../../credentials/BrazeApi.credentials';
import { VoucherifyApi } from '../../credentials/VoucherifyApi.credentials';
import { VoucherifyOAuth2Api } from '../../credentials/VoucherifyOAuth2Api.credentials';
import { Braze } from '../../nodes/Braze/Braze.node';
import { resources as brazeResources } from '../../nodes/Braze/resources';
import { Voucherify } from '../../nodes/Voucherify/Voucherify.node';
import { resources as voucherifyResources } from '../../nodes/Voucherify/resources';
import {
	CAMPAIGNS,
	CUSTOMERS,
	type OperationRun,
	SEGMENTS,
	VOUCHERS,
} from '../contract/voucherify-operations.mts';
import { BRAZE_OPERATIONS } from '../faults/braze-operations.mts';
import { VOUCHERIFY_OPERATIONS } from '../faults/voucherify-operations.mts';
import type { WriteOperation } from '../faults/write-operation.mts';
import { itemWithFile } from '../nodes/binary.mts';
import { runNode, type NodeRun, type NodeSetup } from '../nodes/n8n.mts';
import { located } from '../nodes/voucherify.mts';

export type NodeName = 'Voucherify' | 'Braze';

/** One way of running an operation that is published, with a form that is filled in as it should be. */
export interface PublishedRun {
	/** As the node's parameters name it, with what sets this way apart from the others: `voucher.create, 2nd way`. */
	readonly name: string;
	readonly node: NodeName;
	/** `voucher.create` */
	readonly operation: string;
	readonly parameters: INodeParameters;
	readonly items: readonly INodeExecutionData[];
	/** The form. */
	readonly fields: readonly INodeProperties[];
}

/** Has every field that the runs read. */
const ITEM: IDataObject = {
	alias_label: 'shop',
	alias_name: 'alias-1',
	code: 'CODE-1',
	content_block_id: 'block-1',
	customer: 'customer-000001',
	external_id: 'user-1',
	holder: 'holder-1',
	id: 'id-1',
	keep: 'kept-1',
	name: 'Trial',
	reward: 'rew_1',
	source_id: 'source-1',
};

const all = { returnAll: true, simple: true };
const campaign = located('name', 'Trial');
const customer = located('sourceId', 'customer-000001');
const segment = located('id', 'seg_1');
const order = { sourceId: 'order-1', status: 'CREATED', amount: 50, metadata: '{"shop": "online"}' };
const stack = {
	redeemables: {
		redeemable: [
			{ kind: 'promotion_tier', id: 'promo_1' },
			{ kind: 'voucher', id: 'CODE-1' },
		],
	},
	customer,
	order,
	onRefusal: 'fail',
	simple: true,
};
const dates = { createdAfter: '2020-01-01', createdBefore: '2040-01-01' };
const query = { parameter: [{ name: 'limit', value: '3' }] };

type Row = readonly [
	operation: string,
	parameters: INodeParameters,
	items?: readonly INodeExecutionData[] | undefined,
];

/** Operations of the Voucherify node that only look, or that no table elsewhere has. */
const MORE_OF_VOUCHERIFY: readonly Row[] = [
	['apiCall.send', { method: 'GET', path: '/v1/customers', query, split: true, repeatable: false }],
	[
		'apiCall.send',
		{ method: 'POST', path: '/v1/customers', body: '{"a": 1}', query: {}, split: true, repeatable: true },
	],
	['asyncAction.get', { asyncActionId: 'aa_1' }],
	['asyncAction.waitFor', { asyncActionId: 'aa_1' }],
	['campaign.getAll', { ...all, filters: { status: 'DONE', type: 'DISCOUNT_COUPONS' } }],
	['campaign.getSummary', { campaign, period: { from: '2020-01-01', to: '2030-01-01' } }],
	[
		'customer.getAll',
		{ ...all, from: 'all', filters: { city: 'Paris', email: 'a@b.c', name: 'A', ...dates } },
	],
	['customer.getAll', { ...all, from: 'segment', segment }],
	[
		'distribution.publishToSegment',
		{
			segment,
			campaign,
			oncePer: 'mailing',
			mailing: 'spring',
			onFailure: 'output',
			simple: true,
			options: { channel: 'Braze', metadata: '{"a": 1}' },
		},
	],
	['export.create', { exportedObject: 'voucher', voucherFields: ['code'], options: {} }],
	['export.delete', { exportId: 'exp_1' }],
	['export.download', { exportId: 'exp_1', outputField: 'data', options: {} }],
	['export.exportToFile', { campaign, fields: ['code'], outputField: 'data', options: {} }],
	['export.get', { exportId: 'exp_1' }],
	['export.getAll', { ...all, order: 'created_at' }],
	['loyalty.getManyMembers', { ...all, program: campaign, filters: { customer: 'customer-1', ...dates } }],
	['loyalty.getMember', { member: 'CARD-1', simple: true }],
	['loyalty.getRewards', { of: 'program', program: campaign }],
	['loyalty.getRewards', { of: 'member', member: 'CARD-1', affordable: true }],
	['loyalty.getTransactions', { member: 'CARD-1', ...all, order: '-id' }],
	['order.get', { orderId: 'order-1' }],
	['order.getAll', { ...all, sort: '-updated_at' }],
	['promotionTier.get', { tier: located('id', 'promo_1'), simple: true }],
	['promotionTier.getAll', { ...all, from: 'all', available: true }],
	['promotionTier.getAll', { ...all, from: 'campaign', campaign }],
	[
		'publication.getAll',
		{
			...all,
			order: 'created_at',
			filters: { campaign: 'Trial', customer: 'cust_1', result: 'SUCCESS', sourceId: 's', voucher: 'CODE-1' },
		},
	],
	[
		'qualification.checkEligibility',
		{
			...all,
			customer,
			order,
			scenario: 'ALL',
			options: { metadata: '{"a": 1}', sorting: 'BEST_DEAL', trackingId: 'visitor' },
		},
	],
	['redemption.get', { redemptionId: 'r_1', simple: false }],
	[
		'redemption.getAll',
		{ ...all, filters: { campaign: 'Trial', customer: 'customer-1', voucher: 'CODE-1', ...dates } },
	],
	['redemption.rollBack', { scope: 'whole', redemptionId: 'r_1', simple: true, options: { reason: 'no' } }],
	['referral.getHolders', { referral: 'CODE-1', ...all, role: 'REFEREE' }],
	['reward.get', { reward: located('id', 'rew_1') }],
	['reward.getAll', all],
	['reward.getAssignments', { reward: located('id', 'rew_1'), ...all }],
	['segment.getAll', { ...all }],
	['validation.validate', { ...stack, options: { trackingId: 'visitor', sessionKey: 'ssn_1' } }],
];

const catalog = located('name', 'promotions');

/** Operations of the Braze node that only look, or that no table elsewhere has. */
const MORE_OF_BRAZE: readonly Row[] = [
	['apiCall.send', { method: 'GET', path: '/campaigns/list', query, split: true, repeatable: false }],
	['campaign.get', { campaign: located('id', 'campaign-1'), simple: false }],
	['campaign.getAll', all],
	['canvas.getAll', all],
	['catalog.get', { catalog }],
	['catalog.getAll', all],
	['catalogItem.getAll', { ...all, catalog }],
	['catalogItem.get', { catalog, itemId: 'item-1' }],
	['connectedContent.createSnippet', { useCase: 'serveFromN8n' }],
	['contentBlock.get', { contentBlock: located('id', 'block-1') }],
	['contentBlock.getAll', all],
	['customAttribute.getAll', all],
	['event.getAll', all],
	['promotionCode.createSnippet', { list: 'summer' }],
	[
		'promotionCode.formatList',
		{ codesFrom: 'file', binaryPropertyName: 'data', column: '', options: {} },
		[itemWithFile('code\nCODE-1\n')],
	],
	[
		'promotionCode.checkStock',
		{ binaryPropertyName: 'data', lowCodes: 1, lowPercent: 1, lowDays: 1, options: {} },
		[itemWithFile('list,code\nsummer,CODE-1\n')],
	],
	['segment.get', { segment: located('id', 'segment-1') }],
	['segment.getAll', all],
	['subscriptionGroup.getStatus', { group: 'group-1', findBy: 'external_id', user: 'user-1' }],
	[
		'user.exportSegment',
		{
			segment: located('id', 'segment-1'),
			fieldsToExport: ['email'],
			output: 'file',
			outputField: 'data',
			options: {},
		},
	],
	[
		'user.trackFromFile',
		{ binaryField: 'data', fileFormat: 'csv', rows: 'attributes', options: {} },
		[itemWithFile('external_id,tier\nada,gold\n', 'users.csv')],
	],
	['user.exportIds', { identifyBy: 'externalId', externalId: 'user-1', notFound: 'leaveOut' }],
];

/** Every operation of both nodes, most of them in several ways. */
export const PUBLISHED_RUNS: readonly PublishedRun[] = numbered([
	...VOUCHERIFY_OPERATIONS.map((operation) => ofWriteOperation('Voucherify', operation)),
	...[...VOUCHERS, ...CAMPAIGNS, ...SEGMENTS, ...CUSTOMERS].map(ofOperationRun),
	...MORE_OF_VOUCHERIFY.map((row) => ofRow('Voucherify', row)),
	...BRAZE_OPERATIONS.map((operation) => ofWriteOperation('Braze', operation)),
	...MORE_OF_BRAZE.map((row) => ofRow('Braze', row)),
]);

/** What both nodes publish: `voucher.create`, and whether it sends nothing. */
export function publishedOperations(node: NodeName): ReadonlyArray<{ name: string; offline: boolean }> {
	const resources = node === 'Voucherify' ? voucherifyResources : brazeResources;
	return resources.flatMap(({ name, operations }) =>
		operations.map((operation) => ({
			name: `${name}.${operation.name}`,
			offline: operation.offline === true,
		})),
	);
}

function ofWriteOperation(node: NodeName, { parameters, items }: WriteOperation): PublishedRun {
	const operation = `${String(parameters.resource)}.${String(parameters.operation)}`;
	return ofRow(node, [operation, parameters, items?.slice(0, 1)]);
}

function ofOperationRun({ resource, operation, parameters, input, items }: OperationRun): PublishedRun {
	const item = items?.[0] ?? { json: { ...ITEM, ...input?.[0] } };
	return ofRow('Voucherify', [`${resource}.${operation}`, parameters, [item]]);
}

function ofRow(node: NodeName, [name, parameters, items = [{ json: ITEM }]]: Row): PublishedRun {
	const [resource = '', operation = ''] = name.split('.');
	const resources = node === 'Voucherify' ? voucherifyResources : brazeResources;
	const fields = resources
		.find((one) => one.name === resource)
		?.operations.find((one) => one.name === operation)?.fields;
	const full = { ...parameters, resource, operation };
	return { name, node, operation: name, parameters: full, items, fields: fields ?? [] };
}

function numbered(runs: readonly PublishedRun[]): readonly PublishedRun[] {
	const seen = new Map<string, number>();
	return runs.map((run) => {
		const key = `${run.node} ${run.operation}`;
		const way = (seen.get(key) ?? 0) + 1;
		seen.set(key, way);
		return way === 1 ? run : { ...run, name: `${run.operation}, way ${way}` };
	});
}

/** The secret of each kind of credential, in characters that URLs, JSON and HTML write otherwise. */
export const SECRETS = {
	apiKey: 'brz_live/7+"quote"&<x>\\slash=end',
	secretKey: 'vch_live/7+"quote"&<x>\\slash=end',
	webhookSecret: 'whk_live/7+"quote"&<x>\\slash=end',
} as const;

/** Words that only a secret holds, in whatever way it is written, and what base64 makes of its middle. */
const TRACES: readonly string[] = [
	'brz_live',
	'vch_live',
	'whk_live',
	'slash=end',
	'slash%3d',
	'quote',
	...Object.values(SECRETS).flatMap((secret) =>
		['', 'x', 'xx'].map((before) =>
			Buffer.from(before + secret)
				.toString('base64')
				.slice(8, 24)
				.toLowerCase(),
		),
	),
];

/** The traces of secrets in what somebody can see. */
export function tracesIn(text: string): string[] {
	const small = text.toLowerCase();
	return TRACES.filter((trace) => small.includes(trace));
}

/** Everything that an error holds, what is not enumerable and what it was caused by included. */
export function allOf(thing: unknown, seen = new Set<object>()): string {
	if (typeof thing !== 'object' || thing === null) return String(thing);
	if (seen.has(thing)) return '';
	seen.add(thing);
	const names = Object.getOwnPropertyNames(thing);
	return names.map((name) => `${name}: ${allOf(Reflect.get(thing, name), seen)}`).join('\n');
}

export interface RunSettings extends Pick<Partial<NodeSetup>, 'onError' | 'items'> {
	readonly parameters?: INodeParameters;
	readonly requestSettings?: IDataObject;
	/** The credential's way to sign in; for Voucherify only. */
	readonly authentication?: 'keys' | 'oAuth2';
}

/** Runs an operation by n8n's engine against the service at `url`, as its form is filled in unless told otherwise. */
export async function runPublished(
	{ node, parameters, items }: PublishedRun,
	url: string,
	settings: RunSettings = {},
): Promise<NodeRun> {
	const { requestSettings = { tries: 2, longestWait: 0.005, timeout: 10 }, authentication = 'keys' } =
		settings;
	const given = settings.parameters ?? parameters;
	const ways = { keys: 'apiKeys', oAuth2: 'oAuth2' } as const;
	const setup: NodeSetup = {
		node: node === 'Voucherify' ? new Voucherify() : new Braze(),
		parameters: {
			...given,
			requestSettings,
			...(node === 'Voucherify' ? { authentication: ways[authentication] } : {}),
		} as INodeParameters,
		items: settings.items ?? items,
		credentials: {
			[credentialOf(node, authentication)]: {
				region: 'custom',
				instance: 'custom',
				baseUrl: url,
				applicationId: 'application-1',
				scopes: ['api'],
				...SECRETS,
			},
		},
		credentialTypes: [new BrazeApi(), new VoucherifyApi(), new VoucherifyOAuth2Api()],
		...(settings.onError === undefined ? {} : { onError: settings.onError }),
	};
	return await runNode(setup);
}

function credentialOf(node: NodeName, authentication: 'keys' | 'oAuth2'): string {
	if (node === 'Braze') return 'brazeApi';
	return authentication === 'keys' ? 'voucherifyApi' : 'voucherifyOAuth2Api';
}
