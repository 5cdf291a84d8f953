import type { INodeParameters } from 'n8n-workflow';
import type { LogEntry } from '../../sandbox/common/request-log.mts';
import { startSandbox } from '../../sandbox/sandbox.mts';
import { customers, located, publishing, runVoucherify } from '../nodes/voucherify.mts';
import { describeWithContract, OpenApiContract } from './contract.mts';

const CONTRACT = 'voucherify-contract.json';

/** Every operation of the Voucherify node, with everything that its form can send. */
const OPERATIONS: ReadonlyArray<readonly [string, INodeParameters]> = [
	[
		'a publication',
		publishing('Free Coffee', { options: { channel: 'Braze', metadata: '{"mailing": "spring"}' } }),
	],
	['a publication by ID', publishing('Free Coffee', { customer: located('id', '={{ $json.id }}') })],
	[
		'a publication of several codes',
		publishing('Free Coffee', { preventDuplicates: 'off', options: { count: 3 } }),
	],
	['a publication of a loyalty card', publishing('Loyalty Club')],
	['a publication of an empty campaign', publishing('Sold Out')],
	[
		'publications',
		{
			resource: 'publication',
			operation: 'getAll',
			returnAll: true,
			order: 'created_at',
			filters: {
				campaign: 'Free Coffee',
				customer: 'customer-000001',
				result: 'SUCCESS',
				sourceId: 'x',
				voucher: 'y',
			},
		},
	],
	[
		'campaigns',
		{
			resource: 'campaign',
			operation: 'getAll',
			returnAll: true,
			filters: { type: 'PROMOTION', status: 'DONE' },
		},
	],
	['segments', { resource: 'segment', operation: 'getAll', returnAll: true }],
	[
		'customers',
		{
			resource: 'customer',
			operation: 'getAll',
			from: 'all',
			returnAll: true,
			filters: {
				city: 'Paris',
				email: 'a@b.example',
				name: 'Ada',
				createdAfter: '2026-01-01',
				createdBefore: '2027-01-01T00:00:00Z',
				updatedAfter: '2026-01-01T00:00:00+01:00',
				updatedBefore: '2027-01-01T00:00:00Z',
			},
		},
	],
	['customers beyond a page', { resource: 'customer', operation: 'getAll', from: 'all', returnAll: true }],
	[
		'the members of a segment',
		{
			resource: 'customer',
			operation: 'getAll',
			from: 'segment',
			segment: located('id', '={{ $json.segment }}'),
			returnAll: true,
		},
	],
	[
		'the members of a segment by its name',
		{
			resource: 'customer',
			operation: 'getAll',
			from: 'segment',
			segment: located('name', 'VIP'),
			returnAll: true,
		},
	],
	[
		'a customer to be created',
		{
			resource: 'customer',
			operation: 'upsert',
			sourceId: 'new-1',
			fields: {
				name: 'Ada',
				email: 'ada@example.com',
				phone: '+48',
				description: 'new',
				birthdate: '1990-05-17T00:00:00',
				line1: 'a',
				line2: 'b',
				postalCode: 'c',
				city: 'd',
				state: 'e',
				country: 'PL',
				metadata: '{"tier": "gold"}',
			},
		},
	],
];

describeWithContract(CONTRACT, 'What the Voucherify node sends is what the contract foresees', () => {
	test.each(OPERATIONS)('%s', async (_what, parameters) => {
		const contract = new OpenApiContract(CONTRACT);
		const sandbox = await startSandbox({ customers: 250, duplicateSourceId: 'refuse' });
		try {
			const { customers: known, segments } = sandbox.voucherify.state;
			const input = [
				{ ...customers(1)[0], id: known.get('customer-000001').id, segment: segments.all[0]?.id },
			];
			for (const executionId of ['1', '2']) {
				await runVoucherify(sandbox, parameters, input, { executionId, onError: 'continueRegularOutput' });
			}
			const entries = sandbox.log.entries();
			expect(entries.length).toBeGreaterThan(1);
			for (const entry of entries) expect(problems(contract, entry, sandbox.voucherify.url)).toBe('');
		} finally {
			await sandbox.close();
		}
	});
});

function problems(
	contract: OpenApiContract,
	{ method, path, requestBody, requestHeaders }: LogEntry,
	url: string,
): string {
	const { pathname, searchParams } = new URL(path, url);
	const template = templateOf(pathname);
	expect(requestHeaders).toMatchObject({
		'x-app-id': expect.any(String) as unknown,
		'x-app-token': expect.any(String) as unknown,
	});
	return [
		contract.problemsOfQuery(method, template, searchParams),
		...(method === 'GET' ? [] : [contract.problemsOfRequest(method, template, requestBody)]),
	]
		.filter((problem) => problem !== '')
		.join('; ');
}

function templateOf(pathname: string): string {
	const [, , resource, id] = pathname.split('/');
	const parameter = {
		campaigns: 'campaignId',
		customers: 'customerId',
		segments: 'segmentId',
		vouchers: 'code',
	}[resource ?? ''];
	return id === undefined ? `/v1/${resource}` : `/v1/${resource}/{${parameter}}`;
}
