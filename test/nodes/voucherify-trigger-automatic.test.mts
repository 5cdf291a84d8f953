import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { VoucherifyManagementApi } from '../../credentials/VoucherifyManagementApi.credentials';
import { VoucherifyTrigger } from '../../nodes/VoucherifyTrigger/VoucherifyTrigger.node';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { describeWithContract, OpenApiContract } from '../contract/contract.mts';
import { problemsOfTraffic } from '../contract/traffic.mts';
import { publicationOf, voucherifyCall } from '../sandbox/voucherify-call.mts';
import { requests } from './voucherify.mts';
import { serveTrigger, type TriggerServer, type TriggerSetup } from './webhook-server.mts';

const CAMPAIGN = 'Summer Sale 20%';

let sandbox: Sandbox;
const servers: TriggerServer[] = [];
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterEach(async () => {
	await Promise.all(servers.splice(0).map(async (server) => await server.close()));
});
afterAll(async () => await sandbox.close());

async function trigger(
	events: INodeParameters['events'] = ['voucher.published'],
	change: ICredentialDataDecryptedObject = {},
	more: Partial<TriggerSetup> = {},
): Promise<TriggerServer> {
	const { url, managementId, managementToken, projectId } = sandbox.voucherify;
	const server = await serveTrigger({
		node: new VoucherifyTrigger(),
		parameters: { webhookSetup: 'automatic', events },
		credentials: {
			voucherifyManagementApi: {
				region: 'custom',
				baseUrl: url,
				managementId,
				managementToken,
				projectId,
				webhookSecret: '',
				...change,
			},
		},
		credentialTypes: [new VoucherifyManagementApi()],
		...more,
	});
	servers.push(server);
	return server;
}

function registered() {
	return sandbox.voucherify.state.webhooks.targets.filter(({ kind }) => kind === 'project');
}

/** Publishes a code, and waits until every webhook has arrived. */
async function publish(customer = 'jane'): Promise<void> {
	const { status } = await voucherifyCall(sandbox)(
		'POST',
		'/v1/publications',
		publicationOf(customer, CAMPAIGN),
	);
	expect(status).toBe(200);
	await sandbox.voucherify.state.webhooks.settled();
}

function webhooksPath(): string {
	return `/management/v1/projects/${sandbox.voucherify.projectId}/webhooks`;
}

describe('The Voucherify Trigger that sets itself up', () => {
	test('registers its own webhook when the workflow is activated, and is started by it, with no secret entered anywhere', async () => {
		const server = await trigger(['voucher.published', 'customer.created']);
		await server.activate();
		expect(registered()).toMatchObject([
			{ url: server.webhookUrl, events: ['voucher.published', 'customer.created'], active: true },
		]);
		await publish();
		const started = server.executions.map(([item]) => item?.json.event);
		expect(started.sort()).toEqual(['customer.created', 'voucher.published']);
	});

	test('registers every event that a webhook can be registered for with Any Event', async () => {
		await (await trigger(['*'])).activate();
		expect(registered()[0]?.events).toHaveLength(61);
	});

	test('removes its webhook when the workflow is deactivated, and no other one, and keeps no secret', async () => {
		const [one, other] = [await trigger(), await trigger()];
		await one.activate();
		await other.activate();
		await one.deactivate();
		expect(registered()).toMatchObject([{ url: other.webhookUrl }]);
		expect(JSON.stringify(one.staticData)).not.toContain(sandbox.voucherify.webhookSecret);
		await publish();
		expect(other.executions).toHaveLength(1);
		expect(one.executions).toEqual([]);
	});

	test('can be deactivated when somebody has removed its webhook in Voucherify', async () => {
		const server = await trigger();
		await server.activate();
		sandbox.voucherify.state.webhooks.removeTarget(String(registered()[0]?.id));
		await expect(server.deactivate()).resolves.toBeUndefined();
	});

	test('takes a webhook for removed that is gone by the time it removes it', async () => {
		const server = await trigger();
		await server.activate();
		const body = { code: 404, key: 'not_found', message: 'Resource not found' };
		sandbox.faults.add({ service: 'voucherify', method: 'DELETE', kind: 'status', status: 404, body });
		await expect(server.deactivate()).resolves.toBeUndefined();
	});

	test('finds its webhook again by its URL after n8n has lost what the workflow kept', async () => {
		const server = await trigger();
		await server.activate();
		const before = registered()[0]?.id;
		delete server.staticData['node:Trigger'];
		await server.activate();
		expect(registered()).toMatchObject([{ id: before }]);
		await publish();
		expect(server.executions).toHaveLength(1);
		delete server.staticData['node:Trigger'];
		await server.deactivate();
		expect(registered()).toEqual([]);
	});

	test('leaves a webhook that is as it should be untouched', async () => {
		const server = await trigger();
		await server.activate();
		sandbox.log.clear();
		await server.activate();
		expect(new Set(sandbox.log.entries().map(({ method }) => method))).toEqual(new Set(['GET']));
	});

	test('puts its webhook right that has other events or was disabled, instead of making a second one', async () => {
		const server = await trigger();
		await server.activate();
		const [webhook] = registered();
		if (webhook === undefined) throw new Error('nothing registered');
		webhook.active = false;
		webhook.events = ['campaign.created', 'voucher.published'];
		await server.activate();
		expect(registered()).toMatchObject([{ id: webhook.id, events: ['voucher.published'], active: true }]);
	});

	test('registers the test URL for a test, and leaves the webhook of the active workflow alone', async () => {
		const active = await trigger();
		await active.activate();
		const testing = await trigger(['voucher.published'], {}, { mode: 'manual' });
		await testing.activate();
		expect(registered().map(({ url }) => url)).toEqual([active.webhookUrl, testing.webhookUrl]);
		expect(testing.webhookUrl).toContain('/webhook-test/');
		await publish();
		expect(testing.executions).toHaveLength(1);
		await testing.deactivate();
		expect(registered()).toMatchObject([{ url: active.webhookUrl }]);
	});

	test('uses the signing secret of the credential when it has one, and does not ask for the project’s', async () => {
		const { webhookSecret, projectId } = sandbox.voucherify;
		const server = await trigger(undefined, { webhookSecret });
		await server.activate();
		expect(requests(sandbox, 'GET', `/management/v1/projects/${projectId}`)).toEqual([]);
		expect(JSON.stringify(server.staticData)).not.toContain(webhookSecret);
		await publish();
		expect(server.executions).toHaveLength(1);
	});

	test.each([
		['is not signed', {}],
		['is signed with something else', { 'x-voucherify-signature': 'a'.repeat(64) }],
	])('still refuses what %s', async (_what, headers) => {
		const server = await trigger();
		await server.activate();
		const response = await fetch(server.webhookUrl, { method: 'POST', body: '{"a":1}', headers });
		expect(response.status).toBe(401);
		expect(server.executions).toEqual([]);
	});

	test('refuses everything once n8n has lost the secret, and says what to do', async () => {
		const server = await trigger();
		await server.activate();
		delete server.staticData['node:Trigger'];
		await publish();
		expect(server.executions).toEqual([]);
		const response = await fetch(server.webhookUrl, { method: 'POST', body: '{"a":1}' });
		expect(await response.json()).toEqual({ message: expect.stringContaining('Deactivate and activate') });
	});
});

