import Fastify from 'fastify';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { registerVoucherify } from '../../sandbox/voucherify/voucherify.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from '../sandbox/voucherify-call.mts';
import { ACCESS_CASES } from './voucherify-access-cases.mts';
import { CAMPAIGN_CASES } from './voucherify-campaign-cases.mts';
import {
	BODY_TYPES,
	type Case,
	REFUSED,
	TAKEN,
	titled,
	urlOf,
	wireBody,
	withKept,
} from './voucherify-cases.mts';
import { CUSTOMER_CASES } from './voucherify-customer-cases.mts';
import { LOYALTY_CASES } from './voucherify-loyalty-cases.mts';
import { REFUSED_SALES, SALES_CASES } from './voucherify-sales-cases.mts';
import { VOUCHER_CASES } from './voucherify-voucher-cases.mts';
import { describeWithContract, OpenApiContract, readJson } from './contract.mts';

const CONTRACT = 'voucherify-contract.json';
/** In this order: later ones look at what earlier ones made. */
const ALL_TAKEN: readonly Case[] = [
	...TAKEN,
	...CAMPAIGN_CASES,
	...CUSTOMER_CASES,
	...VOUCHER_CASES,
	...SALES_CASES,
	...LOYALTY_CASES,
	...ACCESS_CASES,
];

let sandbox: Sandbox;
let call: VoucherifyCall;

beforeAll(async () => {
	sandbox = await startSandbox({ codes: 1_000 });
	call = voucherifyCall(sandbox);
});
afterAll(() => sandbox.close());

describeWithContract(CONTRACT, 'Voucherify as its contract describes it', () => {
	let contract: OpenApiContract;
	beforeAll(() => {
		contract = new OpenApiContract(CONTRACT);
	});

	const kept = new Map<string, unknown>();
	beforeAll(() => {
		kept.set('sandbox', sandbox.voucherify);
	});

	test.each(titled(ALL_TAKEN))('$title is taken and answered', async (given) => {
		const one = withKept(given, kept);
		const content = one.sendAs === 'upload' ? { file: one.body } : one.body;
		expect(contract.problemsOfRequest(one.method, one.path, content, BODY_TYPES[one.sendAs ?? 'json'])).toBe(
			'',
		);
		expect(contract.problemsOfQuery(one.method, one.path, new URLSearchParams(one.query))).toBe('');
		sandbox.clock.advance(one.advanceMs ?? 0);
		const { body, headers } = wireBody(one);
		const answer = await call(one.method, urlOf(one), body, headers);
		expect([answer.status, contract.problemsOfAnswer(one.method, one.path, answer)]).toEqual([
			one.status,
			'',
		]);
		if (one.keep !== undefined) kept.set(one.keep, answer.data);
	});

	test.each(titled([...REFUSED, ...REFUSED_SALES]))('$title is refused in the right shape', async (one) => {
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

	test.each([
		'voucher',
		'redemption',
		'customer',
		'publication',
		'order',
		'points_expiration',
		'voucher_transactions',
	])('exports of kind %s take every documented field, order and filter', async (kind) => {
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
			expect([created.status, contract.problemsOfAnswer('POST', '/v1/exports', created)]).toEqual([200, '']);
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
	});

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
			// The project itself and the figures of a campaign are described in prose only.
			const isDescribed =
				url !== '/management/v1/projects/:projectId' && url !== '/v1/campaigns/:campaignId/summary';
			if (/^\/(management\/)?v1\//.test(url) && isDescribed)
				routes.push({ method: String(method), path: url });
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

function documentedExport(kind: string): { fields: string[]; orders: string[]; filters: string[] } {
	const { schemas } = readJson(CONTRACT).components;
	const camel = kind.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
	const name = `Export${camel}Base`;
	const { order, fields, filters } = schemas[name].properties.parameters.properties;
	return {
		// `metadata` expands to one column a key, which the other tests check.
		fields: fields.items.enum.filter((field: string) => field !== 'metadata'),
		orders: order.enum,
		filters: Object.keys(filters.properties).filter((filter) => filter !== 'junction'),
	};
}
