// The process of the scripts: takes jobs one after the other, and tells how long each took.
import { items } from '../items.mts';
import { watchMemory, type Measure } from '../memory.mts';
import { watchProcessor } from '../processes.mts';
import { run, type Job } from './jobs.mts';

/** What a job came to. */
export interface JobReport {
	readonly ms: number;
	readonly processor: number;
	readonly memory: number | undefined;
	readonly error?: string;
}

/** A job, and what it is to tell. */
export interface Task {
	readonly job: Job;
	readonly measure: Measure;
}

process.on('message', (task: Task) => void report(task));

async function report({ job, measure }: Task): Promise<void> {
	const memory = watchMemory(measure);
	const given = 'count' in job ? items('profiles', job.count) : [];
	const worked = watchProcessor();
	const started = performance.now();
	const error = await run(job, given).then(
		() => undefined,
		(reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
	);
	const answer: JobReport = {
		ms: performance.now() - started,
		processor: worked(),
		memory: memory(),
		...(error === undefined ? {} : { error }),
	};
	process.send?.(answer);
}
