// Everything that the cases run on: a real n8n with the package, sandboxes in processes of their own, and the process of the scripts.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { buildAndLay, nameOfPackage } from '../scripts/start/installed-package.mts';
import { N8nClient, type Owner } from '../scripts/start/n8n-client.mts';
import { installN8n, N8N_VERSION, type N8nInstallation } from '../scripts/start/n8n-installation.mts';
import { startN8n, type N8nServer } from '../scripts/start/n8n-server.mts';
import { sandboxServices } from '../scripts/start/connection.mts';
import { FREE_PORTS, startSandboxProcess, type SandboxProcess } from '../scripts/start/sandbox-process.mts';
import { requestTotals } from '../scripts/start/sandbox-state.mts';
import { keepEditorAway, takeUserFolder } from '../scripts/start/user-folder.mts';
import { inStage } from '../scripts/progress.mts';
import type { ExecutionReport } from './in-n8n/hooks.mts';
import type { Measure } from './memory.mts';
import type { Sample } from './race.mts';
import type { Job } from './script/jobs.mts';
import { startScriptProcess, type ScriptProcess } from './script/script-process.mts';
import { START, workflowOf, type NodeCredentials, type Step } from './workflow.mts';

const OWNER: Owner = {
	email: 'benchmark@example.com',
	password: 'Codes4Everybody',
	firstName: 'Benchmark',
	lastName: 'Owner',
};

const LOOK_AGAIN_MS = 20;

/** A sandbox and the credentials that lead to it. */
export interface Service {
	readonly sandbox: SandboxProcess;
	readonly credentials: NodeCredentials;
}

/** What an execution of some nodes came to. */
export interface WorkflowRun {
	/** From the start of the first node that counts to the end of the last, in ms. */
	readonly wall: number;
	readonly processor: number | undefined;
	/** The first item that the last node gave, unless it is large. */
	readonly first: unknown;
	readonly memory: number | undefined;
}

/** n8n, the sandboxes and the scripts, started when they are first asked for. */
export class Workbench {
	readonly #services = new Map<string, Promise<Service>>();
	readonly #workflows = new Map<string, Promise<string>>();
	#scripts: ScriptProcess | undefined;
	/** What the runs to come are to tell. */
	measure: Measure = 'time';

	private constructor(
		readonly projectFolder: string,
		readonly installation: N8nInstallation,
		readonly userFolder: string,
		readonly server: N8nServer,
		readonly client: N8nClient,
		private readonly reports: string,
		private readonly release: () => Promise<void>,
		private readonly signal: AbortSignal,
	) {}

	/** Builds the package, lays it into an n8n of its own, and starts that. */
	static async start(projectFolder: string, signal: AbortSignal): Promise<Workbench> {
		const packageName = await nameOfPackage(projectFolder);
		const userFolder = join(projectFolder, '.n8n-bench');
		const release = await takeUserFolder(userFolder);
		await rm(join(userFolder, '.n8n'), { recursive: true, force: true });
		await keepEditorAway(userFolder, projectFolder);
		await inStage('Build the package and install it as n8n does', () =>
			buildAndLay(projectFolder, packageName, userFolder),
		);
		const installation = await inStage(`n8n ${N8N_VERSION}`, ({ update }) =>
			installN8n(N8N_VERSION, update, signal),
		);
		const inN8n = join(projectFolder, 'benchmark', 'in-n8n');
		const reports = join(userFolder, 'reports.jsonl');
		await writeFile(reports, '');
		const server = await inStage('Start n8n', () =>
			startN8n(installation, {
				userFolder,
				port: 0,
				logFile: join(userFolder, 'n8n.log'),
				signal,
				env: {
					BENCHMARK_REPORTS: reports,
					EXTERNAL_HOOK_FILES: join(inN8n, 'hooks.mts'),
					EXTERNAL_HOOK_FILES_SEPARATOR: ';',
					N8N_CUSTOM_EXTENSIONS: inN8n,
					...profiling(),
				},
			}),
		);
		const client = new N8nClient(server.url);
		await client.signIn(OWNER);
		return new Workbench(projectFolder, installation, userFolder, server, client, reports, release, signal);
	}

	/** A sandbox with these options; cases that give the same ones share it. */
	async service(...args: readonly string[]): Promise<Service> {
		const key = args.join(' ');
		const known = this.#services.get(key) ?? this.#startService(args, key);
		this.#services.set(key, known);
		return await known;
	}

