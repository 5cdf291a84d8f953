import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall, type BrazeCall } from './braze-call.mts';

let sandbox: Sandbox;
let call: BrazeCall;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = brazeCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const get = (path: string) => call('GET', path);

test('attributes and events that were tracked can be picked', async () => {
	await call('POST', '/users/track', {
		attributes: [
			{ external_id: 'u', voucherify_winter: 'A', tags: ['x'], since: '2026-01-01', first_name: 'Ada' },
		],
		events: [{ external_id: 'u', name: 'a_new_event', time: '2026-01-01' }],
	});
	const { attributes } = (await get('/custom_attributes')).data;
	const types = Object.fromEntries(
		attributes.map(({ name, data_type }: { name: string; data_type: string }) => [name, data_type]),
	);
	expect(types).toMatchObject({ voucherify_winter: 'String', tags: 'Array', since: 'Time' });
	expect(types).not.toHaveProperty('first_name');
	expect((await get('/events/list')).data.events).toContain('a_new_event');
});

test('attributes come 50 a page, and the Link header leads through all of them once', async () => {
	const many = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`attribute_${i}`, i]));
	await call('POST', '/users/track', { attributes: [{ external_id: 'u', ...many }] });
	const names: string[] = [];
	const sizes: number[] = [];
	for (let path: string | undefined = '/custom_attributes'; path !== undefined;) {
		const { data, headers } = await get(path);
		sizes.push(data.attributes.length);
		names.push(...data.attributes.map(({ name }: { name: string }) => name));
		const next = /<([^>]+)>; rel="next"/.exec(String(headers['link'] ?? ''))?.[1];
		path = next?.replace(sandbox.braze.url, '');
	}
	const known = sandbox.braze.state.names.attributes().map(({ name }) => name);
	expect(sizes.slice(0, -1)).toEqual([50, 50]);
	expect(names).toEqual(known);
});

test('events come 250 a page in alphabetical order', async () => {
	for (let start = 0; start < 300; start += 75) {
		const events = Array.from({ length: 75 }, (_, i) => ({
			external_id: 'u',
			name: `event_${String(start + i).padStart(3, '0')}`,
			time: '2026-01-01',
		}));
		await call('POST', '/users/track', { events });
	}
	const first = (await get('/events/list')).data.events;
	const second = (await get('/events/list?page=1')).data.events;
	expect(first).toHaveLength(250);
	expect([...first, ...second]).toEqual(sandbox.braze.state.names.events());
	expect((await get('/events/list?page=2')).data.events).toEqual([]);
});

test.each([
	['/campaigns/list', 'campaigns'],
	['/canvas/list', 'canvases'],
	['/segments/list', 'segments'],
])('%s has something to pick, page by page and in both orders', async (path, name) => {
	const listed = (await get(path)).data[name];
	expect(listed.length).toBeGreaterThan(1);
	expect((await get(`${path}?page=1`)).data[name]).toEqual([]);
	expect((await get(`${path}?sort_direction=desc`)).data[name]).toEqual([...listed].reverse());
});

test('archived campaigns come only when they are asked for', async () => {
	const usual = (await get('/campaigns/list')).data.campaigns;
	const all = (await get('/campaigns/list?include_archived=true')).data.campaigns;
	expect(all.length).toBe(usual.length + 1);
});

test('there is a catalog of promotions', async () => {
	expect((await get('/catalogs')).data.catalogs).toMatchObject([
		{ name: 'promotions', fields: [{ name: 'id' }, {}, {}, {}] },
	]);
});
