import Fastify from 'fastify';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { registerVoucherify } from '../../sandbox/voucherify/voucherify.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from '../sandbox/voucherify-call.mts';
import { startReceiver, type WebhookReceiver } from '../sandbox/webhook-receiver.mts';
import { describeWithContract, OpenApiContract, readJson, SchemaFile } from './contract.mts';

const CONTRACT = 'voucherify-contract.json';
const EVENTS = 'voucherify-events.json';
const EXAMPLES = 'voucherify-event-examples.json';

interface Case {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** As in the contract. */
	readonly path: string;
	/** Values of the path's parameters, in order. */
	readonly ids?: readonly string[];
	readonly query?: string;
	readonly body?: unknown;
	readonly status: number;
}

const PUBLISH = { method: 'POST', path: '/v1/publications' } as const;
const NOBODY = { ids: ['nobody'], status: 404 } as const;
const FILTER = 'filters[type][conditions][$in][0]=STATIC&filters[junction]=AND';

/** Requests that the contract allows, in this order. */
const TAKEN: readonly Case[] = [
	{ method: 'GET', path: '/v1/campaigns', status: 200 },
	{ method: 'GET', path: '/v1/campaigns', query: 'limit=100&page=1&order=-updated_at', status: 200 },
	{ method: 'GET', path: '/v1/campaigns', query: `campaign_type=DISCOUNT_COUPONS&${FILTER}`, status: 200 },
	...[
		'Summer Sale 20%',
		'10 Euro Off',
		'Free Coffee',
		'Welcome Gift Card',
		'Loyalty Club',
		'Refer a Friend',
	].map((name): Case => ({ method: 'GET', path: '/v1/campaigns/{campaignId}', ids: [name], status: 200 })),
	...['Summer Happy Hour', 'Newsletter Codes', 'Hello Everybody'].map((name): Case => ({
		method: 'GET',
		path: '/v1/campaigns/{campaignId}',
		ids: [name],
		status: 200,
	})),
	{ method: 'GET', path: '/v1/campaigns/{campaignId}', ...NOBODY },
	{ method: 'GET', path: '/v1/customers', status: 200 },
	{ method: 'GET', path: '/v1/customers', query: 'limit=100&page=99&order=source_id', status: 200 },
	{
		method: 'GET',
		path: '/v1/customers',
		query: 'starting_after=2020-01-01T00:00:00Z&order=created_at',
		status: 200,
	},
	{ method: 'GET', path: '/v1/customers', query: 'city=Paris&created_at[after]=2020-01-01', status: 200 },
	{
		method: 'POST',
		path: '/v1/customers',
		body: { source_id: 'ada', name: 'Ada', metadata: { a: 1 } },
		status: 200,
	},
	{ method: 'POST', path: '/v1/customers', body: { email: 'nobody@example.com' }, status: 200 },
	{ method: 'GET', path: '/v1/customers/{customerId}', ids: ['ada'], status: 200 },
	{ method: 'GET', path: '/v1/customers/{customerId}', ...NOBODY },
	{ method: 'PUT', path: '/v1/customers/{customerId}', ids: ['ada'], body: { phone: '+48' }, status: 200 },
	{ method: 'PUT', path: '/v1/customers/{customerId}', body: {}, ...NOBODY },
	{ method: 'GET', path: '/v1/customers/{customerId}/segments', ids: ['ada'], status: 200 },
	{ ...PUBLISH, body: publicationOf('ada', 'Summer Sale 20%', 'first'), status: 200 },
	{ ...PUBLISH, body: publicationOf('ada', 'Welcome Gift Card'), status: 200 },
	{ ...PUBLISH, body: publicationOf('ada', 'Loyalty Club'), status: 200 },
	{ ...PUBLISH, body: publicationOf('ada', 'Refer a Friend'), status: 200 },
	{ ...PUBLISH, body: publicationOf('ada', 'Free Coffee'), status: 200 },
	{
		...PUBLISH,
		body: { customer: 'ada', campaign: '10 Euro Off', channel: 'Braze', metadata: { a: 1 } },
		status: 200,
	},
	{
		...PUBLISH,
		body: { customer: { source_id: 'ada' }, campaign: { name: '10 Euro Off', count: 50 } },
		status: 200,
	},
	{ ...PUBLISH, query: 'join_once=true', body: publicationOf('new', 'Summer Sale 20%'), status: 200 },
	{ ...PUBLISH, body: { customer: { source_id: 'ada' }, voucher: 'HELLO10' }, status: 200 },
	{ ...PUBLISH, body: publicationOf('ada', 'Sold Out'), status: 400 },
	{ ...PUBLISH, body: publicationOf('ada', 'No such campaign'), status: 404 },
	{ method: 'GET', path: '/v1/publications', status: 200 },
	{
		method: 'GET',
		path: '/v1/publications',
		query: 'limit=100&order=voucher_code&customer=ada',
		status: 200,
	},
	{ method: 'GET', path: '/v1/publications', query: 'source_id=first&result=SUCCESS', status: 200 },
	{
		method: 'GET',
		path: '/v1/publications',
		query: 'campaign=Loyalty Club&voucher_type=loyalty',
		status: 200,
	},
	{
		method: 'GET',
		path: '/v1/publications/create',
		query: 'customer[source_id]=ada&campaign[name]=10 Euro Off&campaign[count]=2&metadata[a]=1',
		status: 200,
	},
	{
		method: 'GET',
		path: '/v1/publications/create',
		query: 'customer[source_id]=ada&campaign[name]=x',
		status: 404,
	},
	{ method: 'GET', path: '/v1/vouchers', status: 200 },
	{ method: 'GET', path: '/v1/vouchers', query: 'campaign=Newsletter Codes&limit=100&page=2', status: 200 },
	{ method: 'GET', path: '/v1/vouchers', query: 'customer=ada&order=-code', status: 200 },
	{ method: 'GET', path: '/v1/vouchers/{code}', ids: ['HELLO10'], status: 200 },
	{ method: 'GET', path: '/v1/vouchers/{code}', ...NOBODY },
	{ method: 'GET', path: '/v1/segments', query: 'filters[name][conditions][$is][0]=VIP', status: 200 },
	{
		method: 'POST',
		path: '/v1/segments',
		body: { name: 'A', type: 'static', customers: ['x'] },
		status: 200,
	},
	{ method: 'GET', path: '/v1/segments/{segmentId}', ...NOBODY },
	{ method: 'DELETE', path: '/v1/segments/{segmentId}', ...NOBODY },
	{ method: 'GET', path: '/v1/exports', query: 'order=-status', status: 200 },
	{ method: 'GET', path: '/v1/exports/{exportId}', ...NOBODY },
	{ method: 'DELETE', path: '/v1/exports/{exportId}', ...NOBODY },
	{ method: 'DELETE', path: '/v1/customers/{customerId}', ids: ['ada'], status: 204 },
	{ method: 'DELETE', path: '/v1/customers/{customerId}', ...NOBODY },
];

