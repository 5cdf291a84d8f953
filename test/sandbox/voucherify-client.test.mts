import { VoucherifyServerSide } from '@voucherify/sdk';
import axios from 'axios';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

function client(secretKey = sandbox.voucherify.secretKey) {
	const { applicationId, url } = sandbox.voucherify;
	return VoucherifyServerSide({ applicationId, secretKey, apiUrl: url });
}

/** The client's own types leave the id of what was created open. */
function idOf(created: object): string {
	return 'id' in created ? String(created.id) : '';
}

test('the client from npm publishes a code and finds it again', async () => {
	const { distributions, vouchers } = client();
	const body = {
		customer: { source_id: 'ada', email: 'ada@example.com' },
		campaign: { name: 'Welcome Gift Card', count: 1 },
		source_id: 'from the client',
		channel: 'Braze',
	};
	const first = await distributions.publications.create(body);
	const again = await distributions.publications.create(body);
	expect(again).toEqual(first);
	const code = 'voucher' in first ? first.voucher.code : undefined;
	expect(code).toMatch(/^GIFT-/);
	const { publications } = await distributions.publications.list({ customer: first.customer_id });
	expect(publications).toMatchObject([{ id: first.id, source_id: 'from the client', voucher: { code } }]);
	expect(await vouchers.get(code ?? '')).toMatchObject({
		gift: { amount: 2500 },
		campaign: 'Welcome Gift Card',
	});
});

test('the client from npm sees errors as errors', async () => {
	const { distributions, customers } = client();
	const soldOut = { customer: { source_id: 'ada' }, campaign: { name: 'Sold Out', count: 1 } };
	await expect(distributions.publications.create(soldOut)).rejects.toMatchObject({
		code: 400,
		key: 'no_voucher_suitable_for_publication',
	});
	await expect(customers.get('nobody')).rejects.toMatchObject({ code: 404, resource_type: 'customer' });
	await expect(client('wrong').customers.get('nobody')).rejects.toMatchObject({ code: 401 });
});

test('the client from npm creates, reads, updates, lists and deletes customers', async () => {
	const { customers } = client();
	const created = await customers.create({ source_id: 'a/b', name: 'Ada', metadata: { plan: 'gold' } });
	expect(created).toMatchObject({ source_id: 'a/b', name: 'Ada' });
	await customers.update({ source_id: 'a/b', name: 'Ada L.' });
	expect(await customers.get('a/b')).toMatchObject({
		id: idOf(created),
		name: 'Ada L.',
		metadata: { plan: 'gold' },
	});
	const page = await customers.list({ limit: 100, order: 'created_at' });
	expect([page.total, page.customers[0]]).toMatchObject([101, { source_id: 'customer-000001' }]);
	await customers.delete('a/b');
	await expect(customers.get('a/b')).rejects.toMatchObject({ code: 404 });
});

test('the client from npm scrolls through all customers when no page ends between ties', async () => {
	const found: string[] = [];
	// The client goes on behind the last instant it saw, which would hide the rest of a tie that a page cuts in two.
	const scroll: AsyncIterable<{ id: string }> = client().customers.scroll({ order: 'created_at', limit: 33 });
	for await (const { id } of scroll) found.push(id);
	expect([found.length, new Set(found).size]).toEqual([100, 100]);
});

test('the client from npm reads campaigns and the vouchers of one', async () => {
	const { campaigns, vouchers } = client();
	const list = await campaigns.list({ limit: 100 });
	expect(list.campaigns.map(({ name }) => name)).toContain('Summer Sale 20%');
	expect(await campaigns.get('Last Codes')).toMatchObject({ type: 'STATIC', vouchers_count: 3 });
	const page = await vouchers.list({ campaign: 'Last Codes', limit: 100 });
	expect(page.vouchers).toHaveLength(3);
});

test('the client from npm exports codes', async () => {
	const { exports: jobs } = client().distributions;
	const job = await jobs.create({ exported_object: 'voucher', parameters: { fields: ['code', 'campaign'] } });
	expect(job.status).toBe('SCHEDULED');
	sandbox.clock.advance(300);
	const done = await jobs.get(job.id);
	expect(done.status).toBe('DONE');
	const { data } = await axios.get(done.result?.url ?? '');
	expect(data.split('\n')[0]).toBe('Code,Campaign');
	expect((await jobs.list({ limit: 10 })).exports).toMatchObject([{ id: job.id }]);
	await jobs.delete(job.id);
	await expect(jobs.get(job.id)).rejects.toMatchObject({ code: 404 });
});

test('the client from npm makes and reads segments', async () => {
	const { segments, customers } = client();
	const ada = await customers.create({ source_id: 'ada' });
	const made = await segments.create({ name: 'Chosen', type: 'static', customers: [idOf(ada)] });
	expect(await segments.get(made.id)).toMatchObject({ name: 'Chosen', type: 'static' });
	const { data } = await segments.list('ada');
	expect(data.map(({ name }) => name)).toContain('Chosen');
	await segments.delete(made.id);
	await expect(segments.get(made.id)).rejects.toMatchObject({ code: 404 });
});

test('the client from npm reads the quota', async () => {
	const limited = await startSandbox({ voucherifyRateLimit: 5 });
	const { applicationId, secretKey, url } = limited.voucherify;
	const voucherify = VoucherifyServerSide({ applicationId, secretKey, apiUrl: url, exposeErrorCause: true });
	await voucherify.campaigns.list();
	const { apiLimitsHandler } = voucherify;
	expect([apiLimitsHandler.getRateLimit(), apiLimitsHandler.getRateLimitRemaining()]).toEqual([5, 4]);
	await limited.close();
});
