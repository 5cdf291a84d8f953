import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestHelper,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRun,
	ITaskData,
	IWorkflowExecuteAdditionalData,
	NodeApiError,
	NodeExecutionHint,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import 'reflect-metadata';

// n8n-core reads its settings from this folder when it is loaded, so it is loaded after this.
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'n8n-test-'));
process.env.N8N_ENCRYPTION_KEY = 'key-of-the-tests';
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'filesystem';
process.env.N8N_LOG_LEVEL = 'error';
process.env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS = 'false';

type Core = typeof import('n8n-core');
type Workflow = typeof import('n8n-workflow');

export interface NodeRun {
	/** Items of the first output. */
	readonly items: INodeExecutionData[];
	/** Items of the error output, for a node that continues with it. */
	readonly failed: INodeExecutionData[];
	/** What stopped the workflow, if anything did. */
	readonly error: NodeApiError | undefined;
	readonly hints: readonly NodeExecutionHint[];
	readonly run: IRun;
}

/** What an execution finds around it. */
export interface Surroundings {
	readonly credentials?: Readonly<Record<string, ICredentialDataDecryptedObject>>;
	readonly credentialTypes?: readonly ICredentialType[];
	readonly mode?: WorkflowExecuteMode;
	readonly executionId?: string;
}

export interface NodeSetup extends Surroundings {
	readonly node: INodeType;
	readonly parameters: INodeParameters;
	/** The input: JSON of each item, or whole items. */
	readonly input?: readonly IDataObject[];
	readonly items?: readonly INodeExecutionData[];
	readonly onError?: INode['onError'];
	readonly retryOnFail?: boolean;
	/** Called when the run has started, with a function that cancels it. */
	readonly started?: (cancel: () => void) => void;
}

/** Executes one node by n8n's own engine: a workflow of a source that gives the input, and the node. */
export async function runNode(setup: NodeSetup): Promise<NodeRun> {
	const { core, workflow: wf } = await engine();
	const types: Record<string, INodeType> = { source: source(setup), subject: setup.node };
	const nodeTypes = {
		getByName: (name: string) => known(types, name),
		getByNameAndVersion: (name: string) => known(types, name),
		getKnownTypes: () => ({}),
	};
	const subject: INode = {
		id: 'subject',
		name: setup.node.description.displayName,
		type: 'subject',
		typeVersion: 1,
		position: [200, 0],
		parameters: setup.parameters,
		credentials: Object.fromEntries(
			Object.keys(setup.credentials ?? {}).map((type) => [type, { id: type, name: type }]),
		),
		...(setup.onError === undefined ? {} : { onError: setup.onError }),
		...(setup.retryOnFail === undefined ? {} : { retryOnFail: setup.retryOnFail, waitBetweenTries: 10 }),
	};
	const workflow = new wf.Workflow({
		id: 'workflow',
		name: 'Test',
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1' },
		nodes: [
			{ id: 'source', name: 'Source', type: 'source', typeVersion: 1, position: [0, 0], parameters: {} },
			subject,
		],
		connections: { Source: { main: [[{ node: subject.name, type: 'main', index: 0 }]] } },
	});
	const additionalData = await additionalDataFor(core, setup);
	const start = workflow.getNode('Source');
	if (start === null) throw new Error('The test workflow has no source');
	const running = new core.WorkflowExecute(additionalData, setup.mode ?? 'manual').run({
		workflow,
		startNode: start,
	});
	setup.started?.(() => running.cancel());
	const run = await running;
	const data = run.data.resultData.runData[subject.name]?.[0];
	return {
		items: data?.data?.main?.[0] ?? [],
		failed: data?.data?.main?.[1] ?? [],
		error: run.data.resultData.error as NodeApiError | undefined,
		hints: data?.hints ?? [],
		run,
	};
}

let loading: Promise<{ core: Core; workflow: Workflow }> | undefined;

