import { build } from '../../scripts/checks/checks.mts';
import { closingLine, runChecks, sum } from '../../scripts/checks/run-checks.mts';
import { stopAllProcesses } from '../../scripts/child-process.mts';
import { onStopRequest } from '../../scripts/stop-request.mts';
import { testQueueMode } from './queue-mode.mts';

/** `npm run test:queue`: the build, and n8n in queue mode. Resolves to the exit code, after the closing line. */
export async function main(projectFolder: string): Promise<number> {
	onStopRequest(() => void stopAllProcesses().finally(() => process.exit(130)));
	const built = await runChecks([build], projectFolder);
	const tally = built.failed > 0 ? built : sum([built, await testQueueMode(projectFolder, true)]);
	console.log(`\n${closingLine(tally)}`);
	return tally.failed === 0 ? 0 : 1;
}
