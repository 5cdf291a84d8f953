import { connectedContentLiquid } from '../../nodes/BrazeTrigger/pasteIntoBraze';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { BrazeMessages } from '../nodes/braze-message.mts';
import type { TriggerServer } from '../nodes/webhook-server.mts';
import { voucherifyCall } from '../sandbox/voucherify-call.mts';
import { readTemplate, serveTemplate } from './template.mts';

let sandbox: Sandbox;
let server: TriggerServer | undefined;
afterEach(async () => {
	await server?.close();
	await sandbox.close();
});

/** Lets Braze send a webhook message to the workflow, and waits for its answer. */
async function brazeSends(to: TriggerServer, body: object): Promise<number | undefined> {
	const delivery = sandbox.braze.state.webhooks.send({
		url: to.url,
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-braze-secret': sandbox.braze.webhookSecret },
		body: JSON.stringify(body),
	});
	while (delivery.state === 'waiting') await new Promise((resolve) => setImmediate(resolve));
	return delivery.attempts[0]?.status;
}

/** Asks the workflow as a message does while it is rendered. */
async function messageAsks(of: TriggerServer, body: object): Promise<unknown> {
	const response = await fetch(of.url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-braze-secret': sandbox.braze.webhookSecret },
		body: JSON.stringify(body),
	});
	expect(response.status).toBe(200);
	return await response.json();
}

const failuresOf = ({ runs }: TriggerServer) =>
	runs.flatMap(({ data }) => data.resultData.error?.message ?? []);

describe('Connected Content', () => {
	const template = readTemplate('05-connected-content.json');
	const question = { campaign_id: 'c-1', dispatch_id: 'd-1', user_id: 'customer-000001' };

	// Duplicates of one message may meet in one process, in different ones, or come after a restart.
	test.each(['return', 'refuse'] as const)(
		'calls for one message at the same time, from two processes and after a restart give one code (source IDs: %s)',
		async (duplicateSourceId) => {
			sandbox = await startSandbox({ customers: 10, duplicateSourceId });
			server = await serveTemplate(template, sandbox);
			// A caller that says more is not taken for the same call, as one to another process would not be.
			const answers = await Promise.all(
				[{}, {}, { process: 2 }, { process: 3 }].map(
					async (more) => await messageAsks(server as TriggerServer, { ...question, ...more }),
				),
			);
			expect(server.runs).toHaveLength(3);
			await server.close();
			server = await serveTemplate(template, sandbox);
			answers.push(await messageAsks(server, question));
			const { publications } = sandbox.voucherify.state;
			expect(publications.count).toBe(1);
			const code = publications.all[0]?.vouchers[0].code;
			expect(answers).toEqual(answers.map(() => ({ status: 'success', code, expires: expect.any(String) })));
		},
	);

	test.each(['campaign', 'canvas'] as const)(
		'the Liquid that the trigger shows, in a message of a %s: both parts of it have the code that Voucherify gave the user',
		async (sentFrom) => {
			sandbox = await startSandbox({ customers: 10 });
			server = await serveTemplate(template, sandbox);
			const { url } = server;
			const production = 'https://n8n.example.com/webhook/x/webhook';
			const liquid = connectedContentLiquid(sentFrom, 'campaign')
				.replace('https://paste-the-production-url-here/', production)
				.replace('PASTE-THE-WEBHOOK-SECRET-HERE', sandbox.braze.webhookSecret);
			const messages = new BrazeMessages({
				transport: async (request) => {
					const response = await fetch(request.url.replace(production, url), {
						method: request.method,
						headers: request.headers,
						...(request.body === undefined ? {} : { body: request.body }),
					});
					return { status: response.status, body: await response.text() };
				},
				now: () => sandbox.clock.millis(),
				savesErrors: false,
			});
			const sending = { campaign: { api_id: 'c-1', dispatch_id: 'd-1' }, canvas: { api_id: 'v-1' } };
			const user = { user_id: 'customer-000001' };
			const parts = await Promise.all([1, 2].map(async () => await messages.render(liquid, user, sending)));
			const { publications } = sandbox.voucherify.state;
			expect(publications.count).toBe(1);
			const code = publications.all[0]?.vouchers[0].code;
			expect(parts).toEqual([{ text: code }, { text: code }]);
			sandbox.faults.add({ service: 'voucherify', path: '/v1/publications', kind: 'status', status: 400 });
			expect(await messages.render(liquid, { user_id: 'customer-000002' }, sending)).toEqual({
				aborted: 'n8n gave no code',
			});
		},
	);

	test('another user, and another Campaign, get codes of their own', async () => {
		sandbox = await startSandbox({ customers: 10 });
		server = await serveTemplate(template, sandbox);
		await messageAsks(server, question);
		await messageAsks(server, { ...question, user_id: 'customer-000002' });
		await messageAsks(server, { ...question, campaign_id: 'c-2' });
		expect(sandbox.voucherify.state.publications.count).toBe(3);
	});

	test('without a code left, the message gets a status and the reason', async () => {
		sandbox = await startSandbox({ customers: 10 });
		server = await serveTemplate(template, sandbox);
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: '/v1/publications',
			kind: 'status',
			status: 400,
			body: { code: 400, key: 'no_voucher_suitable_for_publication', message: 'No voucher' },
		});
		expect(await messageAsks(server, question)).toEqual({
			status: 'no_code',
			reason: 'no_voucher_suitable_for_publication',
		});
	});
});

