import type { Case } from './voucherify-cases.mts';

const TOKEN = { method: 'POST', path: '/v1/oauth/token', sendAs: 'form' } as const;
const GRANT = { grant_type: 'client_credentials' };
const INTROSPECT = { method: 'POST', path: '/v1/oauth/introspect', sendAs: 'form', status: 200 } as const;
const REVOKE = { method: 'POST', path: '/v1/oauth/token/revoke', sendAs: 'form' } as const;
const WEBHOOKS = '/management/v1/projects/{projectId}/webhooks';
const WEBHOOK = '/management/v1/projects/{projectId}/webhooks/{webhookId}';
const KEYS = {
	headers: {
		'X-Management-Id': '{sandbox.managementId}',
		'X-Management-Token': '{sandbox.managementToken}',
	},
} as const;
const PROJECT = ['{sandbox.projectId}'];
const TARGET = { target_url: 'https://example.com/hook', events: ['voucher.published'] };

/** OAuth 2.0 and the Management API. `sandbox` is kept from the start. */
export const ACCESS_CASES: readonly Case[] = [
	{ ...TOKEN, body: { ...GRANT, scope: 'vouchers exports' }, status: 200, keep: 'token' },
	{ ...TOKEN, body: { ...GRANT, scope: 'nothing' }, status: 400 },
	{ ...INTROSPECT, body: { access_token: '{token.access_token}' } },
	{
		method: 'GET',
		path: '/v1/vouchers',
		headers: { 'X-App-Token': '', authorization: 'Bearer {token.access_token}' },
		status: 200,
	},
	{
		method: 'GET',
		path: '/v1/campaigns',
		headers: { 'X-App-Token': '', authorization: 'Bearer {token.access_token}' },
		status: 403,
	},
	{ ...REVOKE, body: { access_token: '{token.access_token}' }, status: 204 },
	{ ...INTROSPECT, body: { access_token: '{token.access_token}' } },
	{ ...REVOKE, body: { access_token: '{token.access_token}' }, status: 404 },
	{ method: 'GET', path: WEBHOOKS, ids: PROJECT, ...KEYS, status: 200 },
	{ method: 'POST', path: WEBHOOKS, ids: PROJECT, ...KEYS, body: TARGET, status: 200, keep: 'webhook' },
	{ method: 'POST', path: WEBHOOKS, ids: ['proj_nobody'], ...KEYS, body: TARGET, status: 404 },
	{ method: 'GET', path: WEBHOOKS, ids: PROJECT, ...KEYS, status: 200 },
	{ method: 'GET', path: WEBHOOK, ids: [...PROJECT, '{webhook.id}'], ...KEYS, status: 200 },
	{
		method: 'PUT',
		path: WEBHOOK,
		ids: [...PROJECT, '{webhook.id}'],
		...KEYS,
		body: { ...TARGET, events: ['redemption.succeeded'], active: false },
		status: 200,
	},
	{ method: 'GET', path: WEBHOOKS, ids: PROJECT, status: 401 },
	{ method: 'DELETE', path: WEBHOOK, ids: [...PROJECT, '{webhook.id}'], ...KEYS, status: 204 },
	{ method: 'DELETE', path: WEBHOOK, ids: [...PROJECT, '{webhook.id}'], ...KEYS, status: 404 },
];
