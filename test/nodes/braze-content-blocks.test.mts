import type { INodeParameters } from 'n8n-workflow';
import { BrazeApi } from '../../credentials/BrazeApi.credentials';
import { lists } from '../../nodes/Braze/lists';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { BRAZE_CONTRACT } from '../contract/braze-contract.mts';
import { problemsOfBrazeTraffic } from '../contract/braze-traffic.mts';
import { describeWithContract } from '../contract/contract.mts';
import { runBraze } from './braze.mts';
import { searchList } from './list-search.mts';
import { expectSchema } from './output-schema.mts';
import { jsonOf, located } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

async function run(operation: string, more: INodeParameters) {
	return await runBraze(sandbox, { resource: 'contentBlock', operation, ...more }, [{}]);
}
const NEW = {
	name: 'summer_code',
	content: "Your code: {% promotion('spring25') %}",
	additionalFields: { description: 'For the summer', state: 'draft' },
};
async function created(): Promise<string> {
	const { items, error } = await run('create', NEW);
	expect(error).toBeUndefined();
	return String(items[0]?.json.content_block_id);
}

test('Create makes a block, Get shows it, Update changes only what is given', async () => {
	const id = await created();
	const contentBlock = located('id', id);
	const changed = await run('update', { contentBlock, updateFields: { content: 'Your code is gone' } });
	expect(changed.error).toBeUndefined();
	expect(sandbox.log.entries(1)[0]?.requestBody).toEqual({
		content_block_id: id,
		content: 'Your code is gone',
	});
	const { items } = await run('get', { contentBlock });
	expect(items[0]?.json).toMatchObject({
		content_block_id: id,
		name: 'summer_code',
		content: 'Your code is gone',
		description: 'For the summer',
	});
});

test('Get Many lists all blocks, or as many as are wanted', async () => {
	const id = await created();
	const all = await run('getAll', { returnAll: true });
	expect(jsonOf(all.items).map(({ content_block_id }) => content_block_id)).toContain(id);
	const one = await run('getAll', { returnAll: false, limit: 1 });
	expect(one.items).toHaveLength(1);
});

test('the list of the form finds a block by a part of its name', async () => {
	const id = await created();
	const credentials = {
		brazeApi: {
			instance: 'custom',
			baseUrl: sandbox.braze.url,
			apiKey: sandbox.braze.apiKey,
			webhookSecret: '',
		},
	};
	const setup = { credentials, credentialTypes: [new BrazeApi()] };
	expect((await searchList(lists.searchContentBlocks, setup, 'SUMMER_c')).results).toEqual([
		{ name: 'summer_code', value: id },
	]);
});

test.each<[string, string, INodeParameters, string]>([
	['a name with spaces', 'create', { ...NEW, name: 'summer code' }, '"Name" is "summer code"'],
	['more than 50 KB', 'create', { ...NEW, content: 'é'.repeat(26_000) }, '"Content" has 52,000 bytes'],
	[
		'a long description',
		'create',
		{ ...NEW, additionalFields: { description: 'x'.repeat(250) } },
		'"Description" has 250 characters',
	],
	['no change', 'update', { contentBlock: located('id', 'x'), updateFields: {} }, '"Update Fields" is empty'],
])('refuses %s before anything is sent', async (_what, operation, more, problem) => {
	const { error } = await run(operation, more);
	expect(error?.message).toContain(problem);
	expect(sandbox.log.entries()).toHaveLength(0);
});

test('the output schemas describe what comes out', async () => {
	const contentBlock = located('id', await created());
	const runs: ReadonlyArray<readonly [string, INodeParameters]> = [
		['get', { contentBlock }],
		['getAll', { returnAll: true }],
		['create', { ...NEW, name: 'another' }],
		['update', { contentBlock, updateFields: { content: 'New' } }],
	];
	for (const [operation, more] of runs)
		expectSchema('Braze', `contentBlock/${operation}`, jsonOf((await run(operation, more)).items));
});

describeWithContract(BRAZE_CONTRACT, 'What operations on Content Blocks exchange with Braze', () => {
	test('is as foreseen', async () => {
		const contentBlock = located('id', await created());
		await run('update', {
			contentBlock,
			updateFields: { ...NEW.additionalFields, content: 'New', name: 'b' },
		});
		await run('get', { contentBlock });
		await run('getAll', { returnAll: true });
		expect(sandbox.log.entries()).toHaveLength(4);
		expect(problemsOfBrazeTraffic(sandbox)).toEqual([]);
	});
});
