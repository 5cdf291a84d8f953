import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { Braze } from '../../nodes/Braze/Braze.node';
import { startSandbox } from '../../sandbox/sandbox.mts';
import { fileOf, itemWithFile, itemWithStoredFile } from './binary.mts';
import { runNode, type NodeRun, type NodeSetup } from './n8n.mts';
import { expectSchema } from './output-schema.mts';
import { toFile } from './exports.mts';
import { jsonOf, publishing, runVoucherify } from './voucherify.mts';

const FIELDS = [
	'code',
	'customer_id',
	'redemption_count',
	'redemption_quantity',
	'active',
	'expiration_date',
];
const HEADER = 'Code,Customer ID,Redemption Count,Redemption Quantity,Active,Expiration Date';
const EXPORT = [
	HEADER,
	'A-1,cust_1,1,1,true,',
	'A-2,cust_2,0,1,true,',
	'A-3,,0,1,false,',
	'A-4,,0,1,true,',
	'A-5,,0,1,true,',
	'',
].join('\n');
const DAY = 24 * 60 * 60 * 1000;

/** Checks the stock, without any credential: nothing is sent. */
async function check(
	items: readonly INodeExecutionData[],
	parameters: INodeParameters = {},
	more: Partial<NodeSetup> = {},
): Promise<NodeRun> {
	return await runNode({
		node: new Braze(),
		parameters: {
			resource: 'promotionCode',
			operation: 'checkStock',
			binaryField: 'data',
			lowCodes: 3,
			lowPercent: 0,
			lowDays: 7,
			...parameters,
		},
		items,
		...more,
	});
}

/** An item with an export, and with the list as it was uploaded. */
const withList = (exported: string, list: string): INodeExecutionData => ({
	json: {},
	binary: { ...itemWithFile(exported).binary, ...itemWithFile(list, 'list.csv', 'list').binary },
});
const hintsOf = ({ hints }: NodeRun) => hints.map(({ message }) => message).join(' ');

describe('Check Stock', () => {
	test('says how many codes can be left at most, and why that is low', async () => {
		const expires = new Date(Date.now() + 3.5 * DAY).toISOString();
		const done = await check([itemWithFile(EXPORT)], { options: { listExpiresAt: expires } });
		expect(done.error).toBeUndefined();
		expect(jsonOf(done.items)).toEqual([
			{
				codes: 5,
				notOnList: 0,
				published: 2,
				redeemed: 1,
				redeemedInFull: 1,
				inactive: 1,
				expired: 0,
				missing: 0,
				messagesSent: 0,
				left: 2,
				leftShare: 0.4,
				expiringBeforeList: 0,
				listExpiresAt: expires,
				daysLeft: 3,
				low: true,
				reasons: ['At most 2 codes are left, fewer than 3', 'The list expires in 3 days, fewer than 7'],
			},
		]);
		expect(done.items[0]?.pairedItem).toEqual({ item: 0 });
		expect(hintsOf(done)).toContain(
			'At most 2 codes of 5 can be left. At most 2 codes are left, fewer than 3',
		);
	});

	test('counts the codes on the uploaded list alone, and takes off what Braze has sent', async () => {
		const { items } = await check([withList(EXPORT, 'A-2\nA-3\nA-4\nA-5\nB-9\n')], {
			options: { listField: 'list', messagesSent: '={{ 2 + 2 }}' },
		});
		expect(items[0]?.json).toMatchObject({
			codes: 5,
			notOnList: 1,
			published: 1,
			redeemed: 0,
			missing: 1,
			messagesSent: 4,
			left: 1,
			low: true,
		});
	});

	test('takes the very files that the nodes for Voucherify and Braze make, on disk', async () => {
		const sandbox = await startSandbox({ exportMs: 20 });
		try {
			const published = await runVoucherify(
				sandbox,
				publishing('Newsletter Codes'),
				Array.from({ length: 40 }, (_, n) => ({ customer: `customer-${String(n + 1).padStart(6, '0')}` })),
			);
			expect(published.error).toBeUndefined();
			const exported = await runVoucherify(sandbox, toFile('Newsletter Codes', { fields: FIELDS }));
			const list = await runNode({
				node: new Braze(),
				parameters: {
					resource: 'promotionCode',
					operation: 'formatList',
					codesFrom: 'file',
					binaryPropertyName: 'data',
				},
				items: exported.items,
			});
			expect(exported.items[0]?.binary?.data?.id).toMatch(/^filesystem/);
			const both = {
				json: {},
				binary: { data: exported.items[0]?.binary?.data, list: list.items[0]?.binary?.data },
			};
			const { items, error } = await check([both as INodeExecutionData], {
				lowCodes: 900,
				options: { listField: 'list' },
			});
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({
				codes: 1_000,
				published: 40,
				missing: 0,
				notOnList: 0,
				left: 960,
				low: false,
			});
			expect((await fileOf(list.items[0])).toString().split('\n')).toHaveLength(1_001);
		} finally {
			await sandbox.close();
		}
	});

	test('checks the list of each item by itself, and goes on when one can not be read', async () => {
		const items = [itemWithFile(EXPORT), itemWithFile('Code\nA\n'), await itemWithStoredFile(EXPORT)];
		const done = await check(items, {}, { onError: 'continueErrorOutput' });
		expect(done.items.map(({ json, pairedItem }) => [json.left, pairedItem])).toEqual([
			[2, { item: 0 }],
			[2, { item: 2 }],
		]);
		expect(done.failed).toHaveLength(1);
		expect(done.failed[0]?.json).toHaveProperty(
			'error.message',
			expect.stringContaining('The file has no column "Customer ID"'),
		);
	});

	test('reads columns that are separated by something else', async () => {
		const { items } = await check([itemWithFile(EXPORT.replaceAll(',', ';'))], {
			options: { delimiter: ';' },
		});
		expect(items[0]?.json).toMatchObject({ codes: 5, left: 2 });
	});

	test.each<[INodeParameters, string]>([
		[{ binaryField: 'file' }, '"Input Binary Field" is "file", and the item has no file there'],
		[{ options: { listField: 'list' } }, '"List Binary Field" is "list", and the item has no file there'],
		[{ options: { messagesSent: -1 } }, '"Messages Sent Since Upload" is -1'],
		[{ options: { listExpiresAt: 'soon' } }, '"List Expires At" is "soon"'],
		[
			{ options: { listExpiresAt: new Date(Date.now() + 190 * DAY).toISOString() } },
			'"List Expires At" is 20',
		],
		[{ lowCodes: -1 }, '"Low Stock Below (Codes)" is -1'],
		[{ lowPercent: 101 }, '"Low Stock Below (Percent)" is 101'],
		[{ lowDays: 185 }, '"Low Stock Before Expiry (Days)" is 185'],
	])('refuses %j', async (parameters, problem) => {
		const { error, items } = await check([itemWithFile(EXPORT)], parameters);
		expect(items).toEqual([]);
		expect(error?.message).toContain(problem);
	});

	test('is described by its output schema', async () => {
		const listExpiresAt = new Date(Date.now() + 3 * DAY).toISOString();
		const { items } = await check([itemWithFile(EXPORT.replace('A-1', 'A-0'))], {
			options: { listExpiresAt },
		});
		expectSchema('Braze', 'promotionCode/checkStock', jsonOf(items));
	});
});