/** Requests that the contract forbids: only their answers can be checked. */
const REFUSED: readonly Case[] = [
	{ method: 'GET', path: '/v1/customers', query: 'page=100', status: 400 },
	{ method: 'GET', path: '/v1/customers', query: 'limit=101', status: 400 },
	{ method: 'GET', path: '/v1/customers', query: 'starting_after=yesterday', status: 400 },
	{ method: 'POST', path: '/v1/customers', body: { name: 1 }, status: 400 },
	{ method: 'POST', path: '/v1/customers', body: '{"a":', status: 400 },
	{ ...PUBLISH, body: { campaign: { name: 'Loyalty Club' } }, status: 400 },
	{ ...PUBLISH, body: { customer: { source_id: 'a' } }, status: 400 },
	{
		...PUBLISH,
		body: { customer: { source_id: 'a' }, campaign: { name: '10 Euro Off', count: 51 } },
		status: 400,
	},
	{ ...PUBLISH, body: { ...publicationOf('a', '10 Euro Off'), metadata: 'x' }, status: 400 },
	{ method: 'POST', path: '/v1/exports', body: { exported_object: 'nothing' }, status: 400 },
	{
		method: 'POST',
		path: '/v1/exports',
		body: { exported_object: 'voucher', parameters: { fields: ['x'] } },
		status: 400,
	},
];

let sandbox: Sandbox;
let call: VoucherifyCall;

beforeAll(async () => {
	sandbox = await startSandbox({ codes: 1_000 });
	call = voucherifyCall(sandbox);
});
afterAll(() => sandbox.close());

function urlOf({ path, ids = [], query }: Pick<Case, 'path' | 'ids' | 'query'>): string {
	const values = [...ids];
	const filled = path.replace(/\{\w+\}/g, () => encodeURIComponent(values.shift() ?? ''));
	return query === undefined ? filled : `${filled}?${new URLSearchParams(query).toString()}`;
}

/** Cases with a name that tells them apart. */
function titled(cases: readonly Case[]): (Case & { title: string })[] {
	return cases.map((one) => {
		const body =
			one.body === undefined ? '' : ` ${typeof one.body === 'string' ? one.body : JSON.stringify(one.body)}`;
		return { ...one, title: `${one.method} ${decodeURIComponent(urlOf(one))}${body} → ${one.status}` };
	});
}

