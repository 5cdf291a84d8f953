// What `npm run bench` does once the dependencies are there.
import { cpus } from 'node:os';
import { join } from 'node:path';
import { stopAllProcesses } from '../scripts/child-process.mts';
import { writeSection } from '../scripts/markdown.mts';
import { inStage, reasonOf } from '../scripts/progress.mts';
import { N8N_VERSION } from '../scripts/start/n8n-installation.mts';
import { onStopRequest } from '../scripts/stop-request.mts';
import type { Case, Extent } from './case.mts';
import { codeList } from './cases/codeList.mts';
import { packageLoad } from './cases/packageLoad.mts';
import { distribute, publish } from './cases/publish.mts';
import { rateLimit } from './cases/rateLimit.mts';
import { track } from './cases/track.mts';
import { webhooks } from './cases/webhooks.mts';
import { runRace, type Result } from './race.mts';
import { raceTable } from './table.mts';
import { Workbench } from './workbench.mts';

const CASES: readonly Case[] = [track, publish, distribute, rateLimit, codeList, webhooks, packageLoad];
const TURNS = 3;

/** The options of `npm run bench`. */
export interface BenchOptions {
	/** Names of cases; empty for all. */
	readonly cases: readonly string[];
	readonly extent: Extent;
	/** Whether the tables go into README.md. */
	readonly readme: boolean;
}

/** Runs a case, and gives its tables as Markdown and what was found broken. */
async function runCase(
	bench: Workbench,
	one: Case,
	extent: Extent,
): Promise<{ text: string; broken: string[] }> {
	const results = new Map<string, Result[]>();
	const tables: string[] = [];
	for (const race of await one.races(bench, extent)) {
		const result = await inStage(`${one.name}: ${race.title}`, ({ update }) =>
			runRace(race, TURNS, (what) => (bench.measure = what), update),
		);
		results.set(race.title, result);
		tables.push(raceTable(race.title, result));
		console.log(`\n${tables.at(-1)}\n`);
	}
	const { lines, broken } = one.remarks?.(results) ?? { lines: [], broken: [] };
	if (lines.length > 0) console.log(`${lines.join('\n')}\n`);
	const text = [`### ${one.title}`, one.explanation, ...tables, ...lines].join('\n\n');
	return { text, broken: [...broken] };
}

function chosen(names: readonly string[]): readonly Case[] {
	if (names.length === 0) return CASES;
	return names.map((name) => {
		const found = CASES.find((one) => one.name === name);
		if (found) return found;
		throw new Error(`There is no case "${name}": --case takes ${CASES.map((one) => one.name).join(', ')}.`);
	});
}

/** What the figures were measured on. */
function setting(): string {
	const memory = process.platform === 'linux' ? '' : ' Peak memory is left out: only Linux tells it.';
	return `n8n ${N8N_VERSION} on ${cpus().length} cores, with the sandbox on the same machine. Times are medians of ${TURNS} turns in a server that has warmed up; processor time is of n8n (or the script) with all its processes, over the whole run; memory, in a run of its own, what the process took above what it had before. "× the first" compares with the first row, turn by turn.${memory}`;
}

/** `npm run bench`. Resolves to the exit code: 1 when something could not be measured, or a counted promise is broken. */
export async function runBench(projectFolder: string, options: BenchOptions): Promise<number> {
	const cases = chosen(options.cases);
	const controller = new AbortController();
	onStopRequest(() => {
		controller.abort(new Error('Stopped.'));
		void stopAllProcesses().then(() => process.exit(130));
	});
	const broken: string[] = [];
	const texts: string[] = [];
	try {
		const bench = await Workbench.start(projectFolder, controller.signal);
		try {
			for (const one of cases) {
				// One case that fails keeps nobody from the figures of the others.
				await runCase(bench, one, options.extent).then(
					(done) => {
						texts.push(done.text);
						broken.push(...done.broken);
					},
					(error: unknown) => broken.push(`${one.name}: ${reasonOf(error)}`),
				);
				controller.signal.throwIfAborted();
			}
		} finally {
			await bench.stop();
		}
	} finally {
		await stopAllProcesses();
	}
	for (const sentence of broken) console.error(`✗ ${sentence}`);
	if (broken.length > 0) return 1;
	if (options.readme) {
		await writeSection(join(projectFolder, 'README.md'), 'figures', [setting(), ...texts].join('\n\n'));
		console.log('README.md has these figures now.');
	}
	return 0;
}
