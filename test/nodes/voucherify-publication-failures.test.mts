import type { IDataObject } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import {
	codesOf,
	customers,
	failureOf,
	located,
	publishing,
	requests,
	runVoucherify,
} from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const posts = () => requests(sandbox, 'POST', '/v1/publications');
const state = () => sandbox.voucherify.state;
const onePerItem = { requestSettings: { concurrency: 1, longestWait: 1 } };

describe('Good and bad items in one run', () => {
	/** Items 1 and 3 name a customer ID that does not exist. */
	const mixed: IDataObject[] = [
		'customer-000001',
		'cust_nobody',
		'customer-000002',
		'cust_noone',
		'customer-000003',
	].map((customer) => ({ customer }));
	const parameters = publishing('Free Coffee', {
		customer: located('list', '={{ $json.customer }}'),
		...onePerItem,
	});

	test('with the error output, bad items leave there with their own reason and the others get their codes', async () => {
		const { items, failed, error } = await runVoucherify(sandbox, parameters, mixed, {
			onError: 'continueErrorOutput',
		});
		expect(error).toBeUndefined();
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }, { item: 4 }]);
		expect(failed.map(({ json }) => json.customer)).toEqual(['cust_nobody', 'cust_noone']);
		expect(failureOf(failed[0]).message).toBe('Voucherify has no customer with the ID "cust_nobody"');
		expect(failureOf(failed[1]).message).toContain('cust_noone');
		expect(state().publications.count).toBe(3);
	});

	test('with "Continue", bad items keep their place in the output', async () => {
		const { items } = await runVoucherify(sandbox, parameters, mixed, { onError: 'continueRegularOutput' });
		expect(items.map(({ json }) => typeof json.error)).toEqual([
			'undefined',
			'object',
			'undefined',
			'object',
			'undefined',
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 3, 4].map((item) => ({ item })));
	});

	test('with "Stop", the error names the item and what had been done, and no more is sent', async () => {
		const { error } = await runVoucherify(sandbox, parameters, mixed, { onError: 'stopWorkflow' });
		expect(error?.message).toContain('[item 1]');
		expect(error?.message).toContain('1 item had already succeeded (0)');
		expect(error?.message).toContain('3 items were not started');
		expect(error?.context.itemIndex).toBe(1);
		expect(state().publications.count).toBe(1);
	});
});

describe('A campaign that is out of codes', () => {
	test('says what to do', async () => {
		const { error } = await runVoucherify(sandbox, publishing('Sold Out'), customers(1));
		expect(error?.message).toContain('Sold Out');
		expect(error?.description).toContain('no code left to hand out');
	});

	test('fails the remaining items at once, without a request for each', async () => {
		const { items, failed } = await runVoucherify(
			sandbox,
			publishing('Last Codes', onePerItem),
			customers(50),
			{
				onError: 'continueErrorOutput',
			},
		);
		expect(items).toHaveLength(3);
		expect(failed).toHaveLength(47);
		for (const item of failed)
			expect(failureOf(item).message).toContain('Campaign Last Codes has no voucher left');
		expect(posts()).toHaveLength(4);
		expect(requests(sandbox, 'GET', '/v1/publications')).toHaveLength(1);
	});

	test('still gives their old code to customers who have one, wherever they come in the input', async () => {
		const campaign = publishing('Last Codes', onePerItem);
		const first = await runVoucherify(sandbox, campaign, customers(3));
		const everybody = [...customers(20, 4), ...customers(3)];
		const again = await runVoucherify(sandbox, campaign, everybody, {
			onError: 'continueErrorOutput',
			executionId: '2',
		});
		expect(codesOf(again.items)).toEqual(codesOf(first.items));
		expect(again.items.map(({ pairedItem }) => pairedItem)).toEqual([20, 21, 22].map((item) => ({ item })));
		expect(again.failed).toHaveLength(20);
		// Three from the first run, the one that finds the campaign empty, and the three that get their codes back.
		expect(posts()).toHaveLength(7);
	});

	test('without keys nothing is looked up', async () => {
		const parameters = publishing('Last Codes', { ...onePerItem, preventDuplicates: 'off' });
		const { failed } = await runVoucherify(sandbox, parameters, customers(20), {
			onError: 'continueErrorOutput',
		});
		expect(failed).toHaveLength(17);
		expect(posts()).toHaveLength(4);
		expect(requests(sandbox, 'GET', '/v1/publications')).toHaveLength(0);
	});

	test('other campaigns of the run go on', async () => {
		const parameters = publishing('', { ...onePerItem, campaign: located('name', '={{ $json.campaign }}') });
		const input = customers(8).map((item, n) => ({
			...item,
			campaign: n % 2 === 0 ? 'Sold Out' : 'Free Coffee',
		}));
		const { items, failed } = await runVoucherify(sandbox, parameters, input, {
			onError: 'continueErrorOutput',
		});
		expect(items).toHaveLength(4);
		expect(failed).toHaveLength(4);
	});

	test('several codes at once that are not there say nothing about single ones', async () => {
		const parameters = publishing('Last Codes', {
			...onePerItem,
			preventDuplicates: 'off',
			options: { count: '={{ $json.count }}' },
		});
		const input = [4, 1, 2].map((count) => ({ customer: 'customer-000001', count }));
		const { items, failed } = await runVoucherify(sandbox, parameters, input, {
			onError: 'continueErrorOutput',
		});
		expect(failed.map(({ json }) => json.count)).toEqual([4]);
		expect(items).toHaveLength(2);
	});
});

