import type { IDataObject, IRun } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { taskOf } from '../nodes/n8n.mts';
import { failureOf, publishing, runVoucherify } from '../nodes/voucherify.mts';
import { voucherifyCall } from '../sandbox/voucherify-call.mts';
import { readTemplate, runTemplate, type Template } from './template.mts';

let sandbox: Sandbox;
afterEach(async () => await sandbox.close());

/** The items that a node of a run gave, and those of its error output. */
const itemsOf = (run: IRun, node: string, output = 0) => taskOf(run, node).data?.main?.[output] ?? [];

describe('Braze segment', () => {
	const template = readTemplate('09-braze-segment.json');
	const customer = async (sourceId: string) =>
		(await voucherifyCall(sandbox)('GET', `/v1/customers/${sourceId}`)).data as IDataObject;

	test('each user of the segment is a customer afterwards, in one request; who has no external ID is told of', async () => {
		sandbox = await startSandbox({ customers: 3, exportMs: 20, asyncMs: 20 });
		const { state } = sandbox.braze;
		for (let n = 1; n <= 6_000; n++) {
			const external_id = `customer-${String(n).padStart(6, '0')}`;
			state.track({
				attributes: [{ external_id, email: `${n}@braze.example`, first_name: 'Ada', last_name: `No ${n}` }],
			});
		}
		state.track({
			attributes: [
				{
					user_alias: { alias_name: 'a', alias_label: 'shop' },
					_update_existing_only: false,
					email: 'alias@braze.example',
				},
				{ external_id: 'nothing-known', tier: 'gold' },
			],
		});
		const before = await customer('customer-000002');
		const run = await runTemplate(template, sandbox);
		expect(run.data.resultData.error).toBeUndefined();

		expect(itemsOf(run, 'Customers in Voucherify')).toHaveLength(6_001);
		const refused = itemsOf(run, 'Customers in Voucherify', 1);
		expect(refused.map(({ json }) => json.email)).toEqual(['alias@braze.example']);
		expect(failureOf(refused[0]).message).toContain('"Source ID" is empty');
		expect(sandbox.log.totals['POST /v1/customers/bulk/async']).toBe(1);
		expect(sandbox.voucherify.state.customers.count).toBe(6_001);
		// One that Voucherify knew, one that it did not, and one of whom Braze knows nothing else.
		expect(await customer('customer-000002')).toMatchObject({
			id: before.id,
			name: 'Ada No 2',
			email: '2@braze.example',
			metadata: before.metadata,
		});
		expect(await customer('customer-006000')).toMatchObject({
			name: 'Ada No 6000',
			email: '6000@braze.example',
		});
		expect(await customer('nothing-known')).toMatchObject({ source_id: 'nothing-known' });

		await runTemplate(template, sandbox);
		expect(sandbox.voucherify.state.customers.count).toBe(6_001);
	}, 60_000);
});

describe('Low stock', () => {
	const template = readTemplate('10-low-stock.json');

	/** The template with other thresholds. */
	const withStock = (parameters: IDataObject): Template => ({
		...template,
		nodes: template.nodes.map((node) =>
			node.name === 'Check the stock' ? { ...node, parameters: { ...node.parameters, ...parameters } } : node,
		) as Template['nodes'],
	});
	const publish = async (count: number) => {
		const customers = Array.from({ length: count }, (_, n) => ({
			customer: `customer-${String(n + 1).padStart(6, '0')}`,
		}));
		const { error } = await runVoucherify(sandbox, publishing('Newsletter Codes'), customers);
		expect(error).toBeUndefined();
	};

	test('there is no alert as long as there are codes, and one that says why when there are few', async () => {
		sandbox = await startSandbox({ customers: 150, codes: 1_100, exportMs: 20 });
		await publish(50);
		const calm = await runTemplate(template, sandbox);
		expect(calm.data.resultData.error).toBeUndefined();
		expect(itemsOf(calm, 'Check the stock')[0]?.json).toMatchObject({
			codes: 1_100,
			published: 50,
			left: 1_050,
			low: false,
		});
		expect(itemsOf(calm, 'Only when it is low')).toEqual([]);
		expect(calm.data.resultData.runData['The alert']).toBeUndefined();

		await publish(150);
		const low = await runTemplate(template, sandbox);
		expect(low.data.resultData.error).toBeUndefined();
		expect(itemsOf(low, 'The alert').map(({ json }) => json)).toEqual([
			{
				subject: 'Promotion codes are running low: Newsletter Codes',
				text: 'At most 950 codes are left, fewer than 1000. Of 1100 codes, 150 are published and 0 redeemed in Voucherify.',
			},
		]);
		// The exports that have served are gone.
		expect(sandbox.voucherify.state.exports.all).toEqual([]);
	}, 60_000);

	test('there is one as well when messages have used the codes up, or the list is about to expire', async () => {
		sandbox = await startSandbox({ codes: 2_000, exportMs: 20 });
		const listExpiresAt = new Date(Date.now() + 2.5 * 24 * 60 * 60 * 1000).toISOString();
		const run = await runTemplate(withStock({ options: { messagesSent: 1_900, listExpiresAt } }), sandbox);
		expect(itemsOf(run, 'The alert')[0]?.json.text).toContain(
			'At most 100 codes are left, fewer than 1000. At most 5.0 % of the codes are left, less than 10 %. The list expires in 2 days, fewer than 7. ',
		);
	});
});
