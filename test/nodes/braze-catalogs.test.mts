import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { BrazeApi } from '../../credentials/BrazeApi.credentials';
import { lists } from '../../nodes/Braze/lists';
import { BRAZE_CONTRACT } from '../contract/braze-contract.mts';
import { problemsOfExchanges } from '../contract/braze-traffic.mts';
import { describeWithContract } from '../contract/contract.mts';
import { startStandIn, type StandIn, type StandInAnswer } from './braze-stand-in.mts';
import { searchList } from './list-search.mts';
import { expectSchema } from './output-schema.mts';
import { jsonOf, located } from './voucherify.mts';

let braze: StandIn;
beforeAll(async () => {
	braze = await startStandIn();
});
afterAll(async () => await braze.server.close());

const CATALOG = {
	name: 'promotions',
	description: 'Terms and dates',
	fields: [
		{ name: 'id', type: 'string' },
		{ name: 'terms', type: 'string' },
	],
	num_items: 3,
	updated_at: '2026-08-31T09:30:00+00:00',
};
const LISTED = { body: { message: 'success', catalogs: [CATALOG, { ...CATALOG, name: 'stores' }] } };
const ITEM = { id: 'summer', terms: 'Once per customer' };

const creating: INodeParameters = {
	resource: 'catalog',
	operation: 'create',
	name: 'promotions',
	description: 'Terms and dates',
	fields: {
		field: [
			{ name: 'id', type: 'string' },
			{ name: 'terms', type: 'string' },
		],
	},
};
const item = (operation: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'catalogItem',
	operation,
	catalog: located('name', 'promotions'),
	itemId: '={{ $json.id }}',
	values: '{"id": "other", "terms": "Once per customer"}',
	...more,
});

/** Runs an operation against an answer. */
async function run(
	parameters: INodeParameters,
	answer: StandInAnswer,
	input: IDataObject[] = [{ id: 'summer' }],
) {
	braze.answer(() => answer);
	return await braze.run(parameters, input);
}
const success = (status: number) => ({ status, body: { message: 'success' } });

describe('Catalogs', () => {
	test('are listed, all or some', async () => {
		const listing = { resource: 'catalog', operation: 'getAll' };
		const all = await run({ ...listing, returnAll: true }, LISTED);
		expect(jsonOf(all.items)).toEqual(LISTED.body.catalogs);
		expect((await run({ ...listing, returnAll: false, limit: 1 }, LISTED)).items).toHaveLength(1);
		expectSchema('Braze', 'catalog/getAll', jsonOf(all.items));
	});

	test('are created with the ID as their first field', async () => {
		const { items } = await run(creating, { status: 201, body: { message: 'success', catalogs: [CATALOG] } });
		const { name, description, fields } = CATALOG;
		expect(braze.exchanges[0]?.requestBody).toEqual({ catalogs: [{ name, description, fields }] });
		expect(jsonOf(items)).toEqual([CATALOG]);
		expectSchema('Braze', 'catalog/create', jsonOf(items));
	});

	test.each<[string, INodeParameters, string]>([
		['a name with spaces', { name: 'my promotions' }, '"Name" is "my promotions"'],
		['a long description', { description: 'x'.repeat(251) }, '"Description" has 251 characters'],
		[
			'two fields of one name',
			{
				fields: {
					field: [
						{ name: 'a', type: 'string' },
						{ name: 'a', type: 'number' },
					],
				},
			},
			'"Fields" has two fields of one name',
		],
	])('with %s are refused before anything is sent', async (_what, more, problem) => {
		const { error } = await run({ ...creating, ...more }, success(201));
		expect(error?.message).toContain(problem);
		expect(braze.exchanges).toHaveLength(0);
	});

	test('can be chosen by name', async () => {
		braze.answer(() => LISTED);
		const setup = {
			credentials: {
				brazeApi: { instance: 'custom', baseUrl: braze.server.url, apiKey: 'key', webhookSecret: '' },
			},
			credentialTypes: [new BrazeApi()],
		};
		expect((await searchList(lists.searchCatalogs, setup, 'STO')).results).toEqual([
			{ name: 'stores', value: 'stores' },
		]);
	});
});

describe('Catalog items', () => {
	test('are looked up', async () => {
		const { items } = await run(item('get'), { body: { message: 'success', items: [ITEM] } });
		expect(braze.exchanges[0]?.path).toBe('/catalogs/promotions/items/summer');
		expect(jsonOf(items)).toEqual([ITEM]);
	});

	test.each([
		['create', 'POST', 201],
		['update', 'PATCH', 200],
	])('%s sends the values without the ID, which stands in the path', async (operation, method, status) => {
		const { items } = await run(item(operation), success(status));
		expect(braze.exchanges).toMatchObject([
			{
				method,
				path: '/catalogs/promotions/items/summer',
				requestBody: { items: [{ terms: ITEM.terms }] },
			},
		]);
		expect(jsonOf(items)).toEqual([ITEM]);
	});

	test('are deleted 50 in one request, each named once', async () => {
		const input = Array.from({ length: 60 }, (_, n) => ({ id: `item-${n === 1 ? 0 : n}` }));
		const { items } = await run(item('delete', { requestSettings: { concurrency: 1 } }), success(202), input);
		const sent = braze.exchanges.map(({ requestBody }) => (requestBody as { items: IDataObject[] }).items);
		expect(sent.map(({ length }) => length)).toEqual([49, 10]);
		expect(jsonOf(items)).toEqual(input);
	});

	test('of several catalogs are not deleted in one run', async () => {
		const parameters = item('delete', { catalog: located('name', '={{ $json.id }}') });
		const { error } = await run(parameters, success(202), [{ id: 'a' }, { id: 'b' }]);
		expect(error?.message).toContain('"Catalog" is not the same for all items');
		expect(braze.exchanges).toHaveLength(0);
	});

	test('with an ID that Braze does not take are refused before anything is sent', async () => {
		const { error } = await run(item('get'), success(200), [{ id: 'no such/id' }]);
		expect(error?.message).toContain('"Item ID" is "no such/id"');
		expect(braze.exchanges).toHaveLength(0);
	});
});

describeWithContract(BRAZE_CONTRACT, 'What operations on catalogs exchange with Braze', () => {
	test.each<[string, INodeParameters, StandInAnswer]>([
		['catalogs', { resource: 'catalog', operation: 'getAll', returnAll: true }, LISTED],
		['a new catalog', creating, { status: 201, body: { message: 'success', catalogs: [CATALOG] } }],
		['an item', item('get'), { body: { message: 'success', items: [ITEM] } }],
		['a new item', item('create'), success(201)],
		['a changed item', item('update'), success(200)],
		['deleted items', item('delete'), success(202)],
	])('is as foreseen: %s', async (_what, parameters, answer) => {
		await run(parameters, answer);
		expect(braze.exchanges).toHaveLength(1);
		expect(problemsOfExchanges(braze.exchanges)).toEqual([]);
	});
});
