import { incentiveOf } from '../../nodes/Braze/track/incentive';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import {
	codesOf,
	customers,
	failureOf,
	jsonOf,
	located,
	publishing,
	requests,
	runVoucherify,
	voucherOf,
} from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const PUBLICATIONS = '/v1/publications';
const posts = () => requests(sandbox, 'POST', PUBLICATIONS);
const bodies = () => posts().map(({ requestBody }) => requestBody);
const published = () => sandbox.voucherify.state.publications.count;
const campaignId = (name: string) => sandbox.voucherify.state.campaigns.get(name).id;

describe('Create hands out codes', () => {
	test('each customer gets a code of their own, in input order, paired with the item it came from', async () => {
		const input = customers(30);
		const { items, error } = await runVoucherify(sandbox, publishing('Summer Sale 20%'), input);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(30);
		expect(new Set(codesOf(items)).size).toBe(30);
		items.forEach((item, n) => {
			expect(item.json.customer).toMatchObject({ source_id: input[n]?.customer });
			expect(item.pairedItem).toEqual({ item: n });
		});
		expect(published()).toBe(30);
	});

	test('the campaign is asked for once in a run, and its ID is in the key whichever way it was chosen', async () => {
		const id = campaignId('Summer Sale 20%');
		const byName = await runVoucherify(sandbox, publishing('Summer Sale 20%'), customers(5));
		expect(requests(sandbox, 'GET', `/v1/campaigns/Summer%20Sale%2020%25`)).toHaveLength(1);
		const byId = await runVoucherify(sandbox, publishing('', { campaign: located('id', id) }), customers(5));
		const byList = await runVoucherify(
			sandbox,
			publishing('', { campaign: located('list', id) }),
			customers(5),
		);
		expect(codesOf(byId.items)).toEqual(codesOf(byName.items));
		expect(codesOf(byList.items)).toEqual(codesOf(byName.items));
		expect(bodies()[0]).toEqual({
			campaign: { name: 'Summer Sale 20%' },
			customer: { source_id: 'customer-000001' },
			source_id: `${id}:customer-000001`,
		});
		expect(published()).toBe(5);
	});

	test('a customer gets the same code by ID, by source ID and from the list', async () => {
		const id = sandbox.voucherify.state.customers.get('customer-000007').id;
		const runs = [];
		for (const customer of [
			located('sourceId', 'customer-000007'),
			located('id', id),
			located('list', 'customer-000007'),
		]) {
			runs.push(await runVoucherify(sandbox, publishing('Free Coffee', { customer })));
		}
		expect(new Set(runs.flatMap(({ items }) => codesOf(items))).size).toBe(1);
		expect(published()).toBe(1);
	});

	test('a customer without a source ID is published to by ID', async () => {
		const customer = sandbox.voucherify.state.customers.upsert({ id: '', source_id: '' });
		expect(customer.sourceId).toBeUndefined();
		const { items, error } = await runVoucherify(
			sandbox,
			publishing('Free Coffee', { customer: located('list', customer.id) }),
		);
		expect(error).toBeUndefined();
		expect(bodies()).toEqual([
			{
				campaign: { name: 'Free Coffee' },
				customer: { id: customer.id },
				source_id: `${campaignId('Free Coffee')}:${customer.id}`,
			},
		]);
		expect(items[0]?.json.customer).toEqual({ id: customer.id, source_id: null, name: null, email: null });
	});

	test('channel and metadata go along', async () => {
		const options = { channel: 'Braze', metadata: '{"mailing": "spring"}' };
		const { items } = await runVoucherify(sandbox, publishing('Free Coffee', { options }), customers(1));
		expect(items[0]?.json).toMatchObject({ channel: 'Braze', metadata: { mailing: 'spring' } });
	});

	test('Simplify keeps what matters where the raw answer has it', async () => {
		for (const campaign of [
			'Summer Sale 20%',
			'Welcome Gift Card',
			'Loyalty Club',
			'Refer a Friend',
			'Hello Everybody',
		]) {
			const [simple] = jsonOf((await runVoucherify(sandbox, publishing(campaign), customers(1))).items);
			const [raw] = jsonOf(
				(await runVoucherify(sandbox, publishing(campaign, { simple: false }), customers(1))).items,
			);
			if (simple === undefined || raw === undefined) throw new Error('Both runs give an item');
			expect(simple).toMatchObject({ campaign: { name: campaign }, code: voucherOf(raw).code });
			expect(raw).toMatchObject(withoutOwn(simple));
			// The Braze node reads codes from either.
			expect(incentiveOf(simple)).toEqual(incentiveOf(raw));
			expect(incentiveOf(simple)).toMatchObject({ code: simple.code, campaign });
			expect(JSON.stringify(simple).length).toBeLessThan(JSON.stringify(raw).length / 2);
		}
	});

	test('several codes at once come as one item for each customer', async () => {
		const parameters = publishing('Free Coffee', { preventDuplicates: 'off', options: { count: 3 } });
		const { items } = await runVoucherify(sandbox, parameters, customers(2));
		expect(items).toHaveLength(2);
		const codes = items.flatMap(({ json }) => json.codes as string[]);
		expect(new Set(codes).size).toBe(6);
		expect(incentiveOf(items[0]?.json ?? {})).toMatchObject({ code: codes[0], campaign: 'Free Coffee' });
		expect(bodies()).toContainEqual({
			campaign: { name: 'Free Coffee', count: 3 },
			customer: { source_id: 'customer-000001' },
		});
	});
});

describe('Bad input is refused before anything is sent', () => {
	test.each([
		['no customer', { customer: located('sourceId', '={{ $json.nobody }}') }, '"Customer" is empty'],
		['no campaign', { campaign: located('list', '={{ $json.nothing }}') }, '"Campaign" is empty'],
		['a count of 0', { preventDuplicates: 'off', options: { count: 0 } }, '"Count" is 0'],
		['a count of 51', { preventDuplicates: 'off', options: { count: 51 } }, '"Count" is 51'],
		['several codes with a key', { options: { count: 2 } }, '"Count" is 2'],
		['an own key that is empty', { preventDuplicates: 'ownKey', ownKey: ' ' }, '"Key" is empty'],
		['metadata that is no object', { options: { metadata: '[1]' } }, '"Metadata" is "[1]"'],
	])('%s', async (_what, parameters, message) => {
		const { error } = await runVoucherify(sandbox, publishing('Free Coffee', parameters), customers(1));
		expect(error?.message).toContain(message);
		expect(sandbox.log.entries()).toHaveLength(0);
	});

	test('a campaign that does not exist is named, and asked for once', async () => {
		const { error, failed } = await runVoucherify(sandbox, publishing('Winter / Sale'), customers(20), {
			onError: 'continueErrorOutput',
		});
		expect(error).toBeUndefined();
		expect(failed).toHaveLength(20);
		expect(failureOf(failed[19]).message).toBe('Voucherify has no campaign "Winter / Sale"');
		expect(sandbox.log.entries()).toHaveLength(1);
	});

	test('a promotion has no codes, and says so', async () => {
		const { error } = await runVoucherify(sandbox, publishing('Summer Happy Hour'), customers(1));
		expect(error?.message).toContain('is a promotion, which has no codes');
		expect(posts()).toHaveLength(0);
	});
});

/** Simplified items have these besides what the raw answer has. */
function withoutOwn(simple: object): object {
	return Object.fromEntries(
		Object.entries(simple)
			.filter(([name]) => !['campaign', 'code'].includes(name))
			.map(([name, value]) => [name, value as unknown]),
	);
}
