import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { lists } from '../../nodes/Braze/lists';
import { BrazeApi } from '../../credentials/BrazeApi.credentials';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { bodiesTo, brazeRequests, runBraze } from './braze.mts';
import { searchList } from './list-search.mts';
import { expectSchema } from './output-schema.mts';
import { failureOf, jsonOf, located } from './voucherify.mts';

/** How long the sandbox takes to apply what it has queued; longer than any test. */
const CATALOG_MS = 3_600_000;

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ braze: { catalogMs: CATALOG_MS } });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const catalogs = () => sandbox.braze.state.catalogs;
const promotions = () => catalogs().list()[0];
const applied = () => sandbox.clock.advance(CATALOG_MS);
const stored = (id: string) => {
	const found = catalogs().item('promotions', id);
	return 'item' in found ? found.item : undefined;
};

const catalog = (operation: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'catalog',
	operation,
	catalog: located('name', 'promotions'),
	...more,
});
const creating = catalog('create', {
	name: 'stores',
	description: 'Where they are',
	fields: {
		field: [
			{ name: 'id', type: 'string' },
			{ name: 'city', type: 'string' },
		],
	},
});
const item = (operation: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'catalogItem',
	operation,
	catalog: located('name', 'promotions'),
	itemId: '={{ $json.id }}',
	values: '={{ { title: $json.title } }}',
	requestSettings: { concurrency: 1, longestWait: 1 },
	...more,
});
const items = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ id: `item-${n}`, title: `Title ${n}` }));
const run = async (parameters: INodeParameters, input: IDataObject[] = [{}]) =>
	await runBraze(sandbox, parameters, input);
const goingOn = async (parameters: INodeParameters, input: IDataObject[]) =>
	await runBraze(sandbox, parameters, input, { onError: 'continueRegularOutput' });

describe('Catalogs', () => {
	test('are listed, all or some, and looked up by name', async () => {
		catalogs().create({
			catalogs: [{ name: 'stores', description: '', fields: [{ name: 'id', type: 'string' }] }],
		});
		const all = await run(catalog('getAll', { returnAll: true }));
		expect(jsonOf(all.items)).toEqual(catalogs().list());
		expect((await run(catalog('getAll', { returnAll: false, limit: 1 }))).items).toHaveLength(1);
		const one = await run(catalog('get'));
		expect(jsonOf(one.items)).toEqual([promotions()]);
		expectSchema('Braze', 'catalog/getAll', jsonOf(all.items));
		expectSchema('Braze', 'catalog/get', jsonOf(one.items));
	});

	test('are looked up in one list, however many items ask; a name that there is not fails its item', async () => {
		const input = [{ name: 'promotions' }, { name: 'nothing' }, { name: 'promotions' }];
		const { items: found } = await goingOn(
			catalog('get', { catalog: located('name', '={{ $json.name }}') }),
			input,
		);
		expect(found[0]?.json).toEqual(promotions());
		expect(failureOf(found[1]).message).toBe('Braze has no catalog "nothing"');
		expect(brazeRequests(sandbox)).toHaveLength(1);
	});

	test('are created with the ID as their first field', async () => {
		const { items: made } = await run(creating);
		expect(jsonOf(made)).toEqual([catalogs().list()[1]]);
		expect(made[0]?.json).toMatchObject({
			name: 'stores',
			description: 'Where they are',
			fields: [
				{ name: 'id', type: 'string' },
				{ name: 'city', type: 'string' },
			],
		});
		expectSchema('Braze', 'catalog/create', jsonOf(made));
	});

	test('get and lose fields, 50 new ones in one request', async () => {
		const field = Array.from({ length: 60 }, (_, n) => ({ name: `field_${n}`, type: 'number' }));
		const { items: updated, hints } = await run(
			catalog('update', { fields: { field }, remove: 'terms, ends_at' }),
		);
		applied();
		const { fields } = promotions() as { fields: IDataObject[] };
		expect(fields.map(({ name }) => name)).toEqual(['id', 'title', ...field.map(({ name }) => name)]);
		expect(jsonOf(updated)).toEqual([
			{ name: 'promotions', added: field.map(({ name }) => name), removed: ['terms', 'ends_at'] },
		]);
		expect(hints[0]?.message).toContain('applies them in its own time');
		expectSchema('Braze', 'catalog/update', jsonOf(updated));
	});

	test('are deleted with their items', async () => {
		const { items: deleted } = await run(catalog('delete'));
		expect(catalogs().list()).toEqual([]);
		expect(jsonOf(deleted)).toEqual([{ name: 'promotions', deleted: true }]);
		expectSchema('Braze', 'catalog/delete', jsonOf(deleted));
	});

	test.each<[string, INodeParameters, string]>([
		['a name with spaces', { ...creating, name: 'my stores' }, '"Name" is "my stores"'],
		['a long description', { ...creating, description: 'x'.repeat(251) }, '"Description" has 251 characters'],
		[
			'two fields of one name',
			{
				...creating,
				fields: {
					field: [
						{ name: 'a', type: 'string' },
						{ name: 'a', type: 'number' },
					],
				},
			},
			'"Fields" has two fields of one name',
		],
		['nothing to change', catalog('update'), '"Fields to Add" is empty'],
		['their ID to be removed', catalog('update', { remove: 'id' }), 'names the field "id"'],
		['a bad name to be removed', catalog('update', { remove: 'a/b' }), '"Fields to Remove" is "a/b"'],
	])('with %s are refused before anything is sent', async (_what, parameters, problem) => {
		const { error } = await run(parameters);
		expect(error?.message).toContain(problem);
		expect(brazeRequests(sandbox)).toHaveLength(0);
	});

	test('can be chosen by name', async () => {
		const { url, apiKey } = sandbox.braze;
		const setup = {
			credentials: { brazeApi: { instance: 'custom', baseUrl: url, apiKey, webhookSecret: '' } },
			credentialTypes: [new BrazeApi()],
		};
		expect((await searchList(lists.searchCatalogs, setup, 'PROMO')).results).toEqual([
			{ name: 'promotions', value: 'promotions' },
		]);
	});

	test("say in Braze's words what it finds wrong with them", async () => {
		const { error } = await run({ ...creating, name: 'promotions' });
		expect(error?.message).toContain('Invalid Request: A catalog with that name exists (name: "promotions")');
	});
});

