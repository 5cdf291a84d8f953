import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { failureOf, jsonOf, located, requests, runVoucherify } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ asyncMs: 30 });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const UPSERT = '/v1/customers/bulk/async';
const state = () => sandbox.voucherify.state;

function upserting(more: INodeParameters = {}): INodeParameters {
	return { resource: 'customer', operation: 'upsertBulk', data: 'item', ...more };
}

function importing(more: INodeParameters = {}): INodeParameters {
	return {
		resource: 'campaign',
		operation: 'importVouchers',
		campaign: located('name', 'Sold Out'),
		code: '={{ $json.code }}',
		...more,
	};
}

describe('Customers are upserted in bulk', () => {
	test('100,000 in at most 12 requests, and 3 bad ones come back as those 3 items', async () => {
		const large = await startSandbox({ customers: 0, asyncMs: 30 });
		try {
			const bad = [7, 50_000, 99_999];
			const items = Array.from({ length: 100_000 }, (_, n): IDataObject => ({
				source_id: `bulk-${n}`,
				name: bad.includes(n) ? n : `Customer ${n}`,
				email: `customer-${n}@example.com`,
				address: { city: 'Warsaw', country: 'PL', line_1: '12 Long Street', postal_code: '00-950' },
				metadata: { tier: 'gold', favourite: 'coffee', note: 'x'.repeat(500) },
			}));
			const {
				items: done,
				failed,
				error,
			} = await runVoucherify(large, upserting(), items, {
				onError: 'continueErrorOutput',
			});
			expect(error).toBeUndefined();
			expect(requests(large, 'POST', UPSERT).length).toBeLessThanOrEqual(12);
			expect(large.voucherify.state.customers.count).toBe(99_997);
			expect(done).toHaveLength(99_997);
			expect(failed.map(({ json }) => json.source_id)).toEqual(bad.map((n) => `bulk-${n}`));
			expect(failureOf(failed[0]).message).toContain('Voucherify refused the row');
		} finally {
			await large.close();
		}
	}, 120_000);

	test('from the form: expressions, empty fields left out', async () => {
		const { error } = await runVoucherify(
			sandbox,
			upserting({
				data: 'form',
				sourceId: '={{ $json.id }}',
				fields: { name: '={{ $json.name }}', email: '', city: 'Paris', metadata: '={{ $json.custom }}' },
			}),
			[{ id: 'a', name: 'Ada', custom: { tier: 'gold' } }],
		);
		expect(error).toBeUndefined();
		expect(requests(sandbox, 'POST', UPSERT)[0]?.requestBody).toEqual([
			{ source_id: 'a', name: 'Ada', address: { city: 'Paris' }, metadata: { tier: 'gold' } },
		]);
		expect(state().customers.get('a').city).toBe('Paris');
	});

	test('when the answer is lost, they are sent again', async () => {
		sandbox.faults.add({ service: 'voucherify', path: UPSERT, kind: 'reset', when: 'after', times: 1 });
		const { items, error } = await runVoucherify(sandbox, upserting(), [{ source_id: 'a' }]);
		expect(error).toBeUndefined();
		expect(jsonOf(items)).toEqual([{ source_id: 'a' }]);
	});

	test('what is too large for Voucherify is sent in halves', async () => {
		const body = { statusCode: 413, error: 'Request Entity Too Large', message: 'Payload too large' };
		sandbox.faults.add({ service: 'voucherify', path: UPSERT, kind: 'status', status: 413, body, times: 1 });
		const { error } = await runVoucherify(
			sandbox,
			upserting(),
			[1, 2, 3].map((n) => ({ source_id: `c-${n}` })),
		);
		expect(error).toBeUndefined();
		const sizes = requests(sandbox, 'POST', UPSERT).map(({ requestBody }) => (requestBody as []).length);
		expect(sizes).toEqual([3, 2, 1]);
	});

	test('an item without source ID is refused by itself, and the others go on', async () => {
		const { items, failed } = await runVoucherify(sandbox, upserting(), [{ name: 'x' }, { source_id: 'b' }], {
			onError: 'continueErrorOutput',
		});
		expect(jsonOf(items)).toEqual([{ source_id: 'b' }]);
		expect(failureOf(failed[0]).message).toContain('finds no "source_id"');
	});

	test('work that takes longer than the longest wait fails, and says where to go on', async () => {
		const slow = await startSandbox({ asyncMs: 60_000 });
		try {
			const parameters = upserting({ options: { longestWaitForResult: 0.01 } });
			const { error } = await runVoucherify(slow, parameters, [{ source_id: 'a' }]);
			expect(error?.message).toMatch(/async action aa_\w+ is not done/);
			expect(error?.description).toContain('Wait For');
		} finally {
			await slow.close();
		}
	});
});

