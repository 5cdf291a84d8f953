import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from '../sandbox/voucherify-call.mts';
import { startReceiver, type WebhookReceiver } from '../sandbox/webhook-receiver.mts';
import { describeWithContract, readJson, SchemaFile } from './contract.mts';

const EVENTS = 'voucherify-events.json';
const EXAMPLES = 'voucherify-event-examples.json';

let sandbox: Sandbox;
let call: VoucherifyCall;
let receiver: WebhookReceiver;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = voucherifyCall(sandbox);
	receiver = await startReceiver();
	for (const kind of ['project', 'distribution'] as const) {
		sandbox.voucherify.state.webhooks.addTarget(kind, receiver.url, 'Code to Braze');
	}
});
beforeEach(() => {
	receiver.received.length = 0;
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});

describeWithContract(EVENTS, "Voucherify's events as their schemas describe them", () => {
	let schemas: SchemaFile;
	beforeAll(() => {
		schemas = new SchemaFile(EVENTS);
	});

	test('publications, customers and segments send what the schemas allow', async () => {
		await call('POST', '/v1/customers', { source_id: 'eve', name: 'Eve', email: 'eve@example.com' });
		await call('POST', '/v1/customers', { name: 'Without source_id' });
		await call('PUT', '/v1/customers/eve', { phone: '+48', metadata: { a: 1 } });
		const campaigns = ['Summer Sale 20%', '10 Euro Off', 'Free Coffee', 'Welcome Gift Card', 'Loyalty Club'];
		for (const name of [...campaigns, 'Refer a Friend', 'Hello Everybody']) {
			await call('POST', '/v1/publications', publicationOf('eve', name));
		}
		await call('POST', '/v1/publications', {
			customer: { source_id: 'eve' },
			campaign: { name: 'Last Codes', count: 2 },
		});
		await call('DELETE', '/v1/customers/eve');
		await sandbox.voucherify.state.webhooks.settled();
		const types = receiver.received.map(({ body }) => checkEnvelope(body));
		expect(new Set(types)).toEqual(
			new Set([
				'customer.created',
				'customer.updated',
				'customer.deleted',
				'customer.segment.entered',
				'customer.segment.left',
				'publication.succeeded',
				'voucher.published',
				'customer.publication.succeeded',
			]),
		);
		expect(types.filter((type) => type === 'voucher.published')).toHaveLength(9);
	});

	test('every official example of a type that projects or distributions hear can be sent', async () => {
		const { events } = readJson(EVENTS);
		const examples = Object.keys(readJson(EXAMPLES).data).filter((type) =>
			events[type].kinds.some((kind: string) => kind === 'project' || kind === 'distribution'),
		);
		expect(examples.length).toBeGreaterThan(30);
		for (const type of examples) {
			expect((await call('POST', '/_sandbox/events', { type })).status).toBe(202);
		}
		await sandbox.voucherify.state.webhooks.settled();
		const types = receiver.received.map(({ body }) => checkEnvelope(body));
		expect(new Set(types)).toEqual(new Set(examples));
	});

	/** Checks an envelope and its payload, and returns the type of the event. */
	function checkEnvelope(body: Record<string, unknown>): string {
		const source = Object(body['source']);
		const type = String(Object(body['event']).type);
		const kind = source.object === 'webhook' ? 'project' : 'distribution';
		expect([type, schemas.problems(['envelope', kind], body)]).toEqual([type, '']);
		expect([type, schemas.problems(['events', type, 'data'], body['data'])]).toEqual([type, '']);
		expect(body['type']).toBe(kind === 'project' ? type : 'Code to Braze');
		return type;
	}
});
