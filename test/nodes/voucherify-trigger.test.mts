import { createHmac } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { VoucherifyTrigger } from '../../nodes/VoucherifyTrigger/VoucherifyTrigger.node';
import { startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, voucherifyCall } from '../sandbox/voucherify-call.mts';
import { serveTrigger, type TriggerServer, type TriggerSetup } from './webhook-server.mts';

const SECRET = 'signing-secret-of-the-project';

const customer = {
	id: 'cust_1',
	source_id: 'jane-1',
	name: 'Jane',
	email: 'jane@example.com',
	object: 'customer',
};
const campaign = {
	id: 'camp_1',
	name: 'Summer, 2026',
	campaign_type: 'DISCOUNT_COUPONS',
	object: 'campaign',
};
const voucher = {
	id: 'v_1',
	code: 'SUMMER-1',
	type: 'DISCOUNT_VOUCHER',
	campaign: 'Summer, 2026',
	campaign_id: 'camp_1',
};
const publication = {
	id: 'pub_1',
	result: 'SUCCESS',
	created_at: '2026-06-01T10:00:00.000Z',
	object: 'publication',
};
const published = { customer, campaign, publication, voucher };

function projectEvent(type: string, data: IDataObject, id = 'whs_1'): IDataObject {
	return {
		id,
		project_id: 'proj_1',
		created_at: '2026-06-01T10:00:01.000Z',
		type,
		data,
		source: { id: 'wh_1', object: 'webhook', target_url: 'https://example.com' },
		event: { id: 'evvou_1', type, created_at: '2026-06-01T10:00:00.000Z', entity_id: 'v_1', group_id: 'v-1' },
	};
}

function distributionEvent(name: string, type: string, data: IDataObject): IDataObject {
	const event = projectEvent(type, data);
	return {
		...event,
		type: name,
		source: { id: 'distr_1', object: 'distribution', target_url: 'https://example.com' },
	};
}

function sign(body: string | Buffer, secret = SECRET): string {
	return createHmac('sha256', secret).update(body).digest('hex');
}

interface Reply {
	readonly status: number;
	readonly body: unknown;
}

async function post(server: TriggerServer, body: string, headers: Record<string, string>): Promise<Reply> {
	const response = await fetch(server.url, {
		method: 'POST',
		body,
		headers: { 'content-type': 'application/json', ...headers },
	});
	return { status: response.status, body: await response.json() };
}

async function deliver(server: TriggerServer, event: IDataObject): Promise<Reply> {
	const body = JSON.stringify(event);
	return await post(server, body, { 'x-voucherify-signature': sign(body) });
}

