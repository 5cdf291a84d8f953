import { closingLine, sum } from '../../scripts/checks/run-checks.mts';
import { runJest } from '../../scripts/checks/jest-run.mts';
import { stopAllProcesses } from '../../scripts/child-process.mts';
import { onStopRequest } from '../../scripts/stop-request.mts';
import { testKills } from './kills.mts';

/** `npm run test:faults`: the matrix by jest, and n8n that is killed. Resolves to the exit code, after the closing line. */
export async function main(projectFolder: string): Promise<number> {
	onStopRequest(() => void stopAllProcesses().finally(() => process.exit(130)));
	const tally = sum([await runJest(projectFolder, ['test/faults']), await testKills(projectFolder, true)]);
	console.log(`\n${closingLine(tally)}`);
	return tally.failed === 0 ? 0 : 1;
}
