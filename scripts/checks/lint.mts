import { onStopRequest } from '../stop-request.mts';
import { build, lintChecks } from './checks.mts';
import { closingLine, runChecks } from './run-checks.mts';

/** `npm run lint`: all checks of style and packaging. Resolves to the exit code. */
export async function main(projectFolder: string): Promise<number> {
	onStopRequest(() => process.exit(130));
	const tally = await runChecks([build, ...lintChecks], projectFolder);
	console.log(`\n${closingLine(tally)}`);
	return tally.failed === 0 ? 0 : 1;
}