describeWithContract(CONTRACT, 'Voucherify as its contract describes it', () => {
	let contract: OpenApiContract;
	beforeAll(() => {
		contract = new OpenApiContract(CONTRACT);
	});

	test.each(titled(TAKEN))('$title is taken and answered', async (one) => {
		expect(contract.problemsOfRequest(one.method, one.path, one.body)).toBe('');
		expect(contract.problemsOfQuery(one.method, one.path, new URLSearchParams(one.query))).toBe('');
		const answer = await call(one.method, urlOf(one), one.body);
		expect([answer.status, contract.problemsOfAnswer(one.method, one.path, answer)]).toEqual([
			one.status,
			'',
		]);
	});

	test.each(titled(REFUSED))('$title is refused in the right shape', async (one) => {
		const answer = await call(one.method, urlOf(one), one.body);
		expect([answer.status, contract.problemsOfAnswer(one.method, one.path, answer)]).toEqual([
			one.status,
			'',
		]);
		expect(answer.data).toMatchObject({
			code: one.status,
			key: expect.any(String),
			message: expect.any(String),
			details: expect.any(String),
			request_id: expect.any(String),
		});
	});

	test.each(['voucher', 'redemption', 'customer', 'publication', 'order'])(
		'exports of kind %s take every documented field, order and filter',
		async (kind) => {
			await call('POST', '/v1/publications', publicationOf(`reader of ${kind}`, 'Summer Sale 20%'));
			const { fields, orders, filters } = documentedExport(kind);
			expect(fields.length).toBeGreaterThan(5);
			for (const order of orders) {
				const conditions = { conditions: { $has_value: ['x'] } };
				const filter = Object.fromEntries(filters.map((name) => [name, conditions]));
				const body = {
					exported_object: kind,
					parameters: { fields, order, filters: { junction: 'or', ...filter } },
				};
				expect(contract.problemsOfRequest('POST', '/v1/exports', body)).toBe('');
				const created = await call('POST', '/v1/exports', body);
				expect([created.status, contract.problemsOfAnswer('POST', '/v1/exports', created)]).toEqual([
					200,
					'',
				]);
				const path = '/v1/exports/{exportId}';
				const get = () => call('GET', urlOf({ path, ids: [created.data.id] }));
				expect(contract.problemsOfAnswer('GET', path, await get())).toBe('');
				sandbox.clock.advance(300);
				const done = await get();
				expect([done.data.status, contract.problemsOfAnswer('GET', path, done)]).toEqual(['DONE', '']);
				const { pathname, search } = new URL(done.data.result.url);
				const file = await call('GET', pathname + search);
				expect(contract.problemsOfAnswer('GET', path, file)).toBe('');
				const [header, ...rows] = file.data.trimEnd().split('\n');
				expect(header.split(',')).toHaveLength(fields.length);
				expect(rows.length).toBeGreaterThan(0);
				const list = await call('GET', '/v1/exports');
				expect(contract.problemsOfAnswer('GET', '/v1/exports', list)).toBe('');
				const gone = await call('DELETE', urlOf({ path, ids: [created.data.id] }));
				expect([gone.status, contract.problemsOfAnswer('DELETE', path, gone)]).toEqual([204, '']);
			}
		},
	);

	test('a segment is found by its id and deleted', async () => {
		const { data: made } = await call('POST', '/v1/segments', { name: 'B', type: 'static', customers: [] });
		const path = '/v1/segments/{segmentId}';
		const found = await call('GET', urlOf({ path, ids: [made.id] }));
		expect([found.status, contract.problemsOfAnswer('GET', path, found)]).toEqual([200, '']);
		const gone = await call('DELETE', urlOf({ path, ids: [made.id] }));
		expect([gone.status, contract.problemsOfAnswer('DELETE', path, gone)]).toEqual([204, '']);
	});

	test('wrong keys, a used-up quota and a route that does not exist have the shape of errors', async () => {
		const strange = await call('GET', '/v1/campaigns', undefined, { 'X-App-Token': 'no' });
		expect([strange.status, contract.problemsOfAnswer('GET', '/v1/campaigns', strange)]).toEqual([401, '']);
		const missing = await call('GET', '/v1/nothing');
		expect([missing.status, contract.problemsOfAnswer('GET', '/v1/campaigns', missing)]).toEqual([404, '']);
		const busy = await startSandbox({ voucherifyRateLimit: 0 });
		const limited = await voucherifyCall(busy)('GET', '/v1/campaigns');
		await busy.close();
		expect([limited.status, contract.problemsOfAnswer('GET', '/v1/campaigns', limited)]).toEqual([429, '']);
	});

	test('every route that is served is described, and was called by the tests above', async () => {
		const routes: { method: string; path: string }[] = [];
		const app = Fastify({ exposeHeadRoutes: false });
		app.addHook('onRoute', ({ method, url }) => {
			if (url.startsWith('/v1/')) routes.push({ method: String(method), path: url });
		});
		registerVoucherify(app, { state: sandbox.voucherify.state });
		expect(routes.length).toBeGreaterThan(15);
		const called = sandbox.log.totals;
		for (const { method, path } of routes) {
			const template = path.replace(/:(\w+)/g, '{$1}');
			expect([template, contract.has(method, template)]).toEqual([template, true]);
			expect([path, `${method} ${path}` in called]).toEqual([path, true]);
		}
	});
});