describe('The Voucherify Trigger that can’t set itself up', () => {
	test('says which events only distributions send, and what to do for them, and registers nothing', async () => {
		const server = await trigger(['voucher.published', 'customer.segment.entered']);
		await expect(server.activate()).rejects.toMatchObject({
			message: expect.stringContaining('Customer: Segment Entered'),
			description: expect.stringContaining('open Distributions'),
		});
		expect(sandbox.log.entries()).toEqual([]);
	});

	test('says that a token is wrong, without showing it', async () => {
		const server = await trigger(undefined, { managementToken: 'some-wrong-token-123' });
		const error: unknown = await server.activate().catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({
			message: 'Voucherify does not accept these management keys',
			description: expect.stringContaining('Management Token'),
		});
		expect(JSON.stringify(error)).not.toContain('some-wrong-token-123');
	});

	test('says that the plan lacks the Management API, and that it works by hand', async () => {
		sandbox.voucherify.state.management.isIncluded = false;
		const server = await trigger();
		try {
			await expect(server.activate()).rejects.toMatchObject({
				message: 'Your Voucherify plan does not include the Management API',
				description: expect.stringContaining('"Webhook Setup" to "Manual"'),
			});
		} finally {
			sandbox.voucherify.state.management.isIncluded = true;
		}
	});

	test('says that there is no such project', async () => {
		const server = await trigger(undefined, { projectId: 'proj_nobody' });
		await expect(server.activate()).rejects.toMatchObject({
			description: expect.stringContaining('Project ID'),
		});
	});

	test.each([
		['activated', 403],
		['deactivated', 403],
	] as const)('does not pretend to be %s when Voucherify refuses', async (doing, status) => {
		const server = await trigger();
		if (doing === 'deactivated') await server.activate();
		sandbox.faults.add({ service: 'voucherify', path: webhooksPath(), kind: 'status', status, body: {} });
		const work = doing === 'activated' ? server.activate() : server.deactivate();
		await expect(work).rejects.toThrow('may not do that');
		expect(registered()).toHaveLength(doing === 'activated' ? 0 : 1);
	});

	test('refuses to be activated without a secret that Voucherify does not give out', async () => {
		const { projectId } = sandbox.voucherify;
		sandbox.faults.add({
			service: 'voucherify',
			path: `/^.management.v1.projects.${projectId}$/`,
			kind: 'status',
			status: 200,
			body: { id: projectId },
		});
		await expect((await trigger()).activate()).rejects.toMatchObject({
			description: expect.stringContaining('Webhook Signing Secret'),
		});
		expect(registered()).toEqual([]);
	});
});

describeWithContract('voucherify-contract.json', 'What the trigger sends to set itself up', () => {
	test('is what the contract describes, but for the project’s secret, which it leaves out', async () => {
		const contract = new OpenApiContract('voucherify-contract.json');
		const server = await trigger();
		await server.activate();
		const [webhook] = registered();
		if (webhook !== undefined) webhook.active = false;
		await server.activate();
		await server.deactivate();
		const methods = sandbox.log.entries().map(({ method }) => method);
		expect(methods).toEqual(expect.arrayContaining(['GET', 'POST', 'PUT', 'DELETE']));
		const { projectId } = sandbox.voucherify;
		expect([...new Set(problemsOfTraffic(contract, sandbox))]).toEqual([
			`GET /management/v1/projects/${projectId} is not in the contract`,
		]);
	});
});
