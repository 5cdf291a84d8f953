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

const create = (more: Record<string, unknown> = {}) =>
	call('POST', '/content_blocks/create', { name: 'footer', content: '<p>Bye</p>', ...more });
const update = (body: unknown) => call('POST', '/content_blocks/update', body);
const info = async (id: string) => (await call('GET', `/content_blocks/info?content_block_id=${id}`)).data;

test('a new block has the Liquid tag of its name, and is listed', async () => {
	const { status, data } = await create({ tags: ['promotions'], description: 'Last lines' });
	expect([status, data.liquid_tag]).toEqual([201, '{{content_blocks.${footer}}}']);
	expect(await info(data.content_block_id)).toMatchObject({
		name: 'footer',
		content: '<p>Bye</p>',
		description: 'Last lines',
		tags: ['promotions'],
	});
	const list = (await call('GET', '/content_blocks/list')).data;
	expect(list.content_blocks.map(({ name }: { name: string }) => name)).toEqual(['voucher_terms', 'footer']);
	expect((await call('GET', '/content_blocks/list?limit=1&offset=1')).data).toMatchObject({
		count: 1,
		content_blocks: [{ name: 'footer' }],
	});
});

test('an update changes what it names', async () => {
	const { content_block_id } = (await create({ description: 'Last lines' })).data;
	expect((await update({ content_block_id, content: 'Hello' })).status).toBe(200);
	expect(await info(content_block_id)).toMatchObject({ content: 'Hello', description: 'Last lines' });
});

test('a draft can be renamed and made active; an active block keeps its name and stays active', async () => {
	const { content_block_id } = (await create({ state: 'draft' })).data;
	expect((await update({ content_block_id, name: 'closing' })).status).toBe(200);
	expect((await update({ content_block_id, state: 'active' })).status).toBe(200);
	expect((await update({ content_block_id, name: 'other' })).status).toBe(400);
	expect((await update({ content_block_id, state: 'draft' })).status).toBe(400);
	expect((await info(content_block_id)).name).toBe('closing');
});

test.each([
	['a name that is taken', { name: 'voucher_terms' }],
	['a name with a space', { name: 'a b' }],
	['a tag that nobody made', { tags: ['new'] }],
	['no content', { content: '' }],
	['more than 50 KB', { content: 'x'.repeat(50 * 1024 + 1) }],
	['a description of 250 characters', { description: 'x'.repeat(250) }],
	['an unknown state', { state: 'gone' }],
])('a block with %s is refused', async (_name, more) => {
	expect((await create(more)).status).toBe(400);
	expect((await call('GET', '/content_blocks/list')).data.count).toBe(1);
});
