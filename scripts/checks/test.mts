import { onStopRequest } from '../stop-request.mts';
import { testEditor } from '../../test/e2e/editor-tests.mts';
import { testKills } from '../../test/faults/kills.mts';
import { testQueueMode } from '../../test/queue/queue-mode.mts';
import { build, lintChecks, types } from './checks.mts';
import { runJest } from './jest-run.mts';
import { closingLine, runChecks, sum } from './run-checks.mts';

/**
 * `npm test`: build, lint, types, tests, n8n that is killed, in queue mode, and in a browser, each whatever became of the others; with arguments only the build and what jest makes of the arguments.
 * Resolves to the exit code, after the closing line.
 */
export async function test(projectFolder: string, jestArgs: readonly string[]): Promise<number> {
	onStopRequest(() => process.exit(130));
	const checks = jestArgs.length > 0 ? [build] : [build, ...lintChecks, types];
	const tallies = [await runChecks(checks, projectFolder), await runJest(projectFolder, jestArgs)];
	// Afterwards, not beside jest: several processes of n8n want the whole machine.
	if (jestArgs.length === 0) {
		const required = process.env['CI'] === 'true';
		tallies.push(await testKills(projectFolder, required));
		tallies.push(await testQueueMode(projectFolder, required));
		tallies.push(await testEditor(projectFolder, { required }));
	}
	const tally = sum(tallies);
	console.log(`\n${closingLine(tally)}`);
	return tally.failed === 0 ? 0 : 1;
}
