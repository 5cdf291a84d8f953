import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall, type BrazeCall } from './braze-call.mts';

const CATALOG_MS = 60_000;
const ITEMS = '/catalogs/promotions/items';

let sandbox: Sandbox;
let call: BrazeCall;

beforeAll(async () => {
	sandbox = await startSandbox({ braze: { catalogMs: CATALOG_MS } });
	call = brazeCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const item = async (id: string) => (await call('GET', `${ITEMS}/${id}`)).data.items?.[0];
const firstError = (answer: { data: { errors: { id: string }[] } }) => answer.data.errors[0]?.id;

test('a new catalog is listed with its number of items, until it is deleted', async () => {
	const fields = [
		{ name: 'id', type: 'string' },
		{ name: 'city', type: 'string' },
	];
	const catalog = { name: 'stores', description: 'Stores', fields };
	expect((await call('POST', '/catalogs', { catalogs: [catalog] })).data.catalogs).toMatchObject([catalog]);
	expect(firstError(await call('POST', '/catalogs', { catalogs: [catalog] }))).toBe(
		'catalog-name-already-exists',
	);
	await call('POST', '/catalogs/stores/items/berlin', { items: [{ city: 'Berlin' }] });
	expect((await call('GET', '/catalogs')).data.catalogs).toMatchObject([
		{ name: 'promotions', num_items: 3 },
		{ name: 'stores', num_items: 1 },
	]);
	expect((await call('DELETE', '/catalogs/stores')).status).toBe(200);
	expect((await call('DELETE', '/catalogs/stores')).status).toBe(404);
});

test('fields are added and removed later, with what the items have in them', async () => {
	const fields = async () => {
		const [catalog] = (await call('GET', '/catalogs')).data.catalogs;
		return catalog.fields.map(({ name }: { name: string }) => name);
	};
	const add = await call('POST', '/catalogs/promotions/fields', {
		fields: [{ name: 'minimum', type: 'number' }],
	});
	const remove = await call('DELETE', '/catalogs/promotions/fields/terms');
	expect([add.status, remove.status]).toEqual([202, 202]);
	expect(await fields()).toEqual(['id', 'title', 'terms', 'ends_at']);
	sandbox.clock.advance(CATALOG_MS);
	expect(await fields()).toEqual(['id', 'title', 'ends_at', 'minimum']);
	expect(await item('summer')).not.toHaveProperty('terms');
});

test.each([
	[
		'fields that are there',
		'POST',
		'',
		{ fields: [{ name: 'title', type: 'string' }] },
		'field-names-not-unique',
	],
	['no fields', 'POST', '', { fields: [] }, 'invalid-fields'],
	[
		'51 fields',
		'POST',
		'',
		{ fields: Array.from({ length: 51 }, (_, n) => ({ name: `f${n}`, type: 'string' })) },
		'request-includes-too-many-fields',
	],
	['the ID', 'DELETE', '/id', undefined, 'invalid-field-name'],
	['an unknown field', 'DELETE', '/nothing', undefined, 'invalid-field-name'],
] as const)('refuses to add or remove %s', async (_what, method, path, body, id) => {
	expect(firstError(await call(method, `/catalogs/promotions/fields${path}`, body))).toBe(id);
});

test('what is sent in bulk is applied later', async () => {
	const create = await call('POST', ITEMS, { items: [{ id: 'new', title: 'New' }] });
	const update = await call('PATCH', ITEMS, { items: [{ id: 'summer', title: 'Changed' }] });
	const replace = await call('PUT', ITEMS, { items: [{ id: 'welcome', title: 'Replaced' }] });
	const remove = await call('DELETE', ITEMS, { items: [{ id: 'loyalty' }] });
	expect([create, update, replace, remove].map(({ status }) => status)).toEqual([202, 202, 202, 202]);
	expect(await item('new')).toBeUndefined();
	expect(await item('summer')).toMatchObject({ title: 'Summer sale' });
	sandbox.clock.advance(CATALOG_MS);
	expect(await item('new')).toEqual({ id: 'new', title: 'New' });
	expect(await item('summer')).toMatchObject({ title: 'Changed', terms: '10 % off everything' });
	expect(await item('welcome')).toEqual({ id: 'welcome', title: 'Replaced' });
	expect(await item('loyalty')).toBeUndefined();
});

test('a single item is written at once', async () => {
	expect((await call('POST', `${ITEMS}/new`, { items: [{ title: 'New' }] })).status).toBe(201);
	expect(await item('new')).toEqual({ id: 'new', title: 'New' });
	expect(firstError(await call('POST', `${ITEMS}/new`, { items: [{}] }))).toBe('item-already-exists');
	expect((await call('PATCH', `${ITEMS}/new`, { items: [{ terms: 'None' }] })).status).toBe(200);
	expect(await item('new')).toEqual({ id: 'new', title: 'New', terms: 'None' });
	expect((await call('PUT', `${ITEMS}/new`, { items: [{ title: 'Other' }] })).status).toBe(200);
	expect(await item('new')).toEqual({ id: 'new', title: 'Other' });
	expect((await call('DELETE', `${ITEMS}/new`)).status).toBe(200);
	expect(firstError(await call('PATCH', `${ITEMS}/new`, { items: [{}] }))).toBe('item-not-found');
});

test('elements are added to an array and removed from it by a change only', async () => {
	const fields = [
		{ name: 'id', type: 'string' },
		{ name: 'tags', type: 'array' },
	];
	await call('POST', '/catalogs', { catalogs: [{ name: 'tagged', description: '', fields }] });
	const path = '/catalogs/tagged/items/a';
	await call('POST', path, { items: [{ tags: ['x', 'y'] }] });
	await call('PATCH', path, { items: [{ tags: { $add: ['z'], $remove: ['x'] } }] });
	expect((await call('GET', path)).data.items).toEqual([{ id: 'a', tags: ['y', 'z'] }]);
	expect((await call('PUT', path, { items: [{ tags: { $add: ['z'] } }] })).status).toBe(400);
});

test.each([
	['item-array-invalid', {}],
	['request-includes-too-many-items', { items: Array.from({ length: 51 }, (_, i) => ({ id: `i${i}` })) }],
	['items-missing-ids', { items: [{ title: 'A' }] }],
	['ids-not-strings', { items: [{ id: 1 }] }],
	['ids-not-unique', { items: [{ id: 'a' }, { id: 'a' }] }],
	['ids-too-large', { items: [{ id: 'a'.repeat(251) }] }],
	['invalid-ids', { items: [{ id: 'a b' }] }],
	['invalid-fields', { items: [{ id: 'a', nothing: 1 }] }],
	['items-too-large', { items: [{ id: 'a', title: 'x'.repeat(5_001) }] }],
	['unable-to-coerce-value', { items: [{ id: 'a', ends_at: 'soon' }] }],
])('%s refuses the whole request', async (id, body) => {
	const answer = await call('POST', ITEMS, body);
	expect([answer.status, answer.data.message, firstError(answer)]).toEqual([400, 'Invalid Request', id]);
});

test('items come 50 a page, and the Link header leads through all of them once', async () => {
	for (const start of [0, 50]) {
		await call('POST', ITEMS, { items: Array.from({ length: 50 }, (_, i) => ({ id: `i${start + i}` })) });
	}
	sandbox.clock.advance(CATALOG_MS);
	const ids: string[] = [];
	for (let path: string | undefined = ITEMS; path !== undefined;) {
		const { data, headers } = await call('GET', path);
		expect(data.items.length).toBeLessThanOrEqual(50);
		ids.push(...data.items.map(({ id }: { id: string }) => id));
		path = /<([^>]+)>/.exec(String(headers['link'] ?? ''))?.[1];
	}
	expect(new Set(ids).size).toBe(103);
	expect(ids).toHaveLength(103);
});

test('an unknown catalog answers 404 in the shape of catalog errors', async () => {
	const answer = await call('POST', '/catalogs/nothing/items', { items: [{ id: 'a' }] });
	expect(answer.status).toBe(404);
	expect(answer.data.errors).toEqual([
		expect.objectContaining({
			id: 'catalog-not-found',
			parameters: ['catalog_name'],
			parameter_values: ['nothing'],
		}),
	]);
});