describe('Voucherify Trigger', () => {
	const servers: TriggerServer[] = [];

	async function trigger(
		parameters: INodeParameters = {},
		more: Partial<TriggerSetup> & { secret?: string } = {},
	) {
		const { secret = SECRET, ...setup } = more;
		const server = await serveTrigger({
			node: new VoucherifyTrigger(),
			parameters: { events: ['*'], ...parameters },
			credentials: { voucherifyApi: { applicationId: 'app', secretKey: 'key', webhookSecret: secret } },
			...setup,
		});
		servers.push(server);
		return server;
	}

	afterEach(async () => {
		await Promise.all(servers.splice(0).map(async (server) => await server.close()));
	});

	describe('accepts only what Voucherify signed', () => {
		const body = JSON.stringify(projectEvent('voucher.published', published));

		it.each<[string, string, Record<string, string>]>([
			['has no signature', body, {}],
			['has an empty signature', body, { 'x-voucherify-signature': '' }],
			['is signed with another secret', body, { 'x-voucherify-signature': sign(body, 'guessed') }],
			['is signed with an empty secret', body, { 'x-voucherify-signature': sign(body, '') }],
			[
				'was changed on the way',
				body.replace('SUMMER-1', 'SUMMER-2'),
				{ 'x-voucherify-signature': sign(body) },
			],
			['was cut off', body.slice(0, -1), { 'x-voucherify-signature': sign(body) }],
			['has a signature that was cut off', body, { 'x-voucherify-signature': sign(body).slice(0, 63) }],
			['has the signature twice', body, { 'x-voucherify-signature': `${sign(body)}, ${sign(body)}` }],
			[
				'differs in white space within a text',
				body.replace('Summer, 2026', 'Summer,2026'),
				{ 'x-voucherify-signature': sign(body) },
			],
		])('answers 401 and starts nothing when a request %s', async (_why, sent, headers) => {
			const server = await trigger();
			const reply = await post(server, sent, headers);
			expect(reply).toEqual({
				status: 401,
				body: { message: expect.stringContaining('x-voucherify-signature') },
			});
			expect(server.executions).toEqual([]);
			expect(server.staticData).toEqual({});
		});

		it('takes the body as it was signed, and when a proxy has reformatted it', async () => {
			const server = await trigger({ options: { dropRepeated: false } });
			const formatted = JSON.stringify(JSON.parse(body), undefined, '\t').replaceAll('\n', '\r\n');
			const signature = { 'x-voucherify-signature': sign(body) };
			expect((await post(server, body, signature)).status).toBe(200);
			expect((await post(server, formatted, signature)).status).toBe(200);
			expect((await post(server, formatted, { 'x-voucherify-signature': sign(formatted) })).status).toBe(200);
			expect(server.executions.map((items) => items[0]?.json.code)).toEqual([
				'SUMMER-1',
				'SUMMER-1',
				'SUMMER-1',
			]);
		});

		it('reads bodies that n8n left unread, whatever their content type', async () => {
			const server = await trigger({}, { readsBodies: false });
			const reply = await post(server, body, {
				'x-voucherify-signature': sign(body),
				'content-type': 'text/plain',
			});
			expect(reply.status).toBe(200);
			expect(server.executions).toHaveLength(1);
		});

		it('answers 401 to a form with files, whose bytes n8n does not keep', async () => {
			const server = await trigger({}, { readsBodies: false });
			const reply = await post(server, body, {
				'x-voucherify-signature': sign(body),
				'content-type': 'multipart/form-data; boundary=x',
			});
			expect(reply.status).toBe(401);
		});

		it('accepts nothing without a signing secret, not even what is signed with an empty one', async () => {
			const server = await trigger({}, { secret: ' ' });
			const reply = await post(server, body, { 'x-voucherify-signature': sign(body, '') });
			expect(reply).toEqual({
				status: 401,
				body: { message: expect.stringContaining('Webhook Signing Secret') },
			});
			expect(server.executions).toEqual([]);
		});

		it('refuses to be activated without a signing secret, and says where to find it', async () => {
			const without = await trigger({}, { secret: '' });
			await expect(without.activate()).rejects.toMatchObject({
				message: 'The Voucherify credential has no Webhook Signing Secret',
				description: expect.stringContaining('Project Settings → Webhooks'),
			});
			const testing = await trigger({}, { secret: '', mode: 'manual' });
			await expect(testing.activate()).rejects.toThrow('Webhook Signing Secret');
			await expect((await trigger()).activate()).resolves.toBeUndefined();
		});
	});

	it.each(['no json', '[]', '"text"', 'null', ''])(
		'answers 400 to signed %j, which is no event',
		async (body) => {
			const server = await trigger();
			const reply = await post(server, body, { 'x-voucherify-signature': sign(body) });
			expect(reply).toEqual({ status: 400, body: { message: expect.stringMatching(/^The body is not/) } });
			expect(server.executions).toEqual([]);
		},
	);

	describe('takes every form', () => {
		it('a project webhook', async () => {
			const server = await trigger({ events: ['voucher.published'] });
			expect(await deliver(server, projectEvent('voucher.published', published))).toEqual({
				status: 200,
				body: { message: 'Received' },
			});
			expect(server.executions).toHaveLength(1);
			expect(server.executions[0]).toHaveLength(1);
			expect(server.executions[0]?.[0]?.json).toMatchObject({
				event: 'voucher.published',
				event_id: 'whs_1',
				created_at: '2026-06-01T10:00:00.000Z',
				delivered_at: '2026-06-01T10:00:01.000Z',
				source: { type: 'webhook', id: 'wh_1' },
				customer: { id: 'cust_1', source_id: 'jane-1', email: 'jane@example.com' },
				code: 'SUMMER-1',
				voucher: { code: 'SUMMER-1' },
				campaign: { id: 'camp_1', name: 'Summer, 2026' },
				publication: { id: 'pub_1' },
			});
		});

		it('a distribution, whose type is the name that its user typed', async () => {
			const server = await trigger({ events: ['customer.publication.succeeded'] });
			await deliver(
				server,
				distributionEvent('voucher.published', 'customer.publication.succeeded', published),
			);
			expect(server.executions[0]?.[0]?.json).toMatchObject({
				event: 'customer.publication.succeeded',
				source: { type: 'distribution', id: 'distr_1', name: 'voucher.published' },
				code: 'SUMMER-1',
			});
		});

		it('a raw payload whose shape shows its type', async () => {
			const server = await trigger({ events: ['customer.publication.succeeded'] });
			await deliver(server, published);
			expect(server.executions[0]?.[0]?.json).toMatchObject({
				event: 'customer.publication.succeeded',
				event_id: null,
				source: { type: 'raw payload' },
				customer: { source_id: 'jane-1' },
			});
		});

		it('a raw payload that could be anything, with Any Event only, and says what to do about it', async () => {
			const payload = { customer, segment: { id: 'seg_1', name: 'VIP', object: 'segment' } };
			const choosy = await trigger({ events: ['customer.segment.entered'] });
			expect(await deliver(choosy, payload)).toEqual({
				status: 200,
				body: { message: expect.stringContaining('Any Event') },
			});
			expect(choosy.executions).toEqual([]);
			const open = await trigger();
			await deliver(open, payload);
			expect(open.executions[0]?.[0]?.json).toMatchObject({ event: 'unknown', segment: { name: 'VIP' } });
		});

		it('a payload of the user’s own making, whole', async () => {
			const server = await trigger();
			await deliver(server, { To: 'jane@example.com', nested: { code: 'X' } });
			expect(server.executions[0]?.[0]?.json).toMatchObject({
				event: 'unknown',
				data: { To: 'jane@example.com', nested: { code: 'X' } },
			});
		});

		it('any of them as it came, with Simplify off', async () => {
			const server = await trigger({ simple: false });
			const events = [
				projectEvent('voucher.published', published, 'whs_1'),
				{ ...distributionEvent('Summer', 'customer.publication.succeeded', published), id: 'whs_2' },
				{ To: 'jane@example.com' },
			];
			for (const event of events) await deliver(server, event);
			expect(server.executions.map((items) => items[0]?.json)).toEqual(events);
		});
	});

	describe('starts the workflow for wanted events only', () => {
		it('answers 200 to a type that was not chosen, so that Voucherify does not try again', async () => {
			const server = await trigger({ events: ['voucher.published', 'customer.created'] });
			expect(await deliver(server, projectEvent('voucher.created', { voucher }))).toEqual({
				status: 200,
				body: { message: 'Ignored: the workflow does not listen to voucher.created' },
			});
			await deliver(server, projectEvent('customer.created', { customer }));
			expect(server.executions.map((items) => items[0]?.json.event)).toEqual(['customer.created']);
		});

		it('passes types that are newer than this version with Any Event', async () => {
			const server = await trigger();
			await deliver(server, projectEvent('campaign.renamed', { campaign }));
			expect(server.executions[0]?.[0]?.json).toMatchObject({
				event: 'campaign.renamed',
				campaign: { id: 'camp_1' },
			});
		});

		it.each([
			['name', ['Spring', ' Summer, 2026 ']],
			['ID', ['camp_1']],
			['text with commas', 'camp_0, camp_1'],
		])('passes a campaign by %s, and leaves others out', async (_by, campaigns) => {
			const server = await trigger({ campaigns });
			const other = { ...voucher, campaign: 'Autumn', campaign_id: 'camp_9' };
			await deliver(server, projectEvent('voucher.created', { voucher: other }, 'whs_1'));
			await deliver(server, projectEvent('customer.created', { customer }, 'whs_2'));
			await deliver(server, projectEvent('voucher.created', { voucher }, 'whs_3'));
			expect(server.executions.map((items) => items[0]?.json.event_id)).toEqual(['whs_3']);
		});
	});

	describe('drops repeated deliveries', () => {
		const event = projectEvent('voucher.published', published);

		it('by their ID, and answers 200 to them', async () => {
			const server = await trigger();
			await deliver(server, event);
			const again = await deliver(server, event);
			expect(again).toEqual({ status: 200, body: { message: 'Ignored: this delivery was received before' } });
			await deliver(server, { ...event, id: 'whs_2' });
			expect(server.executions.map((items) => items[0]?.json.event_id)).toEqual(['whs_1', 'whs_2']);
			expect(server.staticData['node:Trigger']).toEqual({ deliveries: ['whs_1', 'whs_2'] });
		});

		it('but does not remember an event that it ignored', async () => {
			const server = await trigger({ events: ['voucher.created'] });
			await deliver(server, event);
			expect(server.staticData).toEqual({});
		});

		it('but not the message of the test button, whose ID is always the same', async () => {
			const server = await trigger();
			const test = { ...event, id: 'whs_000000000000000000' };
			await deliver(server, test);
			await deliver(server, test);
			expect(server.executions).toHaveLength(2);
		});

		it('unless the user wants them', async () => {
			const server = await trigger({ options: { dropRepeated: false } });
			await deliver(server, event);
			await deliver(server, event);
			expect(server.executions).toHaveLength(2);
		});

		it('not in test runs, where the same event is sent on purpose', async () => {
			const server = await trigger({}, { mode: 'manual' });
			await deliver(server, event);
			await deliver(server, event);
			expect(server.executions).toHaveLength(2);
			expect(server.staticData).toEqual({});
		});
	});

	it('starts the workflow with the code that an API call just published', async () => {
		const sandbox = await startSandbox();
		const server = await trigger(
			{ events: ['voucher.published'], campaigns: ['Summer Sale 20%'] },
			{ secret: sandbox.voucherify.webhookSecret },
		);
		const call = voucherifyCall(sandbox);
		await call('POST', '/_sandbox/webhooks', { url: server.url });
		const publish = async (campaignName: string) =>
			await call('POST', '/v1/publications', publicationOf('customer-000001', campaignName));
		const { data } = await publish('Summer Sale 20%');
		await publish('10 Euro Off');
		await sandbox.voucherify.state.webhooks.settled();
		await sandbox.close();
		expect(server.executions.flat().map(({ json }) => json)).toEqual([
			expect.objectContaining({
				event: 'voucher.published',
				code: data.voucher.code,
				customer: expect.objectContaining({ source_id: 'customer-000001' }),
				campaign: expect.objectContaining({ name: 'Summer Sale 20%' }),
			}),
		]);
	});
});
