// A distribution by the template for queue mode, watched from outside.
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import type { Worker } from '../../scripts/queue/deployment.mts';
import type { ExecutionSummary, N8nClient } from '../../scripts/start/n8n-client.mts';
import type { SandboxProcess } from '../../scripts/start/sandbox-process.mts';
import { requestTotals } from '../../scripts/start/sandbox-state.mts';

const LOOK_AGAIN_MS = 500;
/** Looks in a row that have to find nothing going on. */
const QUIET_LOOKS = 4;
const TIMEOUT_MS = 600_000;

/** What one run of the template came to. */
export interface Distribution {
	readonly seconds: number;
	/** The run of the upper row. */
	readonly parent: ExecutionSummary;
	/** The runs of the lower row. */
	readonly chunks: readonly ExecutionSummary[];
	/** How many of these executions each worker brought to an end, by its name. */
	readonly finishedBy: ReadonlyMap<string, number>;
}

/** Waits until the workers have nothing in hand and nothing comes any more. Resolves to the workflow's executions from the parent on. */
async function settled(
	client: N8nClient,
	workflowId: string,
	workers: readonly Worker[],
	parentId: string,
): Promise<readonly ExecutionSummary[]> {
	const deadline = Date.now() + TIMEOUT_MS;
	let last = '';
	for (let quiet = 0; ;) {
		const executions = (await client.executionsOf(workflowId)).filter(
			({ id }) => Number(id) >= Number(parentId),
		);
		const logs = await Promise.all(workers.map((worker) => worker.executions()));
		const inHand = logs.some(({ started, finished }) => started.size > finished.size);
		const now = JSON.stringify(executions.map(({ id, status }) => [id, status]));
		quiet = inHand || executions.length === 0 || now !== last ? 0 : quiet + 1;
		last = now;
		if (quiet >= QUIET_LOOKS) return executions;
		if (Date.now() > deadline) throw new Error(`The distribution did not end: ${now}`);
		await sleep(LOOK_AGAIN_MS);
	}
}

/**
 * Runs the template and waits until nothing goes on any more.
 * @param workers those that are alive at the end
 * @param meanwhile is begun when the run has started
 */
export async function distribute(
	client: N8nClient,
	workflowId: string,
	workers: () => readonly Worker[],
	meanwhile: () => Promise<void> = async () => {},
): Promise<Distribution> {
	const started = Date.now();
	const parentId = await client.startWorkflow(workflowId, 'Start');
	await meanwhile();
	const executions = await settled(client, workflowId, workers(), parentId);
	const parent = executions.find(({ id }) => id === parentId);
	if (parent === undefined) throw new Error(`n8n lists no execution ${parentId}.`);
	const ends = executions.map(({ stoppedAt }) => (stoppedAt === null ? 0 : Date.parse(stoppedAt)));
	const finishedBy = new Map<string, number>();
	for (const worker of workers()) {
		const { finished } = await worker.executions();
		finishedBy.set(worker.name, executions.filter(({ id }) => finished.has(id)).length);
	}
	return {
		seconds: (Math.max(...ends) - started) / 1000,
		parent,
		chunks: executions.filter(({ id }) => id !== parentId),
		finishedBy,
	};
}

/** Those of a distribution's executions that did not succeed, as sentences. */
export function failuresOf({ parent, chunks }: Distribution): string[] {
	return [parent, ...chunks]
		.filter(({ status }) => status !== 'success')
		.map(({ id, status }) => `Execution ${id} ended as "${status}".`);
}

/** The executions that a dead worker took with it: n8n takes them for running, and for failed once it misses the worker. */
export function lostOf({ parent, chunks }: Distribution): string[] {
	return [parent, ...chunks].filter(({ status }) => status !== 'success').map(({ id }) => id);
}

/** What the services counted. */
export interface Traffic {
	/** Requests to Voucherify that read segments and customers. */
	readonly listing: number;
	/** Requests to Voucherify that read the campaign and handed out codes. */
	readonly publishing: number;
	/** Requests to Braze's /users/track. */
	readonly braze: number;
}

const LISTING = new Set(['GET /v1/segments', 'GET /v1/customers']);

/** Reads how often each route was called. */
export async function trafficOf(sandbox: SandboxProcess): Promise<Traffic> {
	const totals = await requestTotals(sandbox);
	const sum = (includes: (route: string) => boolean) =>
		Object.entries(totals).reduce((total, [route, calls]) => total + (includes(route) ? calls : 0), 0);
	return {
		listing: sum((route) => LISTING.has(route)),
		publishing: sum((route) => route.includes(' /v1/') && !LISTING.has(route)),
		braze: sum((route) => route === 'POST /users/track'),
	};
}

/** How many of the latest 5,000 requests to Voucherify were answered with 429. */
export async function refusedBy({ voucherify }: SandboxProcess): Promise<number> {
	const { data } = await axios.get<{ entries: ReadonlyArray<{ readonly status?: number }> }>(
		`${voucherify.url}/_sandbox/log?service=voucherify`,
		{ maxContentLength: Infinity },
	);
	return data.entries.filter(({ status }) => status === 429).length;
}