	async #startService(args: readonly string[], name: string): Promise<Service> {
		const sandbox = await startSandboxProcess(this.projectFolder, [...FREE_PORTS, ...args], this.signal);
		const { voucherify, braze } = sandbox;
		const data = {
			...sandboxServices(sandbox),
			httpHeaderAuth: { name: 'Authorization', value: `Bearer ${braze.apiKey}` },
			httpCustomAuth: { json: JSON.stringify({ headers: voucherifyHeaders(voucherify) }) },
		};
		const credentials: Record<string, { id: string; name: string }> = {};
		for (const [type, fields] of Object.entries(data)) {
			const title = `${type} ${name}`.trim();
			credentials[type] = { id: await this.client.saveCredential(type, title, fields), name: title };
		}
		return { sandbox, credentials };
	}

	/** Does by script what the nodes do. */
	async runScript(job: Job): Promise<Sample> {
		this.#scripts ??= startScriptProcess(this.projectFolder, this.installation.nodePath);
		const { ms: wall, processor, memory } = await this.#scripts.run({ job, measure: this.measure });
		return { wall, processor, memory };
	}

	/**
	 * Runs nodes behind one that gives items.
	 * @param source a node that does not count, or none
	 * @param mayFail n8n is expected to give up; the run then tells how far it came
	 */
	async runSteps(source: Step | undefined, steps: readonly Step[], mayFail = false): Promise<WorkflowRun> {
		const all = source === undefined ? steps : [source, ...steps];
		const workflow = workflowOf(all, this.measure);
		const key = JSON.stringify(workflow);
		const storing = this.#workflows.get(key) ?? this.client.createWorkflow(workflow).then(({ id }) => id);
		this.#workflows.set(key, storing);
		const report = await this.#executed(await storing);
		if (report.status !== 'success' && !mayFail) {
			throw new Error(`n8n ended with status "${report.status}": ${report.error ?? 'no reason given'}`);
		}
		const names = new Set(steps.map(({ name }) => name));
		const counted = report.nodes.filter(({ name }) => names.has(name));
		const starts = counted.map(({ startTime }) => startTime);
		const ends = counted.map(({ startTime, executionTime }) => startTime + executionTime);
		return {
			wall: Math.max(...ends) - Math.min(...starts),
			processor: report.processor,
			first: counted.at(-1)?.first,
			memory: report.memory,
		};
	}

	async #executed(workflowId: string): Promise<ExecutionReport> {
		await this.#untilReady();
		const id = await this.client.startWorkflow(workflowId, START);
		for (;;) {
			const found = (await this.#reports()).find((report) => report.id === id);
			if (found !== undefined) {
				await writeFile(this.reports, '');
				return found;
			}
			await sleep(LOOK_AGAIN_MS, undefined, { signal: this.signal });
		}
	}

	/** After a run that kept it busy for long, n8n takes its database for lost until it has looked again. */
	async #untilReady(): Promise<void> {
		const url = `${this.server.url}/healthz/readiness`;
		const look = () => axios.get(url, { validateStatus: () => true });
		while ((await look()).status !== 200) await sleep(LOOK_AGAIN_MS, undefined, { signal: this.signal });
	}

	/** From now on counts executions; the result waits until so many have ended, and hands them over. */
	watchExecutions(): (size: number) => Promise<readonly ExecutionReport[]> {
		return async (size) => {
			for (;;) {
				const found = await this.#reports();
				if (found.length >= size) {
					await writeFile(this.reports, '');
					return found;
				}
				await sleep(LOOK_AGAIN_MS, undefined, { signal: this.signal });
			}
		};
	}

	async #reports(): Promise<ExecutionReport[]> {
		const lines = (await readFile(this.reports, 'utf8')).split('\n');
		// The last line may still be being written.
		return lines.slice(0, -1).map((line): ExecutionReport => JSON.parse(line));
	}

	/** Ends everything. */
	async stop(): Promise<void> {
		const services = await Promise.all(this.#services.values());
		await Promise.all([
			this.server.stop(),
			this.#scripts?.stop(),
			...services.map(({ sandbox }) => sandbox.stop()),
		]);
		await this.release();
	}
}

/** The headers by which a request proves itself to Voucherify. */
export function voucherifyHeaders(voucherify: SandboxProcess['voucherify']): Record<string, string> {
	return { 'X-App-Id': voucherify.applicationId, 'X-App-Token': voucherify.secretKey };
}

/** Forgets what a sandbox was told so far. */
export async function reset({ sandbox }: Service): Promise<void> {
	await axios.post(`${sandbox.braze.url}/_sandbox/reset`);
}

/** What a sandbox was asked, by route, and what it then held. */
export interface Seen {
	readonly totals: Readonly<Record<string, number>>;
	/** Objects that Braze took. */
	readonly attributes: number;
	readonly profiles: number;
	readonly publications: number;
}

interface SandboxState {
	readonly voucherify: { readonly counts: { readonly publications: number } };
	readonly braze: { readonly profiles: number; readonly counters: { readonly attributes: number } };
}

/** What a sandbox has seen since it was reset. */
export async function seen({ sandbox }: Service): Promise<Seen> {
	const { url } = sandbox.braze;
	const { data: state } = await axios.get<SandboxState>(`${url}/_sandbox/state?latest=1`);
	return {
		totals: await requestTotals(sandbox),
		attributes: state.braze.counters.attributes,
		profiles: state.braze.profiles,
		publications: state.voucherify.counts.publications,
	};
}

/** BENCHMARK_PROFILE names a folder into which n8n then writes where its time went (`--cpu-prof`). */
function profiling(): Record<string, string> {
	const folder = process.env['BENCHMARK_PROFILE'];
	return folder === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}` };
}
