import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../child-process.mts';
import { duration, reasonOf } from '../progress.mts';
import { jestTally } from './jest-report.mts';
import type { Tally } from './run-checks.mts';

/** Each worker loads n8n's whole core, so more than four cost more memory than they save time. */
const workers = Math.max(1, Math.min(4, availableParallelism()));

/** Runs jest with these arguments, shows what it prints, and counts the tests. */
export async function runJest(projectFolder: string, args: readonly string[]): Promise<Tally> {
	console.log('… Tests (jest)');
	const started = Date.now();
	const workFolder = await mkdtemp(join(tmpdir(), 'jest-report-'));
	const reportFile = join(workFolder, 'report.json');
	try {
		const jest = join('node_modules', 'jest', 'bin', 'jest.js');
		const own = ['--json', `--outputFile=${reportFile}`, `--maxWorkers=${workers}`];
		const { code } = await run(process.execPath, [jest, ...own, ...args], {
			cwd: projectFolder,
			onOutput: (text) => process.stdout.write(text),
		});
		if (!existsSync(reportFile)) throw new Error(`jest ended with exit code ${code} and without a report.`);
		const tally = jestTally(JSON.parse(await readFile(reportFile, 'utf8')));
		const failed = code !== 0 && tally.failed === 0 ? 1 : tally.failed;
		console.log(`${failed === 0 ? '✓' : '✗'} Tests (jest) (${duration(Date.now() - started)})`);
		return { ...tally, failed };
	} catch (error) {
		console.log(`✗ Tests (jest) · ${reasonOf(error)}`);
		return { passed: 0, failed: 1, skipped: 0 };
	} finally {
		await rm(workFolder, { recursive: true, force: true });
	}
}
