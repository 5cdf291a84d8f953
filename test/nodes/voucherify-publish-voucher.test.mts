import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { describeWithContract, OpenApiContract } from '../contract/contract.mts';
import { problemsOfTraffic } from '../contract/traffic.mts';
import { customers, located, publishing, runVoucherify } from './voucherify.mts';

const CONTRACT = 'voucherify-contract.json';

/** A code of the campaign "Last Codes" that nobody has. */
async function freeCode({ voucherify }: Sandbox): Promise<string> {
	const headers = { 'x-app-id': voucherify.applicationId, 'x-app-token': voucherify.secretKey };
	const answer = await fetch(`${voucherify.url}/v1/vouchers?campaign=Last%20Codes`, { headers });
	const { vouchers } = (await answer.json()) as { vouchers: Array<{ code: string }> };
	return vouchers[0]?.code ?? '';
}

const publish = (code: string, customer: string) => ({
	resource: 'publication',
	operation: 'publishVoucher',
	voucher: located('code', code),
	customer: located('sourceId', customer),
	options: { channel: 'Braze', metadata: '{"mailing": "spring"}' },
});

describe.each(['return', 'refuse'] as const)('A given code (a repeated key: %s)', (duplicateSourceId) => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ duplicateSourceId });
	});
	afterAll(async () => await sandbox.close());

	test('goes to the customer, once, also when it is published again', async () => {
		const code = await freeCode(sandbox);
		const first = await runVoucherify(sandbox, publish(code, 'customer-000001'), [{}]);
		const again = await runVoucherify(sandbox, publish(code, 'customer-000001'), [{}]);
		expect(first.items[0]?.json).toMatchObject({
			code,
			channel: 'Braze',
			customer: { source_id: 'customer-000001' },
		});
		expect(again.items[0]?.json).toEqual(first.items[0]?.json);
		expect(sandbox.voucherify.state.publications.count).toBe(1);
	});

	test('is refused to another customer', async () => {
		const code = await freeCode(sandbox);
		await runVoucherify(sandbox, publish(code, 'customer-000001'), [{}]);
		const { error } = await runVoucherify(sandbox, publish(code, 'customer-000002'), [{}]);
		expect(error?.description).toContain('belongs to another customer');
	});

	test('is not lost with its answer', async () => {
		sandbox.reset();
		const code = await freeCode(sandbox);
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: '/v1/publications',
			kind: 'reset',
			when: 'after',
			times: 1,
		});
		const { items } = await runVoucherify(sandbox, publish(code, 'customer-000003'), [{}]);
		expect(items[0]?.json.code).toBe(code);
		expect(sandbox.voucherify.state.publications.count).toBe(1);
	});

	describeWithContract(CONTRACT, 'against the contract', () => {
		test('its requests and answers are as described', async () => {
			sandbox.reset();
			await runVoucherify(sandbox, publish(await freeCode(sandbox), 'customer-000001'), [{}]);
			expect(problemsOfTraffic(new OpenApiContract(CONTRACT), sandbox)).toEqual([]);
		});
	});
});

test('several codes come with their details when asked', async () => {
	const sandbox = await startSandbox();
	const parameters = publishing('Summer Sale 20%', {
		preventDuplicates: 'off',
		options: { count: 3, fetchDetails: true },
	});
	const { items } = await runVoucherify(sandbox, parameters, customers(1));
	const { codes, vouchers } = items[0]?.json ?? {};
	expect(vouchers).toHaveLength(3);
	expect((vouchers as Array<{ code: string }>).map(({ code }) => code)).toEqual(codes);
	expect(vouchers).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ discount: expect.objectContaining({ percent_off: 20 }) }),
		]),
	);
	await sandbox.close();
});
