// Loaded by n8n (EXTERNAL_HOOK_FILES): writes down what became of each execution, without n8n having to store it.
import { appendFileSync } from 'node:fs';
import { watchMemory } from '../memory.mts';
import { watchProcessor } from '../processes.mts';
import { isForMemory } from '../workflow.mts';

interface TaskData {
	readonly startTime: number;
	readonly executionTime: number;
	readonly error?: { readonly message: string };
	readonly data?: { readonly main?: ReadonlyArray<ReadonlyArray<{ readonly json: unknown }> | null> };
}

interface RunData {
	readonly status: string;
	readonly mode: string;
	readonly data: {
		readonly resultData: {
			readonly error?: { readonly message: string };
			readonly runData: Readonly<Record<string, readonly TaskData[]>>;
		};
	};
}

/** How one node of an execution went; times in ms. */
export interface NodeReport {
	readonly name: string;
	readonly startTime: number;
	readonly executionTime: number;
	/** The first item it gave, unless that is large. */
	readonly first: unknown;
}

/** What became of an execution. */
export interface ExecutionReport {
	readonly id: string;
	readonly status: string;
	readonly error: string | undefined;
	readonly nodes: readonly NodeReport[];
	/** Processor time of n8n and its processes, in ms; `undefined` where other executions run beside it. */
	readonly processor: number | undefined;
	/** Bytes above what n8n had before; `undefined` where it can't be known. */
	readonly memory: number | undefined;
}

const LARGEST_ITEM = 4096;

function small(item: unknown): unknown {
	return JSON.stringify(item ?? null).length <= LARGEST_ITEM ? item : undefined;
}

let watched: (() => number | undefined) | undefined;
let worked: (() => number) | undefined;

function preExecute({ name }: { readonly name: string }, mode: unknown): void {
	// Webhooks run many at a time; there neither memory nor processor time is one execution's.
	if (mode !== 'manual') return;
	watched = watchMemory(isForMemory(name) ? 'memory' : 'time');
	worked = watchProcessor();
}

function postExecute(run: RunData, _workflow: unknown, id: string): void {
	const file = process.env['BENCHMARK_REPORTS'];
	if (file === undefined) return;
	const { runData, error } = run.data.resultData;
	const nodes = Object.entries(runData).flatMap(([name, tasks]) =>
		tasks.map(({ startTime, executionTime, data }) => ({
			name,
			startTime,
			executionTime,
			first: small(data?.main?.[0]?.[0]?.json),
		})),
	);
	const failed =
		error ??
		Object.values(runData)
			.flat()
			.find((task) => task.error)?.error;
	const report: ExecutionReport = {
		id,
		status: run.status,
		error: failed?.message,
		nodes,
		processor: run.mode === 'manual' ? worked?.() : undefined,
		memory: run.mode === 'manual' ? watched?.() : undefined,
	};
	appendFileSync(file, `${JSON.stringify(report)}\n`);
}

export const workflow = { preExecute: [preExecute], postExecute: [postExecute] };
