import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { inferSchema } from './inferred-schema.mts';
import { customers, jsonOf, located, publishing, runVoucherify } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
	for (const campaign of CAMPAIGNS) await runVoucherify(sandbox, publishing(campaign), customers(1));
});
afterAll(async () => await sandbox.close());

/** Campaigns that give every kind of code. */
const CAMPAIGNS = [
	'Summer Sale 20%',
	'10 Euro Off',
	'Free Coffee',
	'Welcome Gift Card',
	'Loyalty Club',
	'Refer a Friend',
];
const FOLDER = join(process.cwd(), 'nodes/Voucherify/__schema__/v1.0.0');

const getMany = (resource: string): INodeParameters => ({
	resource,
	operation: 'getAll',
	returnAll: true,
	simple: true,
	from: 'all',
	order: 'created_at',
});

const OPERATIONS: ReadonlyArray<readonly [string, INodeParameters]> = [
	['campaign/getAll', getMany('campaign')],
	['customer/getAll', getMany('customer')],
	[
		'customer/upsert',
		{
			resource: 'customer',
			operation: 'upsert',
			sourceId: 'customer-000001',
			fields: {
				description: 'Met at the fair',
				birthdate: '1990-05-17',
				line1: '12 Long Street',
				line2: 'Apartment 3',
				postalCode: '00-950',
				city: 'Warsaw',
				state: 'Mazowieckie',
				country: 'PL',
			},
			simple: true,
		},
	],
	['publication/create', publishing('', { campaign: located('name', '={{ $json.campaign }}') })],
	['publication/getAll', getMany('publication')],
	['segment/getAll', getMany('segment')],
];

// With WRITE_SCHEMAS=1 the files are written instead of checked.
test.each(OPERATIONS)('the output schema of %s describes what comes out', async (operation, parameters) => {
	const isCreate = operation === 'publication/create';
	const input = isCreate ? CAMPAIGNS.map((campaign) => ({ ...customers(1)[0], campaign })) : [{}];
	const { items } = await runVoucherify(sandbox, parameters, input);
	const schema = { ...inferSchema(jsonOf(items)), version: 1 };
	const file = join(FOLDER, `${operation}.json`);
	if (process.env['WRITE_SCHEMAS'] === '1') {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
	}
	expect(existsSync(file)).toBe(true);
	expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
});
