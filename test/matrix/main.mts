import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../sandbox/sandbox.mts';
import { build } from '../../scripts/checks/checks.mts';
import { closingLine, runChecks, sum, type Tally } from '../../scripts/checks/run-checks.mts';
import { stopAllProcesses } from '../../scripts/child-process.mts';
import { writeSection } from '../../scripts/markdown.mts';
import { packProject } from '../../scripts/package-tarball.mts';
import { reasonOf } from '../../scripts/progress.mts';
import { onStopRequest } from '../../scripts/stop-request.mts';
import { testRelease } from './release-test.mts';
import { chosenReleases, type Release } from './releases.mts';
import { resultTable, type PackageContents, type ReleaseResult } from './result.mts';
import { CUSTOMERS } from './workflow-trials.mts';

/** The marker in README.md between which the table stands. */
const SECTION = 'versions of n8n';

/** The options of `npm run test:matrix`. */
export interface MatrixOptions {
	/** Lines of n8n like `2.8`; empty for all. */
	readonly only: readonly string[];
	/** Whether the table goes into README.md. */
	readonly readme: boolean;
}

interface Manifest {
	readonly name: string;
	readonly n8n: PackageContents;
}

/** Packs the package and tries it in each of the releases, all of them whatever fails. */
async function tryReleases(
	projectFolder: string,
	releases: readonly Release[],
	signal: AbortSignal,
): Promise<{ tally: Tally; results: readonly ReleaseResult[] }> {
	const { name, n8n }: Manifest = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
	const workFolder = await mkdtemp(join(tmpdir(), 'n8n-matrix-'));
	const remove = () => rmSync(workFolder, { recursive: true, force: true, maxRetries: 3 });
	process.once('exit', remove);
	const sandbox = await startSandbox({ customers: CUSTOMERS });
	try {
		const tarball = await packProject(projectFolder, workFolder);
		const trying = { projectFolder, packageName: name, contents: n8n, tarball, workFolder, sandbox, signal };
		const tallies: Tally[] = [];
		const results: ReleaseResult[] = [];
		for (const release of releases) {
			try {
				const { tally, result } = await testRelease(trying, release);
				tallies.push(tally);
				results.push(result);
			} catch (error) {
				signal.throwIfAborted();
				console.error(`\n${reasonOf(error)}\n`);
				tallies.push({ passed: 0, failed: 1, skipped: 0 });
			}
		}
		return { tally: sum(tallies), results };
	} finally {
		await sandbox.close();
		remove();
	}
}

/** `npm run test:matrix`: the packed package in several versions of n8n. Resolves to the exit code, after the closing line. */
export async function main(projectFolder: string, { only, readme }: MatrixOptions): Promise<number> {
	const releases = chosenReleases(only);
	const controller = new AbortController();
	onStopRequest(() => {
		controller.abort(new Error('Stopped.'));
		void stopAllProcesses().finally(() => process.exit(130));
	});
	const built = await runChecks([build], projectFolder);
	if (built.failed > 0) {
		console.log(`\n${closingLine(built)}`);
		return 1;
	}
	const { tally, results } = await tryReleases(projectFolder, releases, controller.signal);
	const text = resultTable(results);
	console.log(`\n${text}`);
	if (readme && tally.failed === 0) {
		await writeSection(join(projectFolder, 'README.md'), SECTION, text);
		console.log('\nREADME.md has this table now.');
	}
	console.log(`\n${closingLine(sum([built, tally]))}`);
	return tally.failed === 0 ? 0 : 1;
}