describe('Catalog items', () => {
	test('are looked up; one that there is not fails', async () => {
		const { items: found } = await goingOn(item('get'), [{ id: 'summer' }, { id: 'missing' }]);
		expect(found[0]?.json).toEqual(stored('summer'));
		expect(failureOf(found[1]).message).toContain('Could not find item (item_id: "missing")');
	});

	test('are listed over several pages, all or as many as are wanted', async () => {
		catalogs().writeItems('promotions', { items: items(50).map(({ id }) => ({ id: String(id) })) }, 'create');
		catalogs().writeItems('promotions', { items: [{ id: 'z-1' }, { id: 'z-2' }] }, 'create');
		applied();
		const all = await run(item('getAll', { returnAll: true }));
		expect(all.items).toHaveLength(55);
		expect(new Set(jsonOf(all.items).map(({ id }) => id)).size).toBe(55);
		expect(brazeRequests(sandbox)).toHaveLength(2);
		sandbox.log.clear();
		expect((await run(item('getAll', { returnAll: false, limit: 7 }))).items).toHaveLength(7);
		expect(brazeRequests(sandbox)).toHaveLength(1);
	});

	test('are created and changed at once, by the ID in the path', async () => {
		const values = '{"id": "other", "title": "New"}';
		const made = await run(item('create', { values }), [{ id: 'new' }]);
		expect(jsonOf(made.items)).toEqual([{ id: 'new', title: 'New' }]);
		expect(stored('new')).toEqual({ id: 'new', title: 'New' });
		await run(item('update'), [{ id: 'summer', title: 'Changed' }]);
		expect(stored('summer')).toMatchObject({ title: 'Changed', terms: '10 % off everything' });
	});

	test('are created or replaced 50 in one request, and applied later', async () => {
		const input = [...items(118), { id: 'summer', title: 'Replaced' }, { id: 'item-0', title: 'Title 0' }];
		const { items: written, hints, error } = await run(item('upsert'), input);
		expect(error).toBeUndefined();
		const sent = bodiesTo(sandbox).map((body) => (body.items as IDataObject[]).length);
		expect(sent).toEqual([50, 50, 20]);
		expect(jsonOf(written)).toEqual(input);
		expect(stored('item-0')).toBeUndefined();
		applied();
		expect(stored('item-117')).toEqual({ id: 'item-117', title: 'Title 117' });
		expect(stored('summer')).toEqual({ id: 'summer', title: 'Replaced' });
		expect(hints[0]?.message).toContain('applies it in its own time');
	});

	test.each<[string, string, IDataObject | undefined, IDataObject]>([
		['change', 'PATCH', undefined, { title: 'New', terms: '10 % off everything' }],
		['create', 'POST', { id: 'new', title: 'New' }, { title: 'Summer sale' }],
		['replace', 'PUT', { id: 'new', title: 'New' }, { title: 'New' }],
	])('%s what is there or not as chosen', async (write, method, fresh, existing) => {
		await run(
			item('upsert', { write }),
			['new', 'summer'].map((id) => ({ id, title: 'New' })),
		);
		applied();
		expect(brazeRequests(sandbox).map((request) => request.method)).toEqual([method]);
		expect(stored('new')).toEqual(fresh);
		expect(stored('summer')).toMatchObject(existing);
	});

	test('that are written twice take effect in the order of the items; Braze never finds one twice in a request', async () => {
		const input = ['First', 'Second', 'Second'].map((title) => ({ id: 'summer', title }));
		const { error } = await run(item('upsert'), [...input, ...items(3)]);
		expect(error).toBeUndefined();
		expect(bodiesTo(sandbox).map((body) => (body.items as IDataObject[]).length)).toEqual([4, 1]);
		applied();
		expect(stored('summer')).toMatchObject({ title: 'Second' });
	});

	test('that Braze refuses fail by themselves, with their own reason, and the others are written', async () => {
		const wrong = { id: 'wrong', title: 'x'.repeat(5_001) };
		const input = [...items(30), wrong, ...items(60).slice(30)];
		const { items: written } = await goingOn(item('upsert'), input);
		const failed = written.flatMap(({ json }, at) => (json.error === undefined ? [] : [at]));
		expect(failed).toEqual([30]);
		expect(failureOf(written[30]).message).toContain('A value is longer than 5,000 characters (title: 5001)');
		applied();
		for (const { id } of items(60)) expect(stored(String(id))).toBeDefined();
	});

	test('of several catalogs are written in one run, each in requests of its own', async () => {
		await run(creating);
		sandbox.log.clear();
		const input = ['promotions', 'stores', 'promotions'].map((name, n) => ({ name, id: `new-${n}` }));
		const { error } = await run(
			item('upsert', { catalog: located('name', '={{ $json.name }}'), values: '{}' }),
			input,
		);
		expect(error).toBeUndefined();
		expect(brazeRequests(sandbox).map(({ path }) => path)).toEqual([
			'/catalogs/promotions/items',
			'/catalogs/stores/items',
		]);
	});

	test.each([
		['replace', 2],
		['change', 2],
		['create', 1],
	])('%s is sent again after a lost answer only where that does no harm', async (write, times) => {
		sandbox.faults.add({ service: 'braze', kind: 'reset', when: 'after', times: 1 });
		const { error } = await run(item('upsert', { write }), items(1));
		expect(brazeRequests(sandbox)).toHaveLength(times);
		expect(error === undefined).toBe(times === 2);
	});

	test('are deleted 50 in one request, each named once', async () => {
		catalogs().writeItems('promotions', { items: items(50).map(({ id }) => ({ id: String(id) })) }, 'create');
		applied();
		const input = Array.from({ length: 60 }, (_, n) => ({ id: `item-${n === 1 ? 0 : n}` }));
		const { items: deleted } = await run(item('delete'), input);
		const sent = bodiesTo(sandbox).map((body) => (body.items as IDataObject[]).length);
		expect(sent).toEqual([49, 10]);
		expect(jsonOf(deleted)).toEqual(input);
		applied();
		expect(stored('item-0')).toBeUndefined();
		expect(stored('item-1')).toBeDefined();
	});

	test.each(['get', 'upsert', 'delete'])(
		'with an ID that Braze does not take are refused before anything is sent: %s',
		async (operation) => {
			const { error } = await run(item(operation), [{ id: 'no such/id', title: 'a' }]);
			expect(error?.message).toContain('"Item ID" is "no such/id"');
			expect(brazeRequests(sandbox)).toHaveLength(0);
		},
	);
});