/** n8n's engine, loaded once. */
export async function engine(): Promise<{ core: Core; workflow: Workflow }> {
	loading ??= (async () => {
		const core = await import('n8n-core');
		const workflow = await import('n8n-workflow');
		const { Container } = await import('@n8n/di');
		await Container.get(core.BinaryDataService).init();
		// Its timer would keep the test process alive.
		const { SSHClientsManager } = await import('n8n-core/dist/execution-engine/ssh-clients-manager');
		Container.get(SSHClientsManager).onShutdown();
		return { core, workflow };
	})();
	return await loading;
}

function known(types: Readonly<Record<string, INodeType>>, name: string): INodeType {
	const type = types[name];
	if (type === undefined) throw new Error(`The test workflow has no node type "${name}"`);
	return type;
}

function source({ input, items }: NodeSetup): INodeType {
	const output = items ?? (input ?? [{}]).map((json, item) => ({ json, pairedItem: { item } }));
	return {
		description: {
			displayName: 'Source',
			name: 'source',
			group: ['trigger'],
			version: 1,
			description: 'Gives the input of a test',
			defaults: { name: 'Source' },
			inputs: [],
			outputs: ['main'],
			properties: [],
		},
		async execute() {
			return [[...output]];
		},
	};
}

/** n8n's server hands out credentials by this; here they are as they are given. */
export function credentialsHelper({ credentials = {}, credentialTypes = [] }: Surroundings) {
	const typeOf = (name: string) => credentialTypes.find((type) => type.name === name);
	return {
		getParentTypes: (name: string) => typeOf(name)?.extends ?? [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: (name: string) => typeOf(name)?.properties ?? [],
		preAuthentication: async (
			helpers: IHttpRequestHelper,
			decrypted: ICredentialDataDecryptedObject,
			name: string,
			_node: unknown,
			expired: boolean,
		) => {
			const type = typeOf(name);
			const token = type?.properties.find(({ typeOptions }) => typeOptions?.expirable === true)?.name;
			if (token === undefined || (decrypted[token] !== '' && !expired)) return undefined;
			return { ...decrypted, ...(await type?.preAuthentication?.call(helpers, decrypted)) };
		},
		runPreAuthentication: async () => undefined,
		getDecrypted: async (_data: unknown, _node: unknown, type: string) => ({ ...credentials[type] }),
		authenticate: async (decrypted: ICredentialDataDecryptedObject, name: string, options: unknown) => {
			const authenticate = typeOf(name)?.authenticate;
			if (typeof authenticate !== 'function')
				throw new Error(`The credential type ${name} has no authenticate function`);
			return await authenticate(decrypted, options as Parameters<typeof authenticate>[1]);
		},
	};
}

/** What n8n's server provides beside the engine, with credentials as they are given. */
export async function additionalDataFor(
	core: Core,
	setup: Surroundings,
): Promise<IWorkflowExecuteAdditionalData> {
	const hooks = new core.ExecutionLifecycleHooks(setup.mode ?? 'manual', setup.executionId ?? '1', {
		id: 'workflow',
		name: 'Test',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: [],
		connections: {},
	});
	// What n8n's server provides beside the engine; a node that reaches for anything else fails the test.
	return {
		executionId: setup.executionId ?? '1',
		credentialsHelper: credentialsHelper(setup),
		hooks,
		variables: {},
		restApiUrl: '',
		instanceBaseUrl: 'http://localhost/',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		setExecutionStatus: () => {},
		sendDataToUI: () => {},
		logAiEvent: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** The data of a node of a run that must have happened. */
export function taskOf(run: IRun, node: string): ITaskData {
	const task = run.data.resultData.runData[node]?.[0];
	if (task === undefined) throw new Error(`${node} did not run`);
	return task;
}

/** What n8n's engine, and the nodes that it runs, write their log with. */
export async function loggerOfN8n(): Promise<IExecuteFunctions['logger']> {
	let logger: IExecuteFunctions['logger'] | undefined;
	const node: INodeType = {
		description: {
			displayName: 'Looks',
			name: 'looks',
			group: ['transform'],
			version: 1,
			description: 'Finds the logger',
			defaults: { name: 'Looks' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
		},
		async execute() {
			({ logger } = this);
			return [[]];
		},
	};
	await runNode({ node, parameters: {} });
	if (logger === undefined) throw new Error('n8n has no logger');
	return logger;
}
