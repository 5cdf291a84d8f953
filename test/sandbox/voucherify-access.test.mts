import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from './voucherify-call.mts';
import { startReceiver, type WebhookReceiver } from './webhook-receiver.mts';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

let sandbox: Sandbox;
let call: VoucherifyCall;
let receiver: WebhookReceiver;

beforeAll(async () => {
	sandbox = await startSandbox({ customers: 5, codes: 10 });
	call = voucherifyCall(sandbox);
	receiver = await startReceiver();
});
beforeEach(() => {
	sandbox.reset();
	receiver.received.length = 0;
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});

async function token(scope: string): Promise<string> {
	const { data } = await call(
		'POST',
		'/v1/oauth/token',
		`grant_type=client_credentials&scope=${scope}`,
		FORM,
	);
	return data.access_token;
}

async function statusWith(accessToken: string, path: string): Promise<number> {
	const headers = { 'X-App-Id': '', 'X-App-Token': '', authorization: `Bearer ${accessToken}` };
	return (await call('GET', path, undefined, headers)).status;
}

test('a token opens the routes of its scopes and no others', async () => {
	const narrow = await token('vouchers+async-actions');
	const wide = await token('api');
	const statuses: unknown[] = [];
	for (const path of [
		'/v1/vouchers',
		'/v1/vouchers/HELLO10?a=/v1/campaigns',
		'/v1/async-actions',
		'/v1/campaigns',
	]) {
		statuses.push([await statusWith(narrow, path), await statusWith(wide, path)]);
	}
	expect(statuses).toEqual([
		[200, 200],
		[200, 200],
		[200, 200],
		[403, 200],
	]);
});

test('a token is good for 900 seconds by the clock, and not after it was revoked', async () => {
	const first = await token('api');
	sandbox.clock.advance(899_000 - 1_000);
	expect(await statusWith(first, '/v1/vouchers')).toBe(200);
	sandbox.clock.advance(2_000);
	expect(await statusWith(first, '/v1/vouchers')).toBe(401);
	const second = await token('api');
	const introspect = () => call('POST', '/v1/oauth/introspect', `access_token=${second}`, FORM);
	expect((await introspect()).data).toMatchObject({ active: true, scope: 'api', expires_in: 900 });
	expect((await call('POST', '/v1/oauth/token/revoke', `access_token=${second}`, FORM)).status).toBe(204);
	expect((await introspect()).data).toEqual({ active: false });
	expect(await statusWith(second, '/v1/vouchers')).toBe(401);
});

test.each([
	['grant_type=password&scope=api', 400, 'invalid_grant_type'],
	['scope=api', 400, 'invalid_grant_type'],
	['grant_type=client_credentials', 400, 'invalid_scope'],
	['grant_type=client_credentials&scope=vouchers+everything', 400, 'invalid_scope'],
])('a token asked for with %s is refused', async (form, status, key) => {
	const answer = await call('POST', '/v1/oauth/token', form, FORM);
	expect([answer.status, answer.data.key]).toEqual([status, key]);
});

test('a token cannot beget tokens', async () => {
	const headers = { ...FORM, 'X-App-Token': '', authorization: `Bearer ${await token('api')}` };
	const answer = await call('POST', '/v1/oauth/token', 'grant_type=client_credentials&scope=api', headers);
	expect(answer.status).toBe(401);
});

async function manage(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) {
	const { projectId, managementId, managementToken } = sandbox.voucherify;
	return await call(method, `/management/v1/projects/${projectId}${path}`, body, {
		'X-App-Id': '',
		'X-App-Token': '',
		'X-Management-Id': managementId,
		'X-Management-Token': managementToken,
	});
}

async function types(): Promise<string[]> {
	await sandbox.voucherify.state.webhooks.settled();
	return receiver.received.splice(0).map(({ body }) => String(body['type']));
}

test('a registered webhook gets the events it was registered for, signed with the secret of the project', async () => {
	const body = { target_url: receiver.url, events: ['voucher.published'] };
	const { data } = await manage('POST', '/webhooks', body);
	expect(data).toMatchObject({ ...body, object: 'webhook', active: true });
	await call('POST', '/v1/publications', publicationOf('a', '10 Euro Off'));
	expect(await types()).toEqual(['voucher.published']);
	const project = await manage('GET', '');
	expect(project.data).toMatchObject({
		id: sandbox.voucherify.projectId,
		webhook_token: sandbox.voucherify.webhookSecret,
	});
});

test('PUT replaces the events, inactive webhooks get nothing, and deleted ones are gone', async () => {
	const { data } = await manage('POST', '/webhooks', {
		target_url: receiver.url,
		events: ['voucher.published'],
	});
	const path = `/webhooks/${data.id}`;
	await manage('PUT', path, { target_url: receiver.url, events: ['publication.succeeded'] });
	await call('POST', '/v1/publications', publicationOf('a', '10 Euro Off'));
	expect(await types()).toEqual(['publication.succeeded']);
	await manage('PUT', path, { target_url: receiver.url, events: ['publication.succeeded'], active: false });
	await call('POST', '/v1/publications', publicationOf('b', '10 Euro Off'));
	expect(await types()).toEqual([]);
	expect((await manage('GET', '/webhooks')).data).toMatchObject({
		total: 1,
		data: [{ id: data.id, active: false }],
	});
	expect((await manage('DELETE', path)).status).toBe(204);
	expect((await manage('GET', '/webhooks')).data.total).toBe(0);
	expect((await manage('GET', path)).status).toBe(404);
});

test.each([
	[
		'a type of event that only distributions hear',
		{ target_url: 'https://a.b', events: ['customer.order.paid'] },
	],
	['no events', { target_url: 'https://a.b' }],
	['no URL', { target_url: 'a', events: ['voucher.published'] }],
])('a webhook with %s is refused', async (_, body) => {
	expect((await manage('POST', '/webhooks', body)).status).toBe(400);
});

test('the Management API takes only its own keys, and answers 402 without the plan', async () => {
	const path = `/management/v1/projects/${sandbox.voucherify.projectId}/webhooks`;
	expect((await call('GET', path)).status).toBe(401);
	await call('POST', '/_sandbox/management', { available: false });
	const refused = await manage('GET', '/webhooks');
	expect([refused.status, refused.data.key]).toEqual([402, 'missing_required_feature']);
	sandbox.reset();
	expect((await manage('GET', '/webhooks')).status).toBe(200);
});