describe('Braze audience', () => {
	const template = readTemplate('06-braze-audience.json');
	const customer = async () =>
		(await voucherifyCall(sandbox)('GET', '/v1/customers/customer-000001')).data as Record<string, unknown>;

	test('a user who enters and leaves audiences has exactly those in the metadata, and the rest stays', async () => {
		sandbox = await startSandbox({ customers: 10 });
		server = await serveTemplate(template, sandbox);
		const call = voucherifyCall(sandbox);
		await call('PUT', '/v1/customers/customer-000001', { metadata: { tier: 'gold' } });
		const before = await customer();
		const user = { user_id: 'customer-000001' };
		const changes = [
			{ action: 'add', audience_id: 'vip', first_name: 'Ada', last_name: 'Nowak', city: 'Warsaw' },
			{ action: 'add', audience_id: 'news' },
			{ action: 'add', audience_id: 'vip' },
			{ action: 'delete', audience_id: 'news' },
			{ action: 'add', audience_id: 'summer' },
			{ action: 'delete', audience_id: 'never' },
		];
		for (const change of changes) expect(await brazeSends(server, { ...user, ...change })).toBe(200);
		expect(failuresOf(server)).toEqual([]);
		expect(await customer()).toMatchObject({
			name: 'Ada Nowak',
			email: before.email,
			address: { city: 'Warsaw' },
			metadata: { tier: 'gold', brazeAudiences: ['vip', 'summer'] },
		});
	});

	test('a user whom Voucherify does not know becomes a customer', async () => {
		sandbox = await startSandbox({ customers: 1 });
		server = await serveTemplate(template, sandbox);
		await brazeSends(server, { action: 'add', user_id: 'new-1', audience_id: 'vip' });
		const { data } = await voucherifyCall(sandbox)('GET', '/v1/customers/new-1');
		expect(data).toMatchObject({ source_id: 'new-1', metadata: { brazeAudiences: ['vip'] } });
	});
});

describe('Braze event', () => {
	test('what a user did is a custom event in Voucherify, once though Braze sends it twice', async () => {
		sandbox = await startSandbox({ customers: 10 });
		server = await serveTemplate(readTemplate('07-braze-event.json'), sandbox);
		const body = {
			event: 'page_viewed',
			user_id: 'customer-000001',
			dispatch_id: 'd-1',
			properties: { page: '/spring' },
		};
		expect(await brazeSends(server, body)).toBe(200);
		expect(await brazeSends(server, body)).toBe(200);
		expect(failuresOf(server)).toEqual([]);
		expect(sandbox.log.totals['POST /v1/events']).toBe(1);
		const { data } = await voucherifyCall(sandbox)('GET', '/v1/customers/customer-000001/activity');
		expect(JSON.stringify(data)).toContain('"page":"/spring"');
	});
});