describe('Metadata is updated in bulk', () => {
	const updating = (more: INodeParameters): INodeParameters => ({
		resource: 'customer',
		operation: 'updateMetadataBulk',
		sourceId: '={{ $json.id }}',
		metadata: '{"tier": "gold"}',
		...more,
	});

	test('of customers: the same for all; unknown ones fail by themselves', async () => {
		const { items, failed } = await runVoucherify(
			sandbox,
			updating({}),
			[{ id: 'customer-000001' }, { id: 'nobody' }, { id: 'customer-000003' }],
			{ onError: 'continueErrorOutput' },
		);
		expect(jsonOf(items)).toEqual([{ id: 'customer-000001' }, { id: 'customer-000003' }]);
		expect(failed.map(({ json }) => json.id)).toEqual(['nobody']);
		expect(requests(sandbox, 'POST', '/v1/customers/metadata/async')).toHaveLength(1);
		expect(state().customers.get('customer-000003').fields.metadata).toMatchObject({ tier: 'gold' });
	});

	test('metadata that differs from item to item is refused before anything is sent', async () => {
		const { error } = await runVoucherify(sandbox, updating({ metadata: '={{ $json.custom }}' }), [
			{ id: 'customer-000001', custom: { a: 1 } },
			{ id: 'customer-000002', custom: { a: 2 } },
		]);
		expect(error?.message).toContain('is not the same as that of the first item');
		expect(sandbox.log.entries()).toHaveLength(0);
	});

	test('of vouchers: each its own', async () => {
		const { error } = await runVoucherify(
			sandbox,
			{
				resource: 'voucher',
				operation: 'updateMetadataBulk',
				code: '={{ $json.code }}',
				set: 'own',
				metadata: '={{ $json.custom }}',
			},
			[{ code: 'HELLO10', custom: { a: 1 } }],
		);
		expect(error).toBeUndefined();
		expect(state().campaigns.getVoucher('HELLO10').traits.metadata).toMatchObject({ a: 1 });
	});
});

describe('Vouchers are imported into a campaign', () => {
	test('codes that exist come back as failed items, and the others are there', async () => {
		const { items, failed } = await runVoucherify(
			sandbox,
			importing(),
			[{ code: 'NEW-1' }, { code: 'HELLO10' }, { code: 'NEW-2' }],
			{ onError: 'continueErrorOutput' },
		);
		expect(jsonOf(items)).toEqual([{ code: 'NEW-1' }, { code: 'NEW-2' }]);
		expect(failed.map(({ json }) => json.code)).toEqual(['HELLO10']);
		expect(failureOf(failed[0]).message).toContain('already exists');
		expect(state().campaigns.getVoucher('NEW-2').stock).toBe(state().campaigns.get('Sold Out').vouchers);
	});

	test('an import whose answer is lost is not sent again, and fails as uncertain', async () => {
		const path = '/v1/campaigns';
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path,
			kind: 'reset',
			when: 'after',
			times: 1,
		});
		const { error } = await runVoucherify(sandbox, importing(), [{ code: 'NEW-1' }]);
		expect(error).toBeDefined();
		expect(requests(sandbox, 'POST', '/v1/campaigns/Sold%20Out/import')).toHaveLength(1);
	});

	test('another campaign for one of the items is refused before anything is sent', async () => {
		const parameters = importing({ campaign: located('name', '={{ $json.campaign }}') });
		const { error } = await runVoucherify(sandbox, parameters, [
			{ code: 'A', campaign: 'Sold Out' },
			{ code: 'B', campaign: 'Newsletter Codes' },
		]);
		expect(error?.message).toContain('"Campaign" is not that of the first item');
		expect(sandbox.log.entries()).toHaveLength(0);
	});
});