describeWithContract(EVENTS, "Voucherify's events as their schemas describe them", () => {
	let receiver: WebhookReceiver;
	let schemas: SchemaFile;
	beforeAll(async () => {
		schemas = new SchemaFile(EVENTS);
		receiver = await startReceiver();
		sandbox.reset();
		for (const kind of ['project', 'distribution'] as const) {
			sandbox.voucherify.state.webhooks.addTarget(kind, receiver.url, 'Code to Braze');
		}
	});
	afterAll(() => receiver.close());

	test('publications, customers and segments send what the schemas allow', async () => {
		await call('POST', '/v1/customers', { source_id: 'eve', name: 'Eve', email: 'eve@example.com' });
		await call('POST', '/v1/customers', { name: 'Without source_id' });
		await call('PUT', '/v1/customers/eve', { phone: '+48', metadata: { a: 1 } });
		const campaigns = ['Summer Sale 20%', '10 Euro Off', 'Free Coffee', 'Welcome Gift Card', 'Loyalty Club'];
		for (const name of [...campaigns, 'Refer a Friend', 'Hello Everybody']) {
			await call('POST', '/v1/publications', publicationOf('eve', name));
		}
		await call('POST', '/v1/publications', {
			customer: { source_id: 'eve' },
			campaign: { name: 'Last Codes', count: 2 },
		});
		await call('DELETE', '/v1/customers/eve');
		await sandbox.voucherify.state.webhooks.settled();
		const types = receiver.received.map(({ body }) => checkEnvelope(body));
		expect(new Set(types)).toEqual(
			new Set([
				'customer.created',
				'customer.updated',
				'customer.deleted',
				'customer.segment.entered',
				'customer.segment.left',
				'publication.succeeded',
				'voucher.published',
				'customer.publication.succeeded',
			]),
		);
		expect(types.filter((type) => type === 'voucher.published')).toHaveLength(9);
	});

	test('every official example of a type that projects or distributions hear can be sent', async () => {
		receiver.received.length = 0;
		const { events } = readJson(EVENTS);
		const examples = Object.keys(readJson(EXAMPLES).data).filter((type) =>
			events[type].kinds.some((kind: string) => kind === 'project' || kind === 'distribution'),
		);
		expect(examples.length).toBeGreaterThan(30);
		for (const type of examples) {
			expect((await call('POST', '/_sandbox/events', { type })).status).toBe(202);
		}
		await sandbox.voucherify.state.webhooks.settled();
		const types = receiver.received.map(({ body }) => checkEnvelope(body));
		expect(new Set(types)).toEqual(new Set(examples));
	});

	/** Checks an envelope and its payload, and returns the type of the event. */
	function checkEnvelope(body: Record<string, unknown>): string {
		const source = Object(body['source']);
		const type = String(Object(body['event']).type);
		const kind = source.object === 'webhook' ? 'project' : 'distribution';
		expect([type, schemas.problems(['envelope', kind], body)]).toEqual([type, '']);
		expect([type, schemas.problems(['events', type, 'data'], body['data'])]).toEqual([type, '']);
		expect(body['type']).toBe(kind === 'project' ? type : 'Code to Braze');
		return type;
	}
});

function documentedExport(kind: string): { fields: string[]; orders: string[]; filters: string[] } {
	const { schemas } = readJson(CONTRACT).components;
	const name = `Export${kind.charAt(0).toUpperCase()}${kind.slice(1)}Base`;
	const { order, fields, filters } = schemas[name].properties.parameters.properties;
	return {
		// `metadata` expands to one column a key, which the other tests check.
		fields: fields.items.enum.filter((field: string) => field !== 'metadata'),
		orders: order.enum,
		filters: Object.keys(filters.properties).filter((filter) => filter !== 'junction'),
	};
}
