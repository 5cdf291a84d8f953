import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { VoucherifyTrigger } from '../../nodes/VoucherifyTrigger/VoucherifyTrigger.node';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { CAUSES, CUSTOMER } from '../contract/voucherify-cause-cases.mts';
import { located, publishing, runVoucherify, voucherifyCredential } from '../nodes/voucherify.mts';
import { serveTrigger } from '../nodes/webhook-server.mts';
import { voucherifyCall } from '../sandbox/voucherify-call.mts';
import { readTemplate, runTemplate } from './template.mts';

const template = readTemplate('08-events-to-braze.json');
const [trigger] = template.nodes;
const listened = trigger?.parameters.events as string[];
/** Sent by distributions only; what both send would arrive twice. */
const DISTRIBUTED = ['customer.reward_redemptions.created', 'customer.reward_redemptions.completed'];

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ customers: 10, codes: 10 });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const eventsOf = (external_id: string) => sandbox.braze.state.getUser({ external_id })?.events ?? [];

/** The items that the template's trigger gives while something happens. */
async function received(happens: () => Promise<unknown>): Promise<INodeExecutionData[]> {
	const served = await serveTrigger({
		node: new VoucherifyTrigger(),
		parameters: trigger?.parameters ?? {},
		credentials: { voucherifyApi: voucherifyCredential(sandbox) },
	});
	const { webhooks } = sandbox.voucherify.state;
	try {
		webhooks.addTarget(
			'project',
			served.url,
			undefined,
			listened.filter((type) => !DISTRIBUTED.includes(type)),
		);
		webhooks.addTarget('distribution', served.url, 'To Braze', DISTRIBUTED);
		await happens();
		await webhooks.settled();
		return served.executions.flat();
	} finally {
		await served.close();
	}
}

/** Lets a cause happen, and runs the template with what its trigger received. */
async function cause(title: string): Promise<void> {
	const call = voucherifyCall(sandbox);
	const found = CAUSES.find((known) => known.title === title);
	if (found === undefined) throw new Error(`There is no cause "${title}"`);
	await call('POST', '/v1/customers', { ...CUSTOMER, name: 'Ada' });
	await found.before?.(call);
	const items = await received(() => found.act(call));
	const { data } = await runTemplate(template, sandbox, items);
	expect(data.resultData.error?.message).toBeUndefined();
}

describe('Redemptions and points → Braze events, by webhooks', () => {
	const EVENTS: Readonly<Record<string, readonly [cause: string, properties: IDataObject]>> = {
		'redemption.succeeded': ['a code that is redeemed', { value: '20%', order_amount: 40 }],
		'redemption.failed': ['a redemption that is refused', { code: expect.stringMatching(/^SUMMER-/) }],
		'redemption.rollback.succeeded': ['a redemption that is rolled back', { balance: 25 }],
		'redemption.rollback.failed': ['a redemption that is rolled back again', {}],
		'publication.succeeded': ['a reward that is a code', { code: expect.any(String) }],
		'customer.rewarded': ['a reward that is redeemed', {}],
		'customer.reward_redemptions.completed': ['a reward that is redeemed', {}],
		'customer.rewarded.loyalty_points': ['a custom event that earns points', {}],
	};

	test.each(Object.entries(EVENTS))('%s', async (event, [title, properties]) => {
		await cause(title);
		const arrived = eventsOf(CUSTOMER.source_id).filter(({ name }) => name === `voucherify.${event}`);
		expect(arrived).toHaveLength(1);
		expect({ ...arrived[0]?.properties }).toMatchObject({ event_id: expect.any(String), ...properties });
	});

	test('customer.reward_redemptions.created', async () => {
		const items = await received(async () =>
			sandbox.voucherify.state.webhooks.emit({
				type: 'customer.reward_redemptions.created',
				audience: 'distribution',
				idPrefix: 'evcrr_',
				entityId: 'rr_1',
				data: () => ({ customer: { object: 'customer', ...CUSTOMER }, reward: { id: 'rew_1', name: 'Mug' } }),
			}),
		);
		expect((await runTemplate(template, sandbox, items)).data.resultData.error?.message).toBeUndefined();
		expect(eventsOf(CUSTOMER.source_id)).toMatchObject([
			{ name: 'voucherify.customer.reward_redemptions.created' },
		]);
	});

	test('covers all that the trigger listens to', () => {
		const covered = [...Object.keys(EVENTS), 'customer.reward_redemptions.created'];
		expect([...listened].sort()).toEqual(covered.sort());
	});
});

describe('Redemptions and points → Braze events, told by another workflow', () => {
	/** Runs a step of the workflow that tells, and the template with what came out and the customer. */
	async function told(parameters: INodeParameters, customer: string): Promise<void> {
		const { items } = await runVoucherify(sandbox, parameters, [{ customer }], {
			onError: 'continueRegularOutput',
		});
		expect(items).toHaveLength(1);
		const input = items.map(({ json }) => ({ json: { ...json, source_id: customer } }));
		const { data } = await runTemplate(template, sandbox, input, 'When another workflow tells');
		expect(data.resultData.error?.message).toBeUndefined();
	}
	const validating = (code: string): INodeParameters => ({
		resource: 'validation',
		operation: 'validate',
		redeemables: { redeemable: [{ object: 'voucher', id: code }] },
		customer: located('sourceId', '={{ $json.customer }}'),
		onRefusal: 'passOn',
		simple: true,
	});

	test('validation.succeeded', async () => {
		await told(validating('HELLO10'), 'customer-000001');
		expect(eventsOf('customer-000001')).toMatchObject([
			{ name: 'voucherify.validation.succeeded', properties: { code: 'HELLO10' } },
		]);
	});

	test('validation.failed', async () => {
		await told(validating('NO-SUCH-CODE'), 'customer-000001');
		expect(eventsOf('customer-000001')).toMatchObject([
			{ name: 'voucherify.validation.failed', properties: { reason: expect.any(String) } },
		]);
	});

	test('publication.failed', async () => {
		await told(publishing('Sold Out'), 'customer-000001');
		expect(eventsOf('customer-000001')).toMatchObject([
			{ name: 'voucherify.publication.failed', properties: { reason: expect.any(String) } },
		]);
	});
});
