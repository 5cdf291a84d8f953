import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { Customer } from '../../sandbox/voucherify/customer.mts';
import { failureOf, jsonOf, located, requests, runVoucherify } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const CUSTOMERS = '/v1/customers';
const state = () => sandbox.voucherify.state;
const segmentId = (name: string) => state().segments.all.find((segment) => segment.name === name)?.id ?? '';
const idsOf = (rows: readonly IDataObject[]) => rows.map(({ source_id: id }) => id);

function getMany(parameters: INodeParameters = {}): INodeParameters {
	return {
		resource: 'customer',
		operation: 'getAll',
		from: 'all',
		returnAll: true,
		simple: true,
		...parameters,
	};
}

function ofSegment(id: string, parameters: INodeParameters = {}): INodeParameters {
	return getMany({ from: 'segment', segment: located('id', id), ...parameters });
}

async function rows(
	parameters: INodeParameters,
	input: readonly IDataObject[] = [{}],
): Promise<IDataObject[]> {
	const { items, error } = await runVoucherify(sandbox, parameters, input);
	expect(error).toBeUndefined();
	return jsonOf(items);
}

describe('Get Many lists customers', () => {
	test('all of them, the oldest first, each once', async () => {
		const found = await rows(getMany());
		expect(idsOf(found)).toEqual(state().customers.ordered.map(({ sourceId }) => sourceId));
	});

	test('as many as the limit says, with no request more than needed', async () => {
		for (const limit of [1, 50, 100]) {
			sandbox.log.clear();
			expect(await rows(getMany({ returnAll: false, limit }))).toHaveLength(limit);
			expect(requests(sandbox, 'GET', CUSTOMERS)).toHaveLength(1);
		}
	});

	test('the members of a segment alone', async () => {
		const found = await rows(ofSegment(segmentId('VIP')));
		expect(idsOf(found)).toEqual(
			Array.from({ length: 10 }, (_, n) => `customer-${String(n * 10 + 1).padStart(6, '0')}`),
		);
	});

	test('an empty segment gives nothing, and one that does not exist an error', async () => {
		const nobody = state().segments.add('Nobody', { type: 'static', ids: new Set() }, [], 0);
		expect(await rows(ofSegment(nobody.id))).toEqual([]);
		const { error } = await runVoucherify(sandbox, ofSegment('seg_nothing'));
		expect(error?.message).toContain('Voucherify has no such object');
		expect(error?.message).toContain('seg_nothing');
	});

	test('a segment by its name, looked up once a run', async () => {
		const named = getMany({ from: 'segment', segment: located('name', 'VIP') });
		expect(await rows(named, [{}, {}, {}])).toHaveLength(30);
		expect(requests(sandbox, 'GET', '/v1/segments')).toHaveLength(1);
	});

	test.each([
		['that no segment has', 'vip', 'Voucherify has no segment "vip"', 'upper and lower case'],
		['that several have', 'Twins', 'Voucherify has 2 segments "Twins"', 'seg_'],
	])('a name %s: nothing is listed, and the error says what to do', async (_what, name, message, remedy) => {
		for (const at of [1, 2]) state().segments.add('Twins', { type: 'static', ids: new Set() }, [], at);
		const named = getMany({ from: 'segment', segment: located('name', name) });
		const { error } = await runVoucherify(sandbox, named);
		expect(error?.message).toContain(message);
		expect(error?.description).toContain(remedy);
		expect(requests(sandbox, 'GET', CUSTOMERS)).toHaveLength(0);
	});

	test('created after a moment: only the newer ones', async () => {
		const [third] = state().customers.ordered.slice(-3);
		const createdAfter = new Date(third?.createdAt ?? 0).toISOString();
		const found = await rows(getMany({ filters: { createdAfter } }));
		expect(idsOf(found)).toEqual(['customer-000099', 'customer-000100']);
		const ofNew = await rows(ofSegment(segmentId('New customers'), { filters: { createdAfter } }));
		expect(idsOf(ofNew)).toEqual(['customer-000099', 'customer-000100']);
	});

	test('filters go along as Voucherify names them', async () => {
		const filters = {
			city: 'Paris',
			email: 'a@b.example',
			name: 'Ada',
			updatedBefore: '2026-01-02T03:04:05+01:00',
		};
		await rows(getMany({ filters }));
		const { searchParams } = new URL(
			requests(sandbox, 'GET', CUSTOMERS)[0]?.path ?? '',
			sandbox.voucherify.url,
		);
		expect(Object.fromEntries(searchParams)).toEqual({
			city: 'Paris',
			email: 'a@b.example',
			name: 'Ada',
			'updated_at[before]': '2026-01-02T02:04:05.000Z',
			order: 'created_at',
			limit: '100',
		});
	});

	test('a filter that is no moment is refused before anything is sent', async () => {
		const { error } = await runVoucherify(sandbox, getMany({ filters: { createdAfter: 'yesterday' } }));
		expect(error?.message).toContain('"Created After" is "yesterday"');
		expect(sandbox.log.entries()).toHaveLength(0);
	});

	test('raw data on request', async () => {
		const [raw] = await rows(getMany({ returnAll: false, limit: 1, simple: false }));
		expect(raw).toHaveProperty('summary.orders.total_count');
		const [simple] = await rows(getMany({ returnAll: false, limit: 1 }));
		expect(simple).not.toHaveProperty('summary');
		expect(raw).toMatchObject(simple ?? {});
	});

	test('a page that gets no answer is asked for again', async () => {
		sandbox.faults.add({ service: 'voucherify', method: 'GET', path: CUSTOMERS, kind: 'reset', times: 2 });
		expect(await rows(getMany())).toHaveLength(100);
	});

	test('fewer than announced: the hint says so', async () => {
		const { customers } = state();
		const body = {
			object: 'list',
			data_ref: 'customers',
			customers: [customers.get('customer-000001').toCustomer('')],
			total: 4,
			has_more: false,
		};
		sandbox.faults.add({
			service: 'voucherify',
			method: 'GET',
			path: CUSTOMERS,
			kind: 'status',
			status: 200,
			body,
		});
		const { items, hints } = await runVoucherify(sandbox, getMany());
		expect(items).toHaveLength(1);
		expect(hints[0]?.message).toContain('Voucherify announced 3 more customers than it then listed');
	});
});

