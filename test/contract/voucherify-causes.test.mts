import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { webhookSignature } from '../../sandbox/voucherify/webhook-signature.mts';
import { type VoucherifyCall, voucherifyCall } from '../sandbox/voucherify-call.mts';
import { startReceiver, type WebhookReceiver } from '../sandbox/webhook-receiver.mts';
import { describeWithContract, SchemaFile } from './contract.mts';
import { CAUSES, CUSTOMER } from './voucherify-cause-cases.mts';

const EVENTS = 'voucherify-events.json';

let sandbox: Sandbox;
let call: VoucherifyCall;
let receiver: WebhookReceiver;

beforeAll(async () => {
	sandbox = await startSandbox({ customers: 10, codes: 10 });
	call = voucherifyCall(sandbox);
	receiver = await startReceiver();
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});

describeWithContract(EVENTS, 'Calls of the API and the webhooks that they cause', () => {
	let schemas: SchemaFile;
	beforeAll(() => {
		schemas = new SchemaFile(EVENTS);
	});

	test.each([...CAUSES])('$title is told by signed webhooks that the schemas allow', async (cause) => {
		sandbox.reset();
		receiver.received.length = 0;
		const { webhooks } = sandbox.voucherify.state;
		await call('POST', '/v1/customers', { ...CUSTOMER, name: 'Ada', email: 'ada@example.com' });
		await cause.before?.(call);
		for (const kind of ['project', 'distribution'] as const) {
			webhooks.addTarget(kind, receiver.url, 'To Braze');
		}
		await cause.act(call);
		await webhooks.settled();

		for (const { headers, text, body } of receiver.received) {
			expect(headers['x-voucherify-signature']).toBe(
				webhookSignature(text, sandbox.voucherify.webhookSecret),
			);
			const type = typeOf(body);
			const kind = isOf('project', body) ? 'project' : 'distribution';
			expect([type, schemas.problems(['envelope', kind], body)]).toEqual([type, '']);
			expect([type, schemas.problems(['events', type, 'data'], body['data'])]).toEqual([type, '']);
			if (kind === 'distribution' && cause.data !== undefined) expect(body['data']).toMatchObject(cause.data);
		}
		expect(typesOf('distribution')).toEqual([...cause.distribution].sort());
		expect(typesOf('project')).toEqual([...cause.project].sort());
	});
});

/** Types of the events that arrived; the order of arrival is left to the network. */
function typesOf(kind: 'project' | 'distribution'): string[] {
	const bodies = receiver.received.map(({ body }) => body).filter((body) => isOf(kind, body));
	return bodies.map(typeOf).sort();
}

function typeOf(body: Record<string, unknown>): string {
	return String(Object(body['event']).type);
}

function isOf(kind: 'project' | 'distribution', body: Record<string, unknown>): boolean {
	return (Object(body['source']).object === 'webhook') === (kind === 'project');
}
