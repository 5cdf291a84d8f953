import { VoucherifyApi } from '../../credentials/VoucherifyApi.credentials';
import { listSearch } from '../../nodes/Voucherify/lists';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { searchList, type ListSearch } from './list-search.mts';
import { voucherifyCredential } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

async function search(list: ListSearch, filter?: string) {
	const credentials = { voucherifyApi: voucherifyCredential(sandbox) };
	return await searchList(list, { credentials, credentialTypes: [new VoucherifyApi()] }, filter);
}

test.each([
	['loyalty programs', listSearch.searchLoyaltyPrograms, ['Loyalty Club']],
	['promotions', listSearch.searchPromotions, ['Summer Happy Hour']],
] as const)('the list of %s offers only these campaigns', async (_what, list, names) => {
	const { results } = await search(list);
	expect(results.map(({ name }) => name)).toEqual(names);
	expect(results[0]?.value).toBe(sandbox.voucherify.state.campaigns.get(names[0]).id);
});

test('the list of rewards offers all by name, and chooses them by ID', async () => {
	const { all } = sandbox.voucherify.state.sales.rewards;
	const { results } = await search(listSearch.searchRewards);
	expect(results.map(({ value }) => value).sort()).toEqual(all.map(({ id }) => id).sort());
	const found = await search(listSearch.searchRewards, 'MUG');
	expect(found.results.map(({ name }) => name)).toEqual(['Coffee mug']);
});

test('the list of promotion tiers offers all by name, and finds them by a part of it', async () => {
	const { tiers } = sandbox.voucherify.state.campaigns.get('Summer Happy Hour').settings;
	const { results } = await search(listSearch.searchPromotionTiers);
	expect(results.map(({ value }) => value).sort()).toEqual(tiers.map(({ id }) => id).sort());
	const found = await search(listSearch.searchPromotionTiers, 'from 50');
	expect(found.results).toMatchObject([{ name: 'From 50 euro', value: tiers[0]?.id }]);
});