describe('Customers that were created at the same moment', () => {
	const IMPORTED = 25_000;
	const GROUP = 150;
	let large: Sandbox;
	beforeAll(async () => {
		large = await startSandbox({ customers: 0 });
		const { customers, segments } = large.voucherify.state;
		const start = Date.UTC(2026, 0, 1);
		for (let n = 0; n < IMPORTED; n++) {
			const at = start + Math.floor(n / GROUP) * 1_000;
			customers.seed(new Customer(`cust_${n}`, `imported-${n}`, { metadata: {} }, at));
		}
		const everybody = { type: 'passive', filter: {}, includes: () => true } as const;
		segments.add('Imported', everybody, customers.ordered, start);
	});
	afterAll(async () => await large.close());

	test.each(['all', 'segment'])(
		'25,000 in groups of 150 across page borders: each once (%s)',
		async (from) => {
			const { state: project } = large.voucherify;
			const imported = project.segments.all.find(({ name }) => name === 'Imported')?.id ?? '';
			const parameters = getMany(from === 'all' ? {} : { from, segment: located('list', imported) });
			const { items, error, hints } = await runVoucherify(large, parameters);
			expect(error).toBeUndefined();
			expect(idsOf(jsonOf(items))).toEqual(Array.from({ length: IMPORTED }, (_, n) => `imported-${n}`));
			expect(hints[0]?.message).not.toContain('announced');
		},
	);
});

describe('Create or Update', () => {
	const upsert = (parameters: INodeParameters = {}): INodeParameters => ({
		resource: 'customer',
		operation: 'upsert',
		sourceId: '={{ $json.id }}',
		simple: true,
		...parameters,
	});

	test('creates a customer with everything that is given, and leaves out what is empty', async () => {
		const fields = {
			name: '={{ $json.name }}',
			email: 'ada@example.com',
			phone: '={{ $json.phone }}',
			city: 'Warsaw',
			postalCode: '00-950',
			line2: '',
			birthdate: '1990-05-17T00:00:00',
			metadata: '{"tier": "gold"}',
		};
		const [customer] = await rows(upsert({ fields }), [{ id: 'new-1', name: 'Ada', phone: null }]);
		expect(requests(sandbox, 'POST', CUSTOMERS)[0]?.requestBody).toEqual({
			source_id: 'new-1',
			name: 'Ada',
			email: 'ada@example.com',
			birthdate: '1990-05-17',
			address: { city: 'Warsaw', postal_code: '00-950' },
			metadata: { tier: 'gold' },
		});
		expect(customer).toMatchObject({ source_id: 'new-1', name: 'Ada', address: { city: 'Warsaw' } });
	});

	test('changes a customer that exists, even when the first answer is lost', async () => {
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: CUSTOMERS,
			kind: 'reset',
			when: 'after',
			times: 1,
		});
		const [customer] = await rows(upsert({ fields: { name: 'Renamed' } }), [{ id: 'customer-000001' }]);
		expect(customer).toMatchObject({ id: state().customers.get('customer-000001').id, name: 'Renamed' });
		expect(state().customers.count).toBe(100);
	});

	test.each([
		['an empty source ID', {}, { id: ' ' }, '"Source ID" is empty'],
		[
			'a birthdate that is none',
			{ fields: { birthdate: '17.5.1990' } },
			{ id: 'x' },
			'"Birthdate" is "17.5.1990"',
		],
		[
			'a day that does not exist',
			{ fields: { birthdate: '1990-02-31' } },
			{ id: 'x' },
			'"Birthdate" is "1990-02-31"',
		],
		['metadata that is no JSON', { fields: { metadata: '{' } }, { id: 'x' }, '"Metadata" is no JSON'],
	])('%s is refused, item by item', async (_what, parameters, item, message) => {
		const { items, failed } = await runVoucherify(sandbox, upsert(parameters), [item], {
			onError: 'continueErrorOutput',
		});
		expect(items).toHaveLength(0);
		expect(failureOf(failed[0]).message).toContain(message);
		expect(sandbox.log.entries()).toHaveLength(0);
	});
});
