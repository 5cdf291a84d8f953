import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	FREE_PORTS,
	startSandboxProcess,
	type SandboxProcess,
} from '../../scripts/start/sandbox-process.mts';
import type { FileReport, FileTask } from './track-file-task.mts';

const MEGABYTE = 1e6;

const WARM_UP = { rows: 2_000, badEvery: 1000, objectLimit: 'combined75' };

let sandbox: SandboxProcess;
let folder: string;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'track-file-'));
	sandbox = await startSandboxProcess(process.cwd(), FREE_PORTS);
});
afterEach(async () => {
	await sandbox.stop();
	rmSync(folder, { recursive: true });
});

type Sent = Pick<FileTask, 'rows' | 'badEvery' | 'objectLimit'>;

/** Sends a file in a process of its own, whose heap may hold so many MB. */
async function send(task: Sent, heapLimit?: number): Promise<FileReport> {
	const report = join(folder, 'report.json');
	const TASK = JSON.stringify({ ...task, url: sandbox.braze.url, apiKey: sandbox.braze.apiKey, report });
	const node = ['--expose-gc', ...(heapLimit === undefined ? [] : [`--max-old-space-size=${heapLimit}`])];
	const jest = ['node_modules/jest/bin/jest.js', '-i', '--silent'];
	const child = spawn(
		process.execPath,
		[...node, ...jest, '--testMatch', '**/test/nodes/track-file.run.mts'],
		{
			stdio: ['ignore', 'ignore', 'pipe'],
			env: { ...process.env, TASK },
		},
	);
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
	const [code] = (await once(child, 'close')) as [number | null];
	if (code !== 0) throw new Error(said);
	return JSON.parse(readFileSync(report, 'utf8')) as FileReport;
}

/**
 * Sends a file in a process whose heap can't grow by more than 80 MB above what it holds before. Without a limit, V8 leaves garbage until it
 * finds the time, and how much lies about depends on the machine and on what else it does: between 60 and 210 MB for the same file. With
 * one, a process that *needs* more ends with "out of memory", and nothing else changes.
 */
async function sendInLittleMemory(task: Sent): Promise<FileReport> {
	// Twice: the first has jest compile the code, which leaves things behind.
	await send(WARM_UP);
	const { heap } = await send(WARM_UP);
	await fetch(`${sandbox.braze.url}/_sandbox/reset`, { method: 'POST' });
	return await send(task, Math.ceil(heap / MEGABYTE) + 80);
}

/** What the sandbox has taken in, without what the run sent before it was measured. */
async function taken(): Promise<{ profiles: number; counters: Record<string, number> }> {
	const response = await fetch(`${sandbox.braze.url}/_sandbox/state?latest=0`);
	const { braze } = (await response.json()) as { braze: Awaited<ReturnType<typeof taken>> };
	return braze;
}

test.each([
	{ rows: 1_000_000, badEvery: 1000, objectLimit: 'bulk1000', perRequest: 1000 },
	{ rows: 1_000_000, badEvery: 1000, objectLimit: 'combined75', perRequest: 75 },
])(
	'$rows rows reach Braze in as few requests of $perRequest as there can be and less than 150 MB of memory, and 1,000 bad ones come back',
	async ({ perRequest, ...task }) => {
		const { rows, badEvery } = task;
		const { json, rejected, growth } = await sendInLittleMemory(task);
		const bad = Array.from({ length: rows / badEvery }, (_, index) => (index + 1) * badEvery);
		const good = rows - bad.length;
		expect(json).toMatchObject({
			rows,
			accepted: good,
			rejected: 1000,
			requests: Math.ceil(good / perRequest),
			dataPoints: 4 * good,
		});
		const lines = bad.map(
			(row) =>
				`${row + 1},"""score"" is ""bad"", which is no number",,user-${row},Ada ${row % 97},gold,bad,"a, ""b""\n${row}"\r\n`,
		);
		// Not `toBe`, which would take long to say how they differ.
		expect(rejected.split('\r\n').slice(1).join('\r\n') === lines.join('')).toBe(true);
		const { profiles, counters } = await taken();
		expect(profiles).toBe(good);
		const before = 2_000 - Math.floor(2_000 / badEvery);
		expect(counters).toMatchObject({ attributes: good + before, rejected: 0 });
		expect(growth).toBeLessThan(150 * MEGABYTE);
	},
	300_000,
);
