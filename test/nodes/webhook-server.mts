import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRun,
	IWebhookData,
	IWebhookDescription,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalDataFor, engine } from './n8n.mts';

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
	/** What n8n's N8N_PROXY_HOPS says: how many proxies in front of it are to be believed. */
	readonly proxyHops?: number;
	/** The rest of the workflow; its connections name the trigger "Trigger" unless it has another name. */
	readonly following?: Following;
}

/** The nodes behind a trigger. */
export interface Following {
	readonly triggerName?: string;
	readonly nodes: readonly INode[];
	readonly connections: IConnections;
	readonly types: ReadonlyMap<string, INodeType>;
}

/** A workflow that starts with a webhook trigger, on loopback. */
export interface TriggerServer {
	readonly url: string;
	/** The URL that n8n shows for the trigger, where it listens as well. */
	readonly webhookUrl: string;
	/** What the trigger handed to the rest of the workflow, one entry an execution. */
	readonly executions: INodeExecutionData[][];
	/** The whole runs, in the order in which they ended. */
	readonly runs: IRun[];
	/** What the trigger told n8n to do with each request. */
	readonly results: IWebhookResponseData[];
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
	const { following } = setup;
	const typeOf = (name: string): INodeType => {
		const type = name === 'trigger' ? setup.node : following?.types.get(name);
		if (type === undefined) throw new Error(`There is no node type "${name}"`);
		return type;
	};
	const types = { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };
	const credentials = Object.fromEntries(
		Object.keys(setup.credentials).map((type) => [type, { id: type, name: type }]),
	);
	const node: INode = {
		id: 'trigger',
		name: following?.triggerName ?? 'Trigger',
		type: 'trigger',
		typeVersion: Number(setup.node.description.version),
		position: [0, 0],
		webhookId: 'webhook-id',
		parameters: setup.parameters,
		credentials,
	};
	const nodes = [node, ...(following?.nodes ?? []).map((other) => ({ ...other, credentials }))];
	const workflow = new wf.Workflow({
		id: 'workflow',
		name: 'Test',
		active: true,
		nodeTypes: types,
		settings: { executionOrder: 'v1' },
		nodes,
		connections: following?.connections ?? {},
	});
	const executions: INodeExecutionData[][] = [];
	const runs: IRun[] = [];
	const results: IWebhookResponseData[] = [];
	const webhookDescription = setup.node.description.webhooks?.[0];
	if (webhookDescription === undefined) throw new Error('The node has no webhook');

	/** n8n reads these from expressions as well. */
	const described = (property: keyof IWebhookDescription): string | undefined => {
		const value = workflow.expression.getSimpleParameterValue(
			node,
			webhookDescription[property],
			'internal',
			{},
		);
		return value === undefined ? undefined : String(value);
	};

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
	const surroundings = await additionalDataFor(core, { ...setup, mode });
	const additionalData = (request?: Request, response?: Response): IWorkflowExecuteAdditionalData =>
		({
			...surroundings,
			webhookBaseUrl: `${origin()}/webhook`,
			webhookTestBaseUrl: `${origin()}/webhook-test`,
			httpRequest: request,
			httpResponse: response,
		}) as unknown as IWorkflowExecuteAdditionalData;

	const run = async (workflowData: INodeExecutionData[][]): Promise<IRun> => {
		const data = wf.createRunExecutionData({
			executionData: { nodeExecutionStack: [{ node, data: { main: workflowData }, source: null }] },
		});
		const done = await new core.WorkflowExecute(additionalData(), mode, data).processRunExecutionData(
			workflow,
		);
		executions.push(done.data.resultData.runData[node.name]?.[0]?.data?.main?.[0] ?? []);
		runs.push(done);
		return done;
	};

	const app = express();
	if (setup.proxyHops !== undefined) app.set('trust proxy', setup.proxyHops);
	app.all(['/hook', '/webhook/{*path}', '/webhook-test/{*path}'], async (request, response) => {
		if (!described('httpMethod')?.split(',').includes(request.method)) {
			response.status(404).json({ message: 'This webhook is not registered' });
			return;
		}
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
		if (result !== undefined) results.push(result);
		if (result?.workflowData === undefined) {
			if (result?.noWebhookResponse !== true) response.json(result?.webhookResponse);
			return;
		}
		const done = await run(result.workflowData);
		if (described('responseMode') !== 'lastNode') {
			if (done.data.resultData.error) throw done.data.resultData.error;
			response.json(result.webhookResponse);
			return;
		}
		// n8n sets this header before each answer, which fails if one was sent already.
		const [status, body] = answerOfRun(done);
		response.status(status);
		response.setHeader('content-security-policy', 'sandbox');
		response.json(body);
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
		runs,
		results,
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

/** What n8n answers for a run when a webhook waits for the items of its last node. */
function answerOfRun({ data: { resultData } }: IRun): [status: number, body: unknown] {
	const last = resultData.lastNodeExecuted;
	const task = last === undefined ? undefined : resultData.runData[last]?.at(-1);
	if (resultData.error ?? task?.error) return [500, { message: 'Error in workflow' }];
	if (task === undefined)
		return [200, { message: 'Workflow executed successfully but the last node did not return any data' }];
	return [200, (task.data?.main?.[0] ?? []).map(({ json }) => json)];
}
