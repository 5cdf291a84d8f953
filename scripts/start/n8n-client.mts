// The REST API that n8n's own editor uses, as far as the scripts and end-to-end tests need it.
import { setTimeout as sleep } from 'node:timers/promises';
import axios, { isAxiosError, type AxiosInstance } from 'axios';
import { parse } from 'flatted';

/** The account that owns a local n8n. */
export interface Owner {
	readonly email: string;
	readonly password: string;
	readonly firstName: string;
	readonly lastName: string;
}

/** A node of a workflow, as far as the scripts look at it. */
export interface WorkflowNode {
	readonly name: string;
	readonly type: string;
	readonly disabled?: boolean;
	/** What the address of a webhook is made of, in nodes that have one. */
	readonly webhookId?: string;
	readonly parameters?: object;
	readonly credentials?: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
}

/** A workflow as n8n exports it. */
export interface Workflow {
	readonly name: string;
	readonly nodes: readonly WorkflowNode[];
	readonly [field: string]: unknown;
}

/** A workflow that n8n keeps. */
export interface StoredWorkflow extends Workflow {
	readonly id: string;
	readonly versionId: string;
	readonly isArchived?: boolean;
}

/** An item that a node passed on; of its files, n8n tells where it keeps them. */
export interface NodeItem {
	readonly json: unknown;
	readonly binary?: Readonly<Record<string, { readonly id?: string }>>;
}

/** How often a node ran, and the items it passed on. */
export interface NodeRun {
	readonly executionTime: number;
	readonly error?: { readonly message: string; readonly description?: string };
	readonly data?: { readonly main: ReadonlyArray<readonly NodeItem[] | null> };
}

/** What became of an execution; `error` is the message of the node that stopped it. */
export interface Execution {
	readonly id: string;
	readonly status: string;
	readonly error: string | undefined;
	readonly startedAt: string;
	readonly stoppedAt: string | undefined;
	readonly runs: Readonly<Record<string, readonly NodeRun[]>>;
}

/** An execution in a list, without its items. */
export interface ExecutionSummary {
	readonly id: string;
	readonly status: string;
	/** What started it, for instance `manual` or `webhook`. */
	readonly mode: string;
	readonly stoppedAt: string | null;
}

interface ExecutionData {
	readonly resultData: {
		readonly error?: {
			readonly message: string;
			readonly description?: string;
			readonly node?: { readonly name: string };
		};
		readonly runData?: Readonly<Record<string, readonly NodeRun[]>>;
	};
}

interface StoredExecution {
	readonly status: string;
	readonly startedAt: string;
	readonly stoppedAt?: string | null;
	readonly data: string;
}

const RUNNING = new Set(['new', 'running', 'waiting', 'unknown']);
const LOOK_AGAIN_MS = 200;
/** The most that n8n lists at once; its pages skip some, because it sorts by another field than it continues by. */
const MOST_EXECUTIONS = 100;

/** A session of n8n's owner. Every method rejects with n8n's own message when n8n refuses. */
export class N8nClient {
	readonly #http: AxiosInstance;

