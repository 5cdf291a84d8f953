import type { INodeParameters } from 'n8n-workflow';
import { BrazeApi } from '../../credentials/BrazeApi.credentials';
import { lists } from '../../nodes/Braze/lists';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { BRAZE_CONTRACT } from '../contract/braze-contract.mts';
import { problemsOfBrazeTraffic } from '../contract/braze-traffic.mts';
import { describeWithContract } from '../contract/contract.mts';
import { requestsTo, runBraze } from './braze.mts';
import { searchList, type ListSearch } from './list-search.mts';
import { expectSchema } from './output-schema.mts';
import { startServer } from './scripted-server.mts';
import { jsonOf } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const getMany = (resource: string, more: INodeParameters = {}): INodeParameters => ({
	resource,
	operation: 'getAll',
	returnAll: true,
	...(['campaign', 'canvas', 'segment'].includes(resource) ? { sort: 'asc' } : {}),
	...more,
});
const workspace = () => sandbox.braze.state.workspace;

/** Puts so many attributes on a profile. */
async function track(attributes: number) {
	const names = Array.from({ length: attributes }, (_, n) => [`attribute_${String(n).padStart(3, '0')}`, n]);
	await runBraze(sandbox, { resource: 'user', operation: 'track' }, [
		{ external_id: 'u', ...Object.fromEntries(names) },
	]);
	sandbox.log.clear();
}

describe('Get Many lists what the workspace has', () => {
	test.each([
		['campaign', () => workspace().campaigns],
		['canvas', () => workspace().canvases],
		['segment', () => workspace().segments],
	] as const)('%s: all of it, in either order, up to a limit', async (resource, there) => {
		const all = await runBraze(sandbox, getMany(resource), [{}]);
		expect(jsonOf(all.items)).toEqual(there());
		const newest = await runBraze(sandbox, getMany(resource, { sort: 'desc' }), [{}]);
		expect(jsonOf(newest.items)).toEqual([...there()].reverse());
		const one = await runBraze(sandbox, getMany(resource, { returnAll: false, limit: 1 }), [{}]);
		expect(jsonOf(one.items)).toEqual([there()[0]]);
		expectSchema('Braze', `${resource}/getAll`, jsonOf(all.items));
	});

	test('campaigns that are archived, when they are asked for', async () => {
		const { items } = await runBraze(
			sandbox,
			getMany('campaign', { filters: { includeArchived: true, editedAfter: '2026-01-01' } }),
			[{}],
		);
		expect(jsonOf(items)).toEqual([...workspace().campaigns, ...workspace().archivedCampaigns]);
		const [entry] = sandbox.log.entries();
		expect(entry?.path).toContain('last_edit.time%5Bgt%5D=2026-01-01T00%3A00%3A00.000Z');
	});

	test('a filter that is no date is refused before anything is sent', async () => {
		const { error } = await runBraze(sandbox, getMany('campaign', { filters: { editedAfter: 'soon' } }), [
			{},
		]);
		expect(error?.message).toContain('"Edited After" is "soon"');
		expect(sandbox.log.entries()).toHaveLength(0);
	});

	test('custom events by name', async () => {
		const { items } = await runBraze(sandbox, getMany('event'), [{}]);
		expect(jsonOf(items)).toEqual(sandbox.braze.state.names.events().map((name) => ({ name })));
		expectSchema('Braze', 'event/getAll', jsonOf(items));
	});

	test('custom attributes over several pages, and only as many as are wanted', async () => {
		await track(120);
		const all = await runBraze(sandbox, getMany('customAttribute'), [{}]);
		expect(jsonOf(all.items)).toEqual(sandbox.braze.state.names.attributes());
		expect(requestsTo(sandbox, 'GET /custom_attributes')).toBe(3);
		expectSchema('Braze', 'customAttribute/getAll', jsonOf(all.items));
		sandbox.log.clear();
		const some = await runBraze(sandbox, getMany('customAttribute', { returnAll: false, limit: 60 }), [{}]);
		expect(some.items).toHaveLength(60);
		expect(requestsTo(sandbox, 'GET /custom_attributes')).toBe(2);
	});
});

