import type { INodeParameters } from 'n8n-workflow';
import { EXPORTABLE, EXPORTED_OBJECTS } from '../../nodes/Voucherify/resources/export/exportable';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { describeWithContract, OpenApiContract, readJson } from '../contract/contract.mts';
import { located, runVoucherify } from './voucherify.mts';

const CONTRACT = 'voucherify-contract.json';

/** The schema of a request for an export of one object. */
interface ExportSchema {
	readonly properties: {
		readonly exported_object: { readonly enum: readonly string[] };
		readonly parameters: {
			readonly properties: {
				readonly order: { readonly enum?: readonly string[] };
				readonly fields: { readonly items: { readonly enum?: readonly string[] } };
			};
		};
	};
}

describeWithContract(CONTRACT, 'Exports keep to the contract', () => {
	let sandbox: Sandbox;
	let contract: OpenApiContract;
	beforeAll(async () => {
		contract = new OpenApiContract(CONTRACT);
		sandbox = await startSandbox({ exportMs: 10 });
	});
	beforeEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());

	test.each(EXPORTED_OBJECTS)(
		'the form offers each field and order of %s exports, and no other',
		(object) => {
			const { schemas } = readJson(CONTRACT).components;
			const schema = Object.entries<ExportSchema>(schemas)
				.filter(([name]) => /^Export\w+Base$/.test(name))
				.map(([, each]) => each)
				.find(({ properties }) => properties.exported_object?.enum.includes(object));
			const { order, fields } = schema?.properties.parameters.properties ?? {};
			const both = EXPORTABLE[object].orders.flatMap((name) => [name, `-${name}`]);
			expect(both.sort()).toEqual((order?.enum ?? []).filter((name) => name !== '').sort());
			expect([...EXPORTABLE[object].fields].sort()).toEqual([...(fields?.items.enum ?? [])].sort());
		},
	);

	const filters = '{"junction": "and", "created_at": {"conditions": {"$after": ["2026-01-01"]}}}';
	const OPERATIONS: ReadonlyArray<readonly [string, INodeParameters]> = [
		...EXPORTED_OBJECTS.map((object): readonly [string, INodeParameters] => [
			`an export of everything about a ${object}`,
			{
				operation: 'create',
				exportedObject: object,
				campaign: located('name', 'Last Codes'),
				fields: [...EXPORTABLE[object].fields],
				order: `-${EXPORTABLE[object].orders[0] ?? ''}`,
				filters: object === 'points_expiration' ? '{}' : filters,
			},
		]),
		[
			'an export to a file',
			{
				operation: 'exportToFile',
				campaign: located('name', 'Last Codes'),
				fields: ['code', 'metadata'],
				options: { order: 'code', filters, deleteAfterwards: true },
			},
		],
		['a list of exports', { operation: 'getAll', returnAll: true, order: 'status' }],
	];

	test.each(OPERATIONS)('%s', async (_, parameters) => {
		const { error } = await runVoucherify(sandbox, {
			resource: 'export',
			outputField: 'data',
			...parameters,
		});
		const entries = sandbox.log.entries();
		expect(entries.length).toBeGreaterThan(0);
		for (const { method, path, requestBody } of entries) {
			const { pathname, searchParams } = new URL(path, sandbox.voucherify.url);
			const template = contract.templateOf(method, pathname) ?? '';
			expect(template).not.toBe('');
			expect(contract.problemsOfQuery(method, template, searchParams)).toBe('');
			if (method !== 'GET') expect(contract.problemsOfRequest(method, template, requestBody)).toBe('');
		}
		// The stand-in does not export everything that Voucherify does.
		if (parameters.operation !== 'create') expect(error).toBeUndefined();
	});
});
