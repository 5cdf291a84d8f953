// The process of the scripts: takes jobs one after the other, and tells how long each took.
import { items } from '../items.mts';
import { watchMemory } from '../memory.mts';
import { run, type Job } from './jobs.mts';

/** What a job came to. */
export interface JobReport {
	readonly ms: number;
	readonly memory: number | undefined;
	readonly error?: string;
}

process.on('message', (job: Job) => void report(job));

async function report(job: Job): Promise<void> {
	const memory = watchMemory();
	const given = 'count' in job ? items('profiles', job.count) : [];
	const started = performance.now();
	const error = await run(job, given).then(
		() => undefined,
		(reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
	);
	const answer: JobReport = {
		ms: performance.now() - started,
		memory: memory(),
		...(error === undefined ? {} : { error }),
	};
	process.send?.(answer);
}
