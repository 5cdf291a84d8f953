import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from './voucherify-call.mts';

let sandbox: Sandbox;
let call: VoucherifyCall;

beforeAll(async () => {
	sandbox = await startSandbox({ customers: 5, codes: 10 });
	call = voucherifyCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function cardOf(campaign: string): Promise<string> {
	const { data } = await call('POST', '/v1/publications', publicationOf('holder', campaign));
	return `/v1/vouchers/${encodeURIComponent(data.voucher.code)}`;
}

test('a gift card adds up what it is given, in cents, and its list of transactions says so', async () => {
	const card = await cardOf('Welcome Gift Card');
	const added = await call('POST', `${card}/balance`, {
		amount: 1000,
		source_id: 'refund-1',
		reason: 'Sorry',
	});
	expect(added.data).toMatchObject({
		amount: 1000,
		total: 3500,
		balance: 3500,
		type: 'gift_voucher',
		operation_type: 'MANUAL',
		object: 'balance',
	});
	const removed = await call('POST', `${card}/balance`, { amount: -500 });
	expect([removed.data.amount, removed.data.balance]).toEqual([-500, 3000]);
	const { data: voucher } = await call('GET', card);
	expect(voucher.gift).toMatchObject({ amount: 3500, subtracted_amount: 500, balance: 3000 });
	const { data: transactions } = await call('GET', `${card}/transactions`);
	expect(transactions.data).toMatchObject([
		{ type: 'CREDITS_REMOVAL', source_id: null, details: { balance: { amount: -500, balance: 3000 } } },
		{ type: 'CREDITS_ADDITION', source_id: 'refund-1', reason: 'Sorry', voucher_id: voucher.id },
	]);
});

test('a loyalty card counts points', async () => {
	const card = await cardOf('Loyalty Club');
	const added = await call('POST', `${card}/balance`, { amount: 7 });
	expect(added.data).toMatchObject({ amount: 7, total: 107, balance: 107, type: 'loyalty_card' });
	const { data: voucher } = await call('GET', card);
	expect(voucher.loyalty_card).toMatchObject({ points: 107, balance: 107, next_expiration_points: 107 });
});

test('the same source_id credits twice: the call is not idempotent', async () => {
	const card = await cardOf('Welcome Gift Card');
	for (let i = 0; i < 2; i++) await call('POST', `${card}/balance`, { amount: 100, source_id: 'same' });
	expect((await call('GET', card)).data.gift.balance).toBe(2700);
});

test('a card never goes below zero, and a discount has no balance', async () => {
	const card = await cardOf('Welcome Gift Card');
	const tooMuch = await call('POST', `${card}/balance`, { amount: -2501 });
	expect([tooMuch.status, (await call('GET', card)).data.gift.balance]).toEqual([400, 2500]);
	expect((await call('POST', '/v1/vouchers/HELLO10/balance', { amount: 1 })).status).toBe(400);
	expect((await call('POST', `${card}/balance`, { amount: 0 })).status).toBe(400);
	expect((await call('POST', `${card}/balance`, { amount: 1.5 })).status).toBe(400);
});

test('the cursor walks through all transactions of a card and of its campaign, each once', async () => {
	const card = await cardOf('Welcome Gift Card');
	for (let amount = 1; amount <= 25; amount++) await call('POST', `${card}/balance`, { amount });
	const campaign = `/v1/campaigns/${encodeURIComponent('Welcome Gift Card')}`;
	for (const path of [`${card}/transactions`, `${campaign}/transactions`]) {
		const amounts: number[] = [];
		for (let cursor = ''; ;) {
			const { data: page } = await call('GET', `${path}?limit=10&order=id${cursor}`);
			for (const { details } of page.data) amounts.push(details.balance.amount);
			if (!page.has_more) break;
			cursor = `&starting_after_id=${page.more_starting_after}`;
		}
		expect(amounts).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
	}
});

test('an export of transactions holds those of its card and no others', async () => {
	const card = await cardOf('Welcome Gift Card');
	const other = await cardOf('Welcome Gift Card');
	await call('POST', `${card}/balance`, { amount: 300, reason: 'one, two' });
	await call('POST', `${other}/balance`, { amount: 400 });
	const { data } = await call('POST', `${card}/transactions/export`, {
		parameters: { fields: ['type', 'amount', 'reason'] },
	});
	sandbox.clock.advance(300);
	const { data: done } = await call('GET', `/v1/exports/${data.id}`);
	expect([done.status, done.result.url]).toEqual(['DONE', data.result.url]);
	const { pathname, search } = new URL(data.result.url);
	expect((await call('GET', pathname + search)).data).toBe(
		'Type,Amount,Reason\nCREDITS_ADDITION,300,"one, two"\n',
	);
});
