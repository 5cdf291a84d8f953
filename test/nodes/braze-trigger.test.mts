import type { INode, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';
import { BrazeTrigger } from '../../nodes/BrazeTrigger/BrazeTrigger.node';
import { startSandbox } from '../../sandbox/sandbox.mts';
import { serveTrigger, type TriggerServer, type TriggerSetup } from './webhook-server.mts';

const SECRET = 'a long random text of our own';

interface Reply {
	readonly status: number;
	readonly body: unknown;
}

interface Sent {
	readonly method?: string;
	readonly path?: string;
	readonly headers?: Record<string, string>;
	/** Anything but text is sent as JSON. */
	readonly body?: unknown;
}

/** A node of which the test decides what it does. */
function step(execute: (items: INodeExecutionData[]) => Promise<INodeExecutionData[]>): INodeType {
	return {
		description: {
			displayName: 'Step',
			name: 'step',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Step' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
		},
		async execute() {
			return [await execute(this.getInputData())];
		},
	};
}

const STEP: INode = {
	id: 'step',
	name: 'Step',
	type: 'step',
	typeVersion: 1,
	position: [200, 0],
	parameters: {},
};

describe('Braze Trigger', () => {
	const servers: TriggerServer[] = [];

	async function trigger(
		parameters: INodeParameters = {},
		more: Partial<TriggerSetup> & { secret?: string; then?: INodeType } = {},
	): Promise<TriggerServer> {
		const { secret = SECRET, then, ...setup } = more;
		const server = await serveTrigger({
			node: new BrazeTrigger(),
			parameters,
			credentials: { brazeApi: { instance: 'custom', baseUrl: '', apiKey: 'key', webhookSecret: secret } },
			...(then && {
				following: {
					nodes: [STEP],
					connections: { Trigger: { main: [[{ node: 'Step', type: 'main', index: 0 }]] } },
					types: new Map([['step', then]]),
				},
			}),
			...setup,
		});
		servers.push(server);
		return server;
	}

	async function send(server: TriggerServer, sent: Sent): Promise<Reply> {
		const { method = 'POST', path = '', headers = {}, body } = sent;
		const response = await fetch(`${server.url}${path}`, {
			method,
			headers: { 'content-type': 'application/json', 'x-braze-secret': SECRET, ...headers },
			...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		});
		return { status: response.status, body: await response.json() };
	}

	const itemsOf = (server: TriggerServer) => server.executions.flat().map(({ json }) => json);

	afterEach(async () => {
		await Promise.all(servers.splice(0).map(async (server) => await server.close()));
	});

	describe('lets nobody in but Braze', () => {
		const FORMS = ['webhook', 'audienceSync', 'customEvent', 'connectedContent'];
		const forged: Array<[string, Record<string, string>]> = [
			['is empty', { 'x-braze-secret': '' }],
			['is another', { 'x-braze-secret': SECRET.replace('own', 'owl') }],
			['is cut off', { 'x-braze-secret': SECRET.slice(0, -1) }],
			['is too long', { 'x-braze-secret': `${SECRET}!` }],
			['is there twice', { 'x-braze-secret': `${SECRET}, ${SECRET}` }],
			['is in the wrong header', { 'x-braze-secret': 'x', authorization: `Bearer ${SECRET}` }],
		];

		it.each(forged)(
			'answers 401 and starts nothing, whatever it receives, when the secret %s',
			async (_why, headers) => {
				for (const receive of FORMS) {
					const server = await trigger({ receive });
					const reply = await send(server, { headers, body: { user_id: 'u', campaign_id: 'c' } });
					expect(reply).toEqual({
						status: 401,
						body: { message: 'The header x-braze-secret is missing or wrong.' },
					});
					expect([server.runs, server.staticData]).toEqual([[], {}]);
				}
			},
		);

		it('answers 401 without the header', async () => {
			const server = await trigger();
			const response = await fetch(server.url, { method: 'POST', body: '{}' });
			expect([response.status, server.runs]).toEqual([401, []]);
		});

		it('accepts nothing without a secret in the credential, not even an empty one', async () => {
			const server = await trigger({}, { secret: '  ' });
			const reply = await send(server, { headers: { 'x-braze-secret': '' }, body: {} });
			expect(reply).toEqual({ status: 401, body: { message: expect.stringContaining('no Webhook Secret') } });
			expect(server.runs).toEqual([]);
		});

		it('refuses to be activated without a secret, or with addresses that are none, and says what to do', async () => {
			const without = await trigger({}, { secret: '' });
			await expect(without.activate()).rejects.toMatchObject({
				message: 'The Braze credential has no Webhook Secret',
				description: expect.stringContaining('long random text'),
			});
			const unreadable = await trigger({ options: { allowedAddresses: ['10.0.0.1', '10.0.0.0/99'] } });
			await expect(unreadable.activate()).rejects.toMatchObject({
				message: '"Allowed Addresses" holds "10.0.0.0/99", which is no IP address',
			});
			await expect((await trigger()).activate()).resolves.toBeUndefined();
		});

		it.each<[string, unknown, number]>([
			['the address itself', ['203.0.113.1', '127.0.0.1'], 200],
			['a range around it', '10.0.0.0/8, 127.0.0.0/8', 200],
			['none', [], 200],
			['others', ['10.0.0.0/8', '2001:db8::/32'], 403],
			['something unreadable', ['127.0.0.1', 'localhost'], 403],
		])('with a list of addresses that has %s', async (_what, allowedAddresses, status) => {
			const server = await trigger({ options: { allowedAddresses } as INodeParameters });
			expect((await send(server, { body: {} })).status).toBe(status);
			expect(server.runs).toHaveLength(status === 200 ? 1 : 0);
		});

		it('believes a proxy only if n8n is told how many there are', async () => {
			const options = { allowedAddresses: ['203.0.113.7'] };
			const headers = { 'x-forwarded-for': '203.0.113.7' };
			const alone = await trigger({ options });
			expect((await send(alone, { headers, body: {} })).status).toBe(403);
			const behindOne = await trigger({ options }, { proxyHops: 1 });
			expect((await send(behindOne, { headers, body: {} })).status).toBe(200);
			const invented = { 'x-forwarded-for': '203.0.113.7, 198.51.100.1' };
			expect((await send(behindOne, { headers: invented, body: {} })).status).toBe(403);
		});

		it('answers 413 to a body that no message has', async () => {
			const server = await trigger();
			const reply = await send(server, { body: { text: 'x'.repeat(1024 * 1024) } });
			expect(reply).toEqual({ status: 413, body: { message: expect.stringContaining('1048576') } });
			expect(server.runs).toEqual([]);
		});
	});

	describe('receives any webhook', () => {
		it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('by %s, without the secret in its output', async (method) => {
			const server = await trigger();
			const body = { user_id: 'jane-1', campaign_id: 'c-1', nested: { code: 'X' } };
			const headers = { authorization: 'Bearer x', cookie: 'a=b', 'x-own': 'yes' };
			expect(await send(server, { method, path: '?test=1', headers, body })).toEqual({
				status: 200,
				body: { message: 'Received' },
			});
			expect(itemsOf(server)).toEqual([
				{
					method,
					query: { test: '1' },
					headers: expect.objectContaining({ 'x-own': 'yes' }),
					body,
					key: 'braze:campaign:c-1:jane-1',
				},
			]);
			expect(JSON.stringify(server.runs)).not.toContain(SECRET);
			expect(itemsOf(server)[0]?.headers).not.toHaveProperty('authorization');
			expect(itemsOf(server)[0]?.headers).not.toHaveProperty('cookie');
		});

		it.each<[string, unknown]>([
			['{nope', '{nope'],
			['', ''],
			['17', '17'],
			['[1, 2]', [1, 2]],
		])('and passes the body %j on as it is', async (sent, expected) => {
			const server = await trigger();
			await send(server, { body: sent, headers: { 'content-type': 'text/plain' } });
			expect(itemsOf(server)).toMatchObject([{ body: expected, key: null }]);
		});

		it('reads bodies that n8n left unread', async () => {
			const server = await trigger({}, { readsBodies: false });
			await send(server, { body: { a: 1 } });
			expect(itemsOf(server)).toMatchObject([{ body: { a: 1 } }]);
		});

		it('with a key by send-out, if the user wants that', async () => {
			const server = await trigger({ keyOf: 'dispatch' });
			await send(server, { body: { user_id: 'u', campaign_id: 'c', dispatch_id: 'd' } });
			expect(itemsOf(server)).toMatchObject([{ key: 'braze:dispatch:d:u' }]);
		});
	});

	describe('receives audiences', () => {
		it('and gives what is known of the user', async () => {
			const server = await trigger({ receive: 'audienceSync' });
			const body = {
				action: 'add',
				user_id: 'jane-1',
				audience_id: 'vip',
				email_address: 'jane@example.com',
				first_name: '',
			};
			expect((await send(server, { body })).status).toBe(200);
			expect(itemsOf(server)).toEqual([
				{
					action: 'add',
					user_id: 'jane-1',
					audience_id: 'vip',
					email_address: 'jane@example.com',
					first_name: null,
					last_name: null,
					country: null,
					city: null,
					phone_number: null,
					key: null,
				},
			]);
		});

		it.each<[unknown, string]>([
			[
				{ action: 'remove', user_id: 'u', audience_id: 'a' },
				'"action" has to be "add" or "delete"; it is "remove"',
			],
			[{ user_id: 'u', audience_id: 'a' }, '"action"'],
			[{ action: 'add', user_id: '', audience_id: 'a' }, '"user_id" is missing'],
			[{ action: 'delete', user_id: 'u' }, '"audience_id" is missing'],
			[[1], 'has to be a JSON object'],
			['{nope', 'is not JSON'],
			['', 'is empty'],
		])('answers 400 to %j', async (body, message) => {
			const server = await trigger({ receive: 'audienceSync' });
			expect(await send(server, { body })).toEqual({
				status: 400,
				body: { message: expect.stringContaining(message) },
			});
			expect([server.runs, server.staticData]).toEqual([[], {}]);
		});

		it('by POST only', async () => {
			const server = await trigger({ receive: 'audienceSync' });
			expect((await send(server, { method: 'GET' })).status).toBe(404);
		});
	});

	describe('receives events', () => {
		it('with their properties', async () => {
			const server = await trigger({ receive: 'customEvent' });
			const body = { event: 'signed_up', user_id: 'jane-1', properties: { plan: 'gold' }, campaign_id: 'c' };
			await send(server, { body });
			await send(server, { body: { event: 'signed_up', user_id: 17 } });
			expect(itemsOf(server)).toEqual([
				{
					event: 'signed_up',
					user_id: 'jane-1',
					properties: { plan: 'gold' },
					key: 'braze:campaign:c:jane-1',
				},
				{ event: 'signed_up', user_id: '17', properties: {}, key: null },
			]);
		});

		it.each<[unknown, string]>([
			[{ user_id: 'u' }, '"event" is missing'],
			[{ event: 'e' }, '"user_id" is missing'],
			[{ event: 'e', user_id: 'u', properties: 'x' }, '"properties" has to be a JSON object; it is "x"'],
		])('answers 400 to %j', async (body, message) => {
			const server = await trigger({ receive: 'customEvent' });
			expect(await send(server, { body })).toEqual({
				status: 400,
				body: { message: expect.stringContaining(message) },
			});
		});
	});

	describe('drops webhooks that Braze sends again', () => {
		const body = { event: 'e', user_id: 'u', dispatch_id: 'd' };

		it('by send-out, user and content, and answers 200 to them', async () => {
			const server = await trigger({ receive: 'customEvent' });
			await send(server, { body });
			expect(await send(server, { body })).toEqual({
				status: 200,
				body: { message: 'Ignored: this delivery was received before' },
			});
			await send(server, { body: { ...body, event: 'other' } });
			await send(server, { body: { ...body, user_id: 'v' } });
			await send(server, { body: { ...body, dispatch_id: 'd2' } });
			expect(server.runs).toHaveLength(4);
		});

		it.each<[string, INodeParameters, Partial<TriggerSetup>, object]>([
			['without a send-out', {}, {}, { event: 'e', user_id: 'u' }],
			['if the user wants them', { options: { dropRepeated: false } }, {}, body],
			['in test runs', {}, { mode: 'manual' }, body],
		])('but not %s', async (_when, parameters, more, sent) => {
			const server = await trigger({ receive: 'customEvent', ...parameters }, more);
			await send(server, { body: sent });
			await send(server, { body: sent });
			expect(server.runs).toHaveLength(2);
			expect(JSON.stringify(server.staticData)).not.toContain('deliveries');
		});

		it("whoever sends them: here Braze's stand-in", async () => {
			const sandbox = await startSandbox();
			const server = await trigger({ receive: 'audienceSync' });
			for (const runs of [1, 1]) {
				const delivery = sandbox.braze.state.webhooks.send({
					url: server.url,
					method: 'POST',
					headers: { 'content-type': 'application/json', 'x-braze-secret': SECRET },
					body: JSON.stringify({ action: 'add', user_id: 'u', audience_id: 'a', dispatch_id: 'd' }),
				});
				while (delivery.state === 'waiting') await new Promise((resolve) => setImmediate(resolve));
				expect([delivery.state, server.runs.length]).toEqual(['delivered', runs]);
			}
			await sandbox.close();
		});
	});

	describe('answers Connected Content', () => {
		const question = { user_id: 'jane-1', campaign_id: 'c-1', dispatch_id: 'd-1' };
		const asks = { receive: 'connectedContent' };
		const gives = (...items: INodeExecutionData['json'][]) =>
			step(async () => items.map((json) => ({ json, pairedItem: { item: 0 } })));

		it('with the first item that the workflow returns, and the status of success', async () => {
			const server = await trigger(asks, { then: gives({ code: 'A' }, { code: 'B' }) });
			expect(await send(server, { body: question })).toEqual({
				status: 200,
				body: { status: 'success', code: 'A' },
			});
			expect(itemsOf(server)).toEqual([{ ...question, key: 'braze:campaign:c-1:jane-1' }]);
		});

		it('asked by GET, with the fields in the URL', async () => {
			const server = await trigger(asks, { then: gives({ code: 'A' }) });
			const path = '?user_id=jane-1&canvas_id=c-2&lang=pl';
			expect((await send(server, { method: 'GET', path })).body).toEqual({ status: 'success', code: 'A' });
			expect(itemsOf(server)).toMatchObject([{ lang: 'pl', key: 'braze:campaign:c-2:jane-1' }]);
		});

		it('by no other method', async () => {
			const server = await trigger(asks, { then: gives({ code: 'A' }) });
			for (const method of ['PUT', 'PATCH', 'DELETE'])
				expect((await send(server, { method, body: question })).status).toBe(404);
			expect(server.runs).toEqual([]);
		});

		it('with 200 and not_found when the workflow returns no item', async () => {
			const server = await trigger(asks, { then: gives() });
			expect(await send(server, { body: question })).toEqual({ status: 200, body: { status: 'not_found' } });
		});

		it('with 200 and error when the workflow fails, and with nothing of the reason', async () => {
			const failing = step(async () => await Promise.reject(new Error('the password is x')));
			const server = await trigger(asks, { then: failing });
			expect(await send(server, { body: question })).toEqual({ status: 200, body: { status: 'error' } });
		});

		it.each<[string, unknown, INodeParameters, string]>([
			['no user', { campaign_id: 'c' }, {}, '"user_id" is missing'],
			['an anonymous user', { campaign_id: 'c', user_id: '' }, {}, '"user_id" is missing'],
			['no Campaign', { user_id: 'u' }, {}, '"campaign_id" or "canvas_id" is missing'],
			['no send-out', { user_id: 'u', campaign_id: 'c' }, { keyOf: 'dispatch' }, '"dispatch_id" is missing'],
			['no JSON', '{nope', {}, 'is not JSON'],
		])('with 200 and invalid_request to %s, and starts nothing', async (_what, body, more, message) => {
			const server = await trigger({ ...asks, ...more }, { then: gives({ code: 'A' }) });
			expect(await send(server, { body })).toEqual({
				status: 200,
				body: { status: 'invalid_request', message: expect.stringContaining(message) },
			});
			expect(server.runs).toEqual([]);
		});

		it('with timeout when the workflow takes too long, which goes on and whose answer goes nowhere', async () => {
			let finish = (): void => {};
			const finished = new Promise<void>((resolve) => (finish = resolve));
			const slow = step(async () => {
				await finished;
				return [{ json: { code: 'late' }, pairedItem: { item: 0 } }];
			});
			const server = await trigger({ ...asks, options: { answerWithin: 20 } }, { then: slow });
			expect(await send(server, { body: question })).toEqual({ status: 200, body: { status: 'timeout' } });
			expect(server.runs).toEqual([]);
			finish();
			while (server.runs.length === 0) await new Promise((resolve) => setImmediate(resolve));
			expect(server.runs[0]?.status).toBe('success');
			// What overran its time is shared no more, and the connection still works.
			expect((await send(server, { body: question })).status).toBe(200);
			while (server.runs.length === 1) await new Promise((resolve) => setImmediate(resolve));
		});

		it('once for calls that ask the same at the same time, and each on its own for others', async () => {
			let finish = (): void => {};
			const finished = new Promise<void>((resolve) => (finish = resolve));
			let count = 0;
			const counting = step(async ([item]) => {
				const code = `${String(item?.json.user_id)}-${++count}`;
				await finished;
				return [{ json: { code }, pairedItem: { item: 0 } }];
			});
			const server = await trigger({ ...asks, options: { answerWithin: 2000 } }, { then: counting });
			const other = { ...question, user_id: 'adam-2' };
			const replies = [question, question, other, question].map(async (body) => await send(server, { body }));
			while (server.results.length < 4) await new Promise((resolve) => setImmediate(resolve));
			finish();
			const codes = (await Promise.all(replies)).map(({ body }) => body);
			expect(server.runs).toHaveLength(2);
			expect(codes[1]).toEqual(codes[0]);
			expect(codes[3]).toEqual(codes[0]);
			expect(codes[2]).toMatchObject({ code: expect.stringContaining('adam-2') });
			// Later calls get an execution of their own: what was answered is not remembered.
			await send(server, { body: question });
			expect(server.runs).toHaveLength(3);
		});

		it('each on its own in test runs', async () => {
			const server = await trigger(asks, { then: gives({ code: 'A' }), mode: 'manual' });
			await Promise.all([send(server, { body: question }), send(server, { body: question })]);
			expect(server.runs).toHaveLength(2);
		});
	});
});
