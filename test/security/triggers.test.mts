import { createHmac } from 'node:crypto';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { VoucherifyManagementApi } from '../../credentials/VoucherifyManagementApi.credentials';
import { BrazeTrigger } from '../../nodes/BrazeTrigger/BrazeTrigger.node';
import { VoucherifyTrigger } from '../../nodes/VoucherifyTrigger/VoucherifyTrigger.node';
import { startServer, type Answer, type Received, type ScriptedServer } from '../nodes/scripted-server.mts';
import { serveTrigger, type TriggerServer, type TriggerSetup } from '../nodes/webhook-server.mts';
import { accommodating, echoOf } from './hostile-service.mts';
import { allOf, SECRETS, tracesIn } from './published-operations.mts';
import { Tally } from './tally.mts';

const tally = new Tally();
const servers: TriggerServer[] = [];
let service: ScriptedServer;
let script: (request: Received) => Answer;
beforeAll(async () => {
	service = await startServer((request) => script(request));
});
beforeEach(() => {
	script = accommodating;
});
afterEach(async () => {
	await Promise.all(servers.splice(0).map(async (server) => await server.close()));
});
afterAll(async () => await service.close());

async function serve(setup: TriggerSetup): Promise<TriggerServer> {
	const server = await serveTrigger(setup);
	servers.push(server);
	return server;
}

/** The secret of webhooks, as a header can carry it. */
const WEBHOOK_SECRET = 'whk_live-7-slash=end';

interface Reply {
	readonly status: number;
	readonly body: string;
}

async function post({ url }: TriggerServer, body: string, headers: Record<string, string>): Promise<Reply> {
	const response = await fetch(url, {
		method: 'POST',
		body,
		headers: { 'content-type': 'application/json', ...headers },
	});
	return {
		status: response.status,
		body: `${JSON.stringify([...response.headers])} ${await response.text()}`,
	};
}

const seen = (server: TriggerServer, replies: readonly Reply[]): string =>
	[allOf(server.executions), allOf(server.staticData), ...replies.map(({ body }) => body)].join('\n');

const event = JSON.stringify({
	id: 'whs_1',
	type: 'voucher.published',
	data: { voucher: { code: 'CODE-1' }, customer: { source_id: 'customer-1' } },
	source: { object: 'webhook' },
	event: { type: 'voucher.published' },
});
const signed = (body: string, secret: string): string =>
	createHmac('sha256', secret).update(body).digest('hex');

test.each([true, false])(
	'The Voucherify Trigger gives its secrets to nobody, simplified: %s',
	async (simple) => {
		const server = await serve({
			node: new VoucherifyTrigger(),
			parameters: { events: ['*'], simple },
			credentials: { voucherifyApi: { applicationId: 'app', ...SECRETS } },
		});
		const right = { 'x-voucherify-signature': signed(event, SECRETS.webhookSecret) };
		const replies = [
			await post(server, event, right),
			await post(server, event, right),
			await post(server, '[]', { 'x-voucherify-signature': signed('[]', SECRETS.webhookSecret) }),
			await post(server, '{', { 'x-voucherify-signature': signed('{', SECRETS.webhookSecret) }),
			await post(server, event, { 'x-voucherify-signature': signed(event, 'guessed') }),
			await post(server, event, {}),
		];
		expect(replies.map(({ status }) => status)).toEqual([200, 200, 400, 400, 401, 401]);
		expect(server.executions.length).toBe(1);
		expect(tracesIn(seen(server, replies))).toEqual([]);
		// The signature that would have fitted is a secret too: whoever reads it could send the body.
		expect(replies.at(-1)?.body).not.toContain(right['x-voucherify-signature']);
		tally.count('answers of the Voucherify Trigger', replies.length);
	},
);

test.each(['webhook', 'audienceSync', 'customEvent'])(
	'The Braze Trigger, receiving %s, gives its secrets to nobody',
	async (receive) => {
		const server = await serve({
			node: new BrazeTrigger(),
			parameters: { receive },
			credentials: { brazeApi: { apiKey: SECRETS.apiKey, webhookSecret: WEBHOOK_SECRET } },
		});
		const replies: Reply[] = [];
		for (const body of ['{"a": 1}', '[]', '{', '']) {
			for (const secret of [WEBHOOK_SECRET, `${WEBHOOK_SECRET}x`, 'guessed', '']) {
				const authorization = `Bearer ${SECRETS.apiKey.replace(/[^\x20-\x7e]/g, '')}`;
				replies.push(await post(server, body, { 'x-braze-secret': secret, authorization }));
			}
		}
		expect(replies.filter(({ status }) => status === 401).length).toBe(12);
		expect(tracesIn(seen(server, replies))).toEqual([]);
		tally.count('answers of the Braze Trigger', replies.length);
	},
);

/** The secrets that a trigger uses when it registers its webhook. */
const MANAGEMENT = {
	managementId: 'management-1',
	managementToken: SECRETS.apiKey,
	projectId: 'proj_1',
	webhookSecret: SECRETS.webhookSecret,
};

async function automatic(change: ICredentialDataDecryptedObject = {}): Promise<TriggerServer> {
	const parameters: INodeParameters = { webhookSetup: 'automatic', events: ['voucher.published'] };
	return await serve({
		node: new VoucherifyTrigger(),
		parameters,
		credentials: {
			voucherifyManagementApi: { region: 'custom', baseUrl: service.url, ...MANAGEMENT, ...change },
		},
		credentialTypes: [new VoucherifyManagementApi()],
	});
}

test.each<[string, (request: Received) => Answer]>([
	[
		'401 that echoes',
		(request) => ({ status: 401, body: { ...echoOf(request), message: echoOf(request).plain } }),
	],
	[
		'500 that echoes',
		(request) => ({ status: 500, body: `<p>${Object.values(echoOf(request)).join('<br>')}</p>` }),
	],
	['a redirect', (request) => ({ status: 307, headers: { location: `http://127.0.0.2:9${request.path}` } })],
	['a page', (request) => ({ body: `<p>${echoOf(request).plain ?? ''}</p>` })],
])(
	'Activating a Voucherify Trigger tells no secret when Voucherify answers with %s',
	async (_how, answer) => {
		for (let failing = 0; failing < 3; failing++) {
			let sent = 0;
			script = (request) => (sent++ < failing ? accommodating(request) : answer(request));
			const server = await automatic();
			const errors = [
				await server.activate().catch((error: unknown) => error),
				await server.deactivate().catch((error: unknown) => error),
			];
			expect(errors.some((error) => error instanceof Error)).toBe(true);
			expect(tracesIn(errors.map((error) => allOf(error)).join('\n'))).toEqual([]);
			expect(server.staticData).toEqual({});
			tally.count('failed activations', 1);
		}
	},
	60_000,
);

test('What a Voucherify Trigger keeps of secrets is the signing secret that it was not given, until it is deactivated', async () => {
	script = ({ path }) => ({
		body: path.endsWith('/webhooks') ? { data: [] } : { webhook_token: SECRETS.webhookSecret },
	});
	const given = await automatic();
	await given.activate();
	expect(given.staticData).not.toHaveProperty('signingSecret');
	expect(tracesIn(allOf(given.staticData))).toEqual([]);
	const asked = await automatic({ webhookSecret: '' });
	await asked.activate();
	expect(allOf(asked.staticData)).not.toContain(SECRETS.apiKey);
	await asked.deactivate();
	expect(tracesIn(allOf(asked.staticData))).toEqual([]);
});
