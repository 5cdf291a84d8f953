import type { IDataObject } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { codesOf, customers, failureOf, jsonOf, publishing, requests, runVoucherify } from './voucherify.mts';

/** Voucherify's documentation says both of a repeated `source_id`: that it gives the first code back, and that it is an error. */
const MODES = ['return', 'refuse'] as const;
const sandboxes = new Map<(typeof MODES)[number], Sandbox>();
const sandboxOf = (mode: (typeof MODES)[number]): Sandbox => {
	const sandbox = sandboxes.get(mode);
	if (sandbox === undefined) throw new Error('The sandbox is not started');
	return sandbox;
};
beforeAll(async () => {
	for (const mode of MODES) sandboxes.set(mode, await startSandbox({ duplicateSourceId: mode }));
});
beforeEach(() => sandboxes.forEach((sandbox) => sandbox.reset()));
afterAll(
	async () => await Promise.all([...sandboxes.values()].map(async (sandbox) => await sandbox.close())),
);

const published = (sandbox: Sandbox) => sandbox.voucherify.state.publications.count;

describe.each(MODES)('The same publication again, where Voucherify would %s it', (mode) => {
	test.each([true, false])(
		'a second run gives identical items and hands out no new code (Simplify: %s)',
		async (simple) => {
			const sandbox = sandboxOf(mode);
			const parameters = publishing('Welcome Gift Card', { simple, options: { channel: 'Braze' } });
			const first = await runVoucherify(sandbox, parameters, customers(12));
			const second = await runVoucherify(sandbox, parameters, customers(12), { executionId: '2' });
			expect(second.error).toBeUndefined();
			expect(jsonOf(second.items)).toEqual(jsonOf(first.items));
			expect(published(sandbox)).toBe(12);
		},
	);

	test('the same customer twice in one input gets one code', async () => {
		const sandbox = sandboxOf(mode);
		const { items, error } = await runVoucherify(sandbox, publishing('Free Coffee'), [
			...customers(3),
			...customers(3),
		]);
		expect(error).toBeUndefined();
		expect(new Set(codesOf(items)).size).toBe(3);
		expect(jsonOf(items.slice(3))).toEqual(jsonOf(items.slice(0, 3)));
		expect(published(sandbox)).toBe(3);
	});

	test.each(['reset', 'truncate', 'notJson', 'status'] as const)(
		'an answer that is lost after Voucherify acted (%s) costs no second code',
		async (kind) => {
			const sandbox = sandboxOf(mode);
			const fault = {
				service: 'voucherify',
				method: 'POST',
				path: '/v1/publications',
				when: 'after',
			} as const;
			sandbox.faults.add(
				kind === 'status' ? { ...fault, kind, status: 502, times: 2 } : { ...fault, kind, times: 2 },
			);
			const { items, error } = await runVoucherify(sandbox, publishing('Free Coffee'), customers(4));
			expect(error).toBeUndefined();
			expect(new Set(codesOf(items)).size).toBe(4);
			expect(published(sandbox)).toBe(4);
			expect(requests(sandbox, 'POST', '/v1/publications')).toHaveLength(6);
		},
	);

	test('by execution, another execution hands out another code and a retried one does not', async () => {
		const sandbox = sandboxOf(mode);
		const parameters = publishing('Free Coffee', { preventDuplicates: 'execution' });
		const codes = [];
		for (const executionId of ['7', '7', '8']) {
			codes.push(...codesOf((await runVoucherify(sandbox, parameters, customers(1), { executionId })).items));
		}
		expect(codes[1]).toBe(codes[0]);
		expect(codes[2]).not.toBe(codes[0]);
		const [body] = requests(sandbox, 'POST', '/v1/publications').map(
			({ requestBody }) => requestBody as IDataObject,
		);
		// The instance is part of the key: another n8n that works with the same project has an execution 7 of its own.
		expect(body?.source_id).toMatch(/^execution-[0-9a-f]{12}-7:camp_\w+:customer-000001$/);
	});

	test('by own key, the same key gives the same code and another key another one', async () => {
		const sandbox = sandboxOf(mode);
		const parameters = publishing('Free Coffee', { preventDuplicates: 'ownKey', ownKey: '={{ $json.key }}' });
		const customer = 'customer-000001';
		const input = [
			{ customer, key: 'spring 1' },
			{ customer, key: 'autumn 1' },
			{ customer, key: 'spring 1' },
		];
		const codes = codesOf((await runVoucherify(sandbox, parameters, input)).items);
		expect(codes[2]).toBe(codes[0]);
		expect(codes[1]).not.toBe(codes[0]);
	});

	test('an own key that stands for another customer or campaign fails instead of giving away their code', async () => {
		const sandbox = sandboxOf(mode);
		const byKey = { preventDuplicates: 'ownKey', ownKey: 'spring' };
		await runVoucherify(sandbox, publishing('Free Coffee', byKey), customers(1));
		const other = await runVoucherify(sandbox, publishing('Free Coffee', byKey), customers(1, 2));
		expect(other.error?.message).toContain('The key "spring" was used for customer "customer-000001" before');
		const elsewhere = await runVoucherify(sandbox, publishing('10 Euro Off', byKey), customers(1));
		expect(elsewhere.error?.message).toContain('The key "spring" was used for campaign "Free Coffee" before');
	});

	test('a campaign that customers can join once gives the first code back without a key, whatever prevents duplicates', async () => {
		const sandbox = sandboxOf(mode);
		for (const campaign of ['One per Customer', 'Loyalty Club']) {
			const codes = new Set<string>();
			for (const more of [
				{},
				{ preventDuplicates: 'execution' },
				{ preventDuplicates: 'off' },
				{ preventDuplicates: 'ownKey', ownKey: 'k' },
			]) {
				const { items, error } = await runVoucherify(sandbox, publishing(campaign, more), customers(1));
				expect(error).toBeUndefined();
				codesOf(items).forEach((code) => codes.add(code));
			}
			expect(codes.size).toBe(1);
		}
		const bodies = requests(sandbox, 'POST', '/v1/publications').map(
			({ requestBody }) => requestBody as IDataObject,
		);
		expect(bodies.some((body) => 'source_id' in body)).toBe(false);
	});

	test('a lost answer of such a campaign is asked for again', async () => {
		const sandbox = sandboxOf(mode);
		sandbox.faults.add({ service: 'voucherify', method: 'POST', kind: 'reset', when: 'after', times: 1 });
		const { items, error } = await runVoucherify(sandbox, publishing('Loyalty Club'), customers(1));
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(published(sandbox)).toBe(1);
	});

	test('with duplicates off, a lost answer is not asked for again and the failure says that a code may be out', async () => {
		const sandbox = sandboxOf(mode);
		sandbox.faults.add({ service: 'voucherify', method: 'POST', kind: 'reset', when: 'after', times: 1 });
		const parameters = publishing('Free Coffee', { preventDuplicates: 'off' });
		const { items } = await runVoucherify(sandbox, parameters, customers(1), {
			onError: 'continueRegularOutput',
		});
		expect(items).toHaveLength(1);
		expect(failureOf(items[0])).toMatchObject({ uncertain: true });
		expect(published(sandbox)).toBe(1);
		expect(requests(sandbox, 'POST', '/v1/publications')).toHaveLength(1);
	});
});

test('a key that Voucherify knows and does not list fails with what to do', async () => {
	const sandbox = sandboxOf('refuse');
	await runVoucherify(sandbox, publishing('Free Coffee'), customers(1));
	const nothing = { object: 'list', data_ref: 'publications', publications: [], total: 0 };
	sandbox.faults.add({
		service: 'voucherify',
		method: 'GET',
		path: '/v1/publications',
		kind: 'status',
		status: 200,
		body: nothing,
	});
	const { error } = await runVoucherify(sandbox, publishing('Free Coffee'), customers(1));
	expect(error?.message).toContain('exists already, and does not list it');
	expect(error?.description).toContain('Run the item again');
});
