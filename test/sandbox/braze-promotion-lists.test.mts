import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { PromotionLists } from '../../sandbox/braze/promotion-lists.mts';
import { brazeCall } from './braze-call.mts';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const upload = (csv: string, name = 'spring25') =>
	brazeCall(sandbox)('POST', `/_sandbox/promotion-lists/${name}`, csv, { 'Content-Type': 'text/csv' });
const codes = (name = 'spring25') => [...(sandbox.braze.state.promotionLists.get(name)?.codes() ?? [])];

test('a file adds its codes to the list, and the next file adds to its end', async () => {
	expect((await upload('A\nB\n')).data).toMatchObject({ name: 'spring25', added: 2, count: 2 });
	expect((await upload('C\nA')).data).toMatchObject({ added: 2, count: 4, uploads: 2 });
	expect(codes()).toEqual(['A', 'B', 'C', 'A']);
});

test('list names are case-sensitive', async () => {
	await upload('A', 'Birthday');
	await upload('B', 'birthday');
	expect([codes('Birthday'), codes('birthday')]).toEqual([['A'], ['B']]);
});

test.each<[string, string, string[]]>([
	['a header row becomes a code', 'Code\nA\n', ['Code', 'A']],
	['a byte-order mark sticks to the first code', '\uFEFFA\nB', ['\uFEFFA', 'B']],
	['rows may end as on Windows', 'A\r\nB\r\n', ['A', 'B']],
	['blank rows are passed over', 'A\n\n\r\nB\n\n', ['A', 'B']],
	['quotes are no part of a code', '"A"\n"B,C"\n', ['A', 'B,C']],
	['only the first column counts', 'A,10\nB,20\n', ['A', 'B']],
	['duplicates stay', 'A\nA\n', ['A', 'A']],
])('%s', async (_, csv, expected) => {
	await upload(csv);
	expect(codes()).toEqual(expected);
});

test('count and first codes can be seen', async () => {
	await upload(Array.from({ length: 100_000 }, (_, i) => `CODE-${i}`).join('\n'));
	const seen = await brazeCall(sandbox)('GET', '/_sandbox/promotion-lists/spring25');
	expect(seen.data).toMatchObject({
		count: 100_000,
		first: Array.from({ length: 10 }, (_, i) => `CODE-${i}`),
	});
});

test.each([
	['without a code', '\n\n'],
	['with an open quote', '"A\nB'],
])('a file %s is refused', async (_, csv) => {
	expect((await upload(csv)).status).toBe(400);
	expect(codes()).toEqual([]);
});

test('a file of more than 100 MB is refused', async () => {
	expect((await upload('A'.repeat(100 * 1024 * 1024 + 1))).status).toBe(413);
});

test('a list takes 20,000,000 codes and refuses a file that would go beyond', () => {
	const lists = new PromotionLists();
	const fiveMillion = Buffer.from('A\n'.repeat(5_000_000));
	for (let i = 0; i < 4; i++) expect(lists.upload('big', fiveMillion)).not.toHaveProperty('problem');
	expect(lists.upload('big', Buffer.from('B'))).toHaveProperty('problem');
	expect(lists.get('big')?.count).toBe(20_000_000);
});
