import { VoucherifyApi } from '../../credentials/VoucherifyApi.credentials';
import { listSearch } from '../../nodes/Voucherify/lists';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { searchList, type ListSearch } from './list-search.mts';
import { requests, voucherifyCredential } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ customers: 1_000 });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

async function search(
	list: ListSearch,
	filter?: string,
	token?: string,
	credential: Record<string, string> = {},
) {
	const setup = {
		credentials: { voucherifyApi: { ...voucherifyCredential(sandbox), ...credential } },
		credentialTypes: [new VoucherifyApi()],
	};
	return await searchList(list, setup, filter, token);
}
const namesOf = ({ results }: { results: ReadonlyArray<{ name: string }> }) =>
	results.map(({ name }) => name);
const { searchCampaigns, searchCustomers, searchSegments, searchVouchers } = listSearch;

describe('The list of campaigns', () => {
	test('offers all by name, and chooses them by ID', async () => {
		const found = await search(searchCampaigns);
		const { all } = sandbox.voucherify.state.campaigns;
		expect(namesOf(found).sort()).toEqual(all.map(({ name }) => name).sort());
		expect(found.results.find(({ name }) => name === 'Free Coffee')?.value).toBe(
			sandbox.voucherify.state.campaigns.get('Free Coffee').id,
		);
		expect(found.paginationToken).toBeUndefined();
	});

	test.each([
		['coff', ['Free Coffee']],
		['FREE', ['Free Coffee']],
		['nothing like it', []],
	])('finds by a part of the name: %s', async (typed, names) => {
		expect(namesOf(await search(searchCampaigns, typed))).toEqual(names);
	});
});

describe('The list of segments', () => {
	test('offers all in alphabetical order and finds by a part of the name', async () => {
		expect(namesOf(await search(searchSegments))).toEqual([
			'All customers',
			'Customers in Paris',
			'New customers',
			'VIP',
		]);
		expect(namesOf(await search(searchSegments, 'vip'))).toEqual(['VIP']);
	});
});

describe('The list of customers', () => {
	test('offers the newest hundred, and the next hundred when the user scrolls on', async () => {
		const first = await search(searchCustomers);
		expect(first.results).toHaveLength(100);
		expect(first.results[0]?.value).toBe('customer-001000');
		const second = await search(searchCustomers, undefined, String(first.paginationToken));
		expect(second.results).toHaveLength(100);
		const values = [...first.results, ...second.results].map(({ value }) => value);
		expect(new Set(values).size).toBe(200);
	});

	test('every page is reached by its token, and the last one has none', async () => {
		const values = new Set<unknown>();
		let token: unknown;
		do {
			const found = await search(searchCustomers, undefined, token === undefined ? undefined : String(token));
			found.results.forEach(({ value }) => values.add(value));
			token = found.paginationToken;
		} while (token !== undefined);
		expect(values.size).toBe(1_000);
	});

	test('finds the oldest by their source ID, ID and email address, once', async () => {
		const { id, fields } = sandbox.voucherify.state.customers.get('customer-000001');
		for (const typed of ['customer-000001', id, String(fields.email)]) {
			const found = await search(searchCustomers, typed);
			expect(found.results.map(({ value }) => value)).toEqual(['customer-000001']);
		}
	});

	test('looks through at most three pages at once', async () => {
		const found = await search(searchCustomers, 'nobody has this');
		expect(found).toEqual({ results: [], paginationToken: '4' });
		expect(requests(sandbox, 'GET', '/v1/customers')).toHaveLength(3);
	});
});

describe('The list of vouchers', () => {
	test('offers the newest, finds any of them by its whole code, once, and others by a part', async () => {
		expect((await search(searchVouchers)).results.length).toBeGreaterThan(50);
		const { code } = sandbox.voucherify.state.campaigns.get('Newsletter Codes').voucher(0);
		const [found, ...others] = (await search(searchVouchers, code)).results;
		expect([found?.value, others]).toEqual([code, []]);
		expect(namesOf(await search(searchVouchers, 'hello1'))).toEqual(['HELLO10 (Hello Everybody)']);
	});
});

test.each(Object.entries(listSearch))(
	'%s shows what is wrong instead of an empty list',
	async (_name, list) => {
		const secretKey = 'wrong-secret-key-of-the-test';
		const failure = search(list, undefined, undefined, { secretKey });
		await expect(failure).rejects.toThrow('Voucherify does not accept these keys');
		// The form shows the message alone, so that says what to do as well.
		await expect(failure).rejects.toThrow('Application ID');
		await expect(failure).rejects.toMatchObject({
			description: expect.stringContaining('Application ID') as unknown,
		});
		await expect(failure).rejects.not.toThrow(secretKey);
	},
);