	constructor(readonly url: string) {
		this.#http = axios.create({
			baseURL: `${url}/rest`,
			maxBodyLength: Infinity,
			maxContentLength: Infinity,
		});
		this.#http.interceptors.response.use(undefined, (error: unknown) => {
			const message: unknown = isAxiosError(error) ? error.response?.data?.message : undefined;
			if (!isAxiosError(error) || typeof message !== 'string') throw error;
			throw new Error(`n8n refused ${error.config?.method} ${error.config?.url}: ${message}`, {
				cause: error,
			});
		});
	}

	async #get<T>(path: string): Promise<T> {
		return (await this.#http.get<{ data: T }>(path)).data.data;
	}

	async #send<T>(method: 'POST' | 'PATCH', path: string, body: object): Promise<T> {
		return (await this.#http.request<{ data: T }>({ method, url: path, data: body })).data.data;
	}

	/** n8n's own version. */
	async version(): Promise<string> {
		return (await this.#get<{ versionCli: string }>('/settings')).versionCli;
	}

	/** Signs the owner in, after creating the account on a new n8n. */
	async signIn(owner: Owner): Promise<void> {
		const settings = await this.#get<{ userManagement: { showSetupOnFirstLoad: boolean } }>('/settings');
		if (settings.userManagement.showSetupOnFirstLoad) await this.#send('POST', '/owner/setup', owner);
		const { email, password } = owner;
		const login = { emailOrLdapLoginId: email, password };
		const { headers } = await this.#http.post('/login', login);
		const cookies = (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';', 1)[0]);
		this.#http.defaults.headers.common['Cookie'] = cookies.join('; ');
	}

	/** Creates a credential, or gives the one of that type and name new data. Resolves to its id. */
	async saveCredential(type: string, name: string, data: Readonly<Record<string, unknown>>): Promise<string> {
		const known = await this.#get<ReadonlyArray<{ id: string; name: string; type: string }>>('/credentials');
		const same = known.find((credential) => credential.type === type && credential.name === name);
		const body = { type, name, data };
		if (same === undefined) return (await this.#send<{ id: string }>('POST', '/credentials', body)).id;
		await this.#send('PATCH', `/credentials/${same.id}`, body);
		return same.id;
	}

	/** Lets n8n test a stored credential as its form does. Resolves to what the form would say against it, empty when all is well. */
	async testCredential(id: string): Promise<string> {
		const credential = await this.#get<object>(`/credentials/${id}?includeData=true`);
		const { status, message } = await this.#send<{ status: string; message: string }>(
			'POST',
			'/credentials/test',
			{ credentials: credential },
		);
		return status === 'OK' ? '' : message;
	}

	/** The id of the tag of that name, which is made if there is none. */
	async saveTag(name: string): Promise<string> {
		const known = await this.#get<ReadonlyArray<{ id: string; name: string }>>('/tags');
		const same = known.find((tag) => tag.name === name);
		return same?.id ?? (await this.#send<{ id: string }>('POST', '/tags', { name })).id;
	}

	/** Stores a workflow as a new one, with tags by their ids. */
	async createWorkflow(workflow: Workflow, tags: readonly string[] = []): Promise<StoredWorkflow> {
		return await this.#send('POST', '/workflows', { settings: {}, ...workflow, tags, active: false });
	}

	/** Overwrites a workflow that n8n keeps. */
	async updateWorkflow(id: string, workflow: Workflow): Promise<StoredWorkflow> {
		const { versionId } = await this.getWorkflow(id);
		return await this.#send('PATCH', `/workflows/${id}`, { ...workflow, versionId });
	}

	/** A workflow by its id. */
	async getWorkflow(id: string): Promise<StoredWorkflow> {
		return await this.#get(`/workflows/${id}`);
	}

	/** Every workflow's id and name. */
	async listWorkflows(): Promise<
		ReadonlyArray<{ readonly id: string; readonly name: string; readonly isArchived?: boolean }>
	> {
		return await this.#get('/workflows');
	}

	/** Makes a workflow answer to its triggers from now on. */
	async activateWorkflow(id: string): Promise<void> {
		const { versionId } = await this.getWorkflow(id);
		const publishes = !(await this.version()).startsWith('1.');
		if (publishes) await this.#send('POST', `/workflows/${id}/activate`, { versionId });
		else await this.#send('PATCH', `/workflows/${id}`, { active: true, versionId });
	}

	/** Starts a workflow at one of its triggers as the editor does. Resolves to the execution's id. */
	async startWorkflow(id: string, triggerName: string): Promise<string> {
		const workflowData = await this.getWorkflow(id);
		const body = { workflowData, triggerToStartFrom: { name: triggerName } };
		const answer = await this.#send<{ executionId?: string }>('POST', `/workflows/${id}/run`, body);
		if (answer.executionId === undefined)
			throw new Error(`"${triggerName}" waits for a call and does not run by itself.`);
		return answer.executionId;
	}

	/** An execution as it is now; its items are complete only when it has ended. */
	async getExecution(id: string): Promise<Execution> {
		const stored = await this.#get<StoredExecution>(`/executions/${id}`);
		// Until something has run, n8n writes an empty list here.
		const data: ExecutionData | undefined = parse(stored.data);
		const { error, runData = {} } = data?.resultData ?? {};
		const where = error?.node ? `${error.node.name}: ` : '';
		return {
			id,
			status: stored.status,
			error: error && where + [error.message, error.description].filter(Boolean).join(' – '),
			startedAt: stored.startedAt,
			stoppedAt: stored.stoppedAt ?? undefined,
			runs: runData,
		};
	}

	/** The latest executions of a workflow, at most 100. */
	async executionsOf(workflowId: string): Promise<readonly ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const path = `/executions?limit=${MOST_EXECUTIONS}&filter=${filter}`;
		return (await this.#get<{ results: readonly ExecutionSummary[] }>(path)).results;
	}

	/** Runs a workflow to its end. */
	async runWorkflow(id: string, triggerName: string, signal?: AbortSignal): Promise<Execution> {
		const executionId = await this.startWorkflow(id, triggerName);
		for (;;) {
			const execution = await this.getExecution(executionId);
			if (!RUNNING.has(execution.status)) return execution;
			await sleep(LOOK_AGAIN_MS, undefined, signal === undefined ? {} : { signal });
		}
	}

	/** The node types of a package that n8n has loaded: published name, version and title of each. */
	async nodeTypesOf(
		packageName: string,
	): Promise<ReadonlyArray<{ name: string; displayName: string; version: number | number[] }>> {
		const { data } = await this.#http.get<
			Array<{ name: string; displayName: string; version: number | number[] }>
		>(`${this.url}/types/nodes.json`);
		return data.filter(({ name }) => name.startsWith(`${packageName}.`));
	}

	/** The names of all credential types that n8n has loaded. */
	async credentialTypes(): Promise<readonly string[]> {
		const { data } = await this.#http.get<ReadonlyArray<{ name: string }>>(
			`${this.url}/types/credentials.json`,
		);
		return data.map(({ name }) => name);
	}

	/** A file that an execution made, by its id in the item, as text. */
	async downloadFile(id: string): Promise<string> {
		const params = { id, action: 'download' };
		return (await this.#http.get<string>('/binary-data', { params, responseType: 'text' })).data;
	}
}
