import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { credentialsHelper, engine } from './n8n.mts';

export interface TriggerSetup {
	readonly node: INodeType;
	readonly parameters: INodeParameters;
	readonly credentials: Readonly<Record<string, ICredentialDataDecryptedObject>>;
	/** Needed for triggers that call a service. */
	readonly credentialTypes?: readonly ICredentialType[];
	/** `webhook`, the default, is an active workflow; `manual` one that listens for a test event. */
	readonly mode?: WorkflowExecuteMode;
	/** n8n leaves bodies of some types unread until a node asks for them. */
	readonly readsBodies?: boolean;
}

/** A workflow that consists of one webhook trigger, on loopback. */
export interface TriggerServer {
	readonly url: string;
	/** The URL that n8n shows for the trigger, where it listens as well. */
	readonly webhookUrl: string;
	/** What the trigger handed to the rest of the workflow, one entry an execution. */
	readonly executions: INodeExecutionData[][];
	/** What the workflow keeps between executions. */
	readonly staticData: IDataObject;
	/** What n8n does when a user activates the workflow. */
	activate(): Promise<void>;
	/** What n8n does when a user deactivates it. */
	deactivate(): Promise<void>;
	close(): Promise<void>;
}

/**
 * Serves a webhook trigger the way n8n's server does: express reads the body, n8n-core's context runs the node, and its engine the
 * workflow that starts with the items.
 */
export async function serveTrigger(setup: TriggerSetup): Promise<TriggerServer> {
	const { core, workflow: wf } = await engine();
	const mode = setup.mode ?? 'webhook';
	const types = {
		getByName: () => setup.node,
		getByNameAndVersion: () => setup.node,
		getKnownTypes: () => ({}),
	};
	const node: INode = {
		id: 'trigger',
		name: 'Trigger',
		type: 'trigger',
		typeVersion: 1,
		position: [0, 0],
		webhookId: 'webhook-id',
		parameters: setup.parameters,
		credentials: Object.fromEntries(
			Object.keys(setup.credentials).map((type) => [type, { id: type, name: type }]),
		),
	};
	const workflow = new wf.Workflow({
		id: 'workflow',
		name: 'Test',
		active: true,
		nodeTypes: types,
		settings: { executionOrder: 'v1' },
		nodes: [node],
		connections: {},
	});
	const executions: INodeExecutionData[][] = [];
	const webhookDescription = setup.node.description.webhooks?.[0];
	if (webhookDescription === undefined) throw new Error('The node has no webhook');

	// n8n-core's contexts may have workflows without a name, which the interfaces of n8n-workflow don't allow.
	const named = <T extends object>(context: T) =>
		Object.assign(context, {
			getWorkflow: () => ({ id: workflow.id, name: 'Test', active: workflow.active }),
		});
	const webhookData = (additionalData: IWorkflowExecuteAdditionalData): IWebhookData => ({
		httpMethod: 'POST',
		node: node.name,
		path: webhookDescription.path,
		webhookDescription,
		workflowId: 'workflow',
		workflowExecuteAdditionalData: additionalData,
		isTest: mode === 'manual',
	});
	// What n8n's server provides beside the engine; a node that reaches for anything else fails the test.
	const additionalData = (request?: Request, response?: Response): IWorkflowExecuteAdditionalData =>
		({
			executionId: '1',
			credentialsHelper: credentialsHelper(setup),
			hooks: new core.ExecutionLifecycleHooks(mode, '1', {
				id: 'workflow',
				name: 'Test',
				active: true,
				activeVersionId: null,
				isArchived: false,
				createdAt: new Date(),
				updatedAt: new Date(),
				nodes: [node],
				connections: {},
			}),
			variables: {},
			webhookBaseUrl: `${origin()}/webhook`,
			webhookTestBaseUrl: `${origin()}/webhook-test`,
			httpRequest: request,
			httpResponse: response,
			setExecutionStatus: () => {},
			sendDataToUI: () => {},
		}) as unknown as IWorkflowExecuteAdditionalData;

	const run = async (workflowData: INodeExecutionData[][]): Promise<void> => {
		const data = wf.createRunExecutionData({
			executionData: { nodeExecutionStack: [{ node, data: { main: workflowData }, source: null }] },
		});
		const done = await new core.WorkflowExecute(additionalData(), mode, data).processRunExecutionData(
			workflow,
		);
		if (done.data.resultData.error) throw done.data.resultData.error;
		executions.push(done.data.resultData.runData[node.name]?.[0]?.data?.main?.[0] ?? []);
	};

	const app = express();
	app.post(['/hook', '/webhook/{*path}', '/webhook-test/{*path}'], async (request, response) => {
		request.readRawBody = async () => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk);
			request.rawBody = Buffer.concat(chunks);
		};
		const contentType = request.headers['content-type']?.split(';')[0];
		if (contentType !== undefined) request.contentType = contentType;
		if (setup.readsBodies !== false) await request.readRawBody();
		const given = additionalData(request, response);
		const context = named(new core.WebhookContext(workflow, node, given, mode, webhookData(given), [], null));
		const result = await setup.node.webhook?.call(context);
		if (result?.workflowData !== undefined) await run(result.workflowData);
		if (result?.noWebhookResponse !== true) response.json(result?.webhookResponse);
	});
	const server = app.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const hook = (activation: WorkflowActivateMode) => {
		const given = additionalData();
		return named(new core.HookContext(workflow, node, given, mode, activation, webhookData(given)));
	};
	const methods = setup.node.webhookMethods?.default;

	return {
		url: `${origin()}/hook`,
		webhookUrl: String(hook('activate').getNodeWebhookUrl('default')),
		executions,
		staticData: workflow.staticData,
		activate: async () => {
			if ((await methods?.checkExists?.call(hook('activate'))) !== true) {
				await methods?.create?.call(hook('activate'));
			}
		},
		deactivate: async () => {
			await methods?.delete?.call(hook('update'));
		},
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