describe('Trouble on the way', () => {
	test('wrong keys: says which credential to check, without showing it', async () => {
		const secretKey = 'wrong-secret-key-of-the-test';
		const { error, run } = await runVoucherify(sandbox, publishing('Free Coffee'), customers(1), {
			credential: { secretKey },
		});
		expect(error?.message).toContain('Voucherify does not accept these keys');
		expect(error?.description).toContain('Application ID');
		expect(JSON.stringify(run)).not.toContain(secretKey);
	});

	test('an unreachable host: names it', async () => {
		const closed = await startSandbox();
		await closed.close();
		const { error } = await runVoucherify(
			sandbox,
			publishing('Free Coffee', { requestSettings: { tries: 2, longestWait: 1 } }),
			customers(1),
			{
				credential: { baseUrl: closed.voucherify.url },
			},
		);
		expect(error?.message).toContain(
			`Voucherify could not be reached at ${new URL(closed.voucherify.url).host}`,
		);
		expect(error?.message).toContain('nothing listens there');
	});

	test('429 with the wait that it asks for: tried again, nothing handed out twice', async () => {
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: '/v1/publications',
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '0', 'x-rate-limit-type': 'api_calls' },
			body: { code: 429, message: 'Too many requests hit the API too quickly.' },
			times: 3,
		});
		const { items, error } = await runVoucherify(sandbox, publishing('Free Coffee'), customers(5));
		expect(error).toBeUndefined();
		expect(new Set(codesOf(items)).size).toBe(5);
		expect(posts()).toHaveLength(8);
		expect(state().publications.count).toBe(5);
	});

	test('another change under way: tried again, also without a key, since Voucherify did nothing', async () => {
		const body = { code: 400, key: 'multiple_requests', message: 'Multiple requests' };
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			kind: 'status',
			status: 400,
			body,
			times: 1,
		});
		const { items, error } = await runVoucherify(
			sandbox,
			publishing('Free Coffee', { preventDuplicates: 'off' }),
			customers(1),
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(posts()).toHaveLength(2);
	});

	test('a used-up quota of the billing cycle: fails with what it is', async () => {
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '86400', 'x-rate-limit-type': 'api_calls_cycle' },
		});
		const { error } = await runVoucherify(sandbox, publishing('Free Coffee'), customers(1));
		expect(error?.message).toContain('billing cycle are used up');
		expect(posts()).toHaveLength(1);
	});

	test('secrets that Voucherify repeats in an answer do not come out', async () => {
		const { secretKey, webhookSecret } = sandbox.voucherify;
		const body = {
			code: 400,
			key: 'invalid_payload',
			message: `Bad ${secretKey}`,
			details: `and ${webhookSecret}`,
		};
		sandbox.faults.add({ service: 'voucherify', method: 'POST', kind: 'status', status: 400, body });
		for (const onError of ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const) {
			const { run, error, items, failed } = await runVoucherify(
				sandbox,
				publishing('Free Coffee'),
				customers(1),
				{ onError },
			);
			expect(JSON.stringify([error?.message, items, failed])).toContain('[hidden]');
			expect(JSON.stringify(run)).not.toContain(secretKey);
			expect(JSON.stringify(run)).not.toContain(webhookSecret);
		}
	});
});

test('10,000 customers get 10,000 codes, none twice, in 10,001 requests, and the last thousand the same ones when run again', async () => {
	sandbox.log.clear();
	const first = await runVoucherify(sandbox, publishing('Summer Sale 20%'), customers(10_000));
	expect(first.error).toBeUndefined();
	const codes = codesOf(first.items);
	expect(new Set(codes).size).toBe(10_000);
	expect(sandbox.log.totals).toEqual({ 'GET /v1/campaigns/:campaignId': 1, 'POST /v1/publications': 10_000 });
	const again = await runVoucherify(sandbox, publishing('Summer Sale 20%'), customers(1_000, 9_001), {
		executionId: '2',
	});
	expect(codesOf(again.items)).toEqual(codes.slice(9_000));
	expect(state().publications.count).toBe(10_000);
}, 120_000);