describe('Pages', () => {
	const row = (n: number) => ({ id: `id-${n}`, name: `Campaign ${n}` });

	test('are read to the end, and a row that moves to the next page comes once', async () => {
		const rows = Array.from({ length: 230 }, (_, n) => row(n));
		const server = await startServer(({ path }) => {
			const page = Number(new URL(path, 'http://x').searchParams.get('page'));
			// Something new came to the front between two pages.
			const start = page * 100 - page;
			return { body: { message: 'success', campaigns: rows.slice(start, start + 100) } };
		});
		const { items } = await runBraze(sandbox, getMany('campaign'), [{}], {
			credential: { baseUrl: server.url },
		});
		await server.close();
		expect(jsonOf(items)).toEqual(rows);
		expect(server.received).toHaveLength(3);
	});

	test('end where a service gives the same one again and again', async () => {
		const server = await startServer(() => ({
			body: { message: 'success', campaigns: Array.from({ length: 100 }, (_, n) => row(n)) },
		}));
		const { items } = await runBraze(sandbox, getMany('campaign'), [{}], {
			credential: { baseUrl: server.url },
		});
		await server.close();
		expect(items).toHaveLength(100);
		expect(server.received).toHaveLength(2);
	});

	test('that are none fail with a sentence', async () => {
		const server = await startServer(() => ({ body: { message: 'success' } }));
		const { error } = await runBraze(sandbox, getMany('campaign'), [{}], {
			credential: { baseUrl: server.url },
		});
		await server.close();
		expect(error?.message).toBe('Braze answered without the list of campaigns that was asked for');
	});
});

describe('The lists of forms', () => {
	const search = async (list: ListSearch, filter?: string, apiKey = sandbox.braze.apiKey) =>
		await searchList(
			list,
			{
				credentials: {
					brazeApi: { instance: 'custom', baseUrl: sandbox.braze.url, apiKey, webhookSecret: '' },
				},
				credentialTypes: [new BrazeApi()],
			},
			filter,
		);

	test.each([
		['searchCampaigns', 'voucher', ['Welcome voucher']],
		['searchCanvases', 'LOYALTY', ['Loyalty balance update']],
		['searchSegments', '4c9f7a0d', ['Has an unused code']],
	] as const)('%s finds by a part of the name or the ID', async (name, typed, found) => {
		const all = await search(lists[name]);
		expect(all.results.length).toBeGreaterThan(1);
		expect(all.results.map((result) => result.name)).toEqual(all.results.map((result) => result.name).sort());
		expect((await search(lists[name], typed)).results.map((result) => result.name)).toEqual(found);
	});

	test('say what is wrong instead of being empty', async () => {
		await expect(search(lists.searchCampaigns, '', sandbox.braze.state.trackOnlyKey)).rejects.toThrow(
			'This Braze API key may not do that',
		);
	});
});

describe('API Call', () => {
	const call = (more: INodeParameters): INodeParameters => ({
		resource: 'apiCall',
		operation: 'send',
		split: true,
		...more,
	});

	test('makes items of the rows of a list, or one of the whole answer', async () => {
		const parameters = call({ method: 'GET', path: '/segments/list' });
		const rows = await runBraze(sandbox, parameters, [{}]);
		expect(jsonOf(rows.items)).toEqual(workspace().segments);
		const whole = await runBraze(sandbox, { ...parameters, split: false }, [{}]);
		expect(jsonOf(whole.items)).toEqual([{ message: 'success', segments: workspace().segments }]);
	});

	test('sends queries and bodies', async () => {
		const listed = await runBraze(
			sandbox,
			call({
				method: 'GET',
				path: '/campaigns/list',
				query: { parameter: [{ name: 'include_archived', value: 'true' }] },
			}),
			[{}],
		);
		expect(listed.items).toHaveLength(workspace().campaigns.length + workspace().archivedCampaigns.length);
		const body = '={{ { attributes: [{ external_id: $json.id, tier: "gold" }] } }}';
		const tracked = await runBraze(sandbox, call({ method: 'POST', path: '/users/track', body }), [
			{ id: 'a' },
		]);
		expect(jsonOf(tracked.items)).toEqual([{ message: 'success', attributes_processed: 1 }]);
		expect(sandbox.braze.state.getUser({ external_id: 'a' })?.customAttributes.tier).toBe('gold');
	});

	test.each(['//evil.example/x', '/\\evil.example', '/a/../b', '/a?b=c', 'campaigns/list'])(
		'sends nothing to %s',
		async (path) => {
			const { error } = await runBraze(sandbox, call({ method: 'GET', path }), [{}]);
			expect(error?.message).toContain('"Path"');
			expect(sandbox.log.entries()).toHaveLength(0);
		},
	);
});

describeWithContract(BRAZE_CONTRACT, 'What Get Many sends and is answered', () => {
	test.each(['campaign', 'canvas', 'segment', 'event', 'customAttribute'])(
		'is as foreseen: %s',
		async (resource) => {
			await track(60);
			const filters = { editedAfter: '2026-01-01', includeArchived: true };
			await runBraze(sandbox, getMany(resource, { filters }), [{}]);
			expect(sandbox.log.entries().length).toBeGreaterThan(0);
			expect(problemsOfBrazeTraffic(sandbox)).toEqual([]);
		},
	);
});
