import { join } from 'node:path';
import { closingLine } from '../../scripts/checks/run-checks.mts';
import { stopAllProcesses } from '../../scripts/child-process.mts';
import { onStopRequest } from '../../scripts/stop-request.mts';
import { testEditor } from './editor-tests.mts';

/**
 * `npm run test:e2e`: n8n's editor in a browser; `npm run screenshots` takes the pictures of docs/pictures on the way.
 * Resolves to the exit code, after the closing line.
 */
export async function main(projectFolder: string, withPictures: boolean): Promise<number> {
	onStopRequest(() => void stopAllProcesses().finally(() => process.exit(130)));
	const pictures = withPictures ? join(projectFolder, 'docs', 'pictures') : undefined;
	const tally = await testEditor(projectFolder, { required: true, ...(pictures && { pictures }) });
	console.log(`\n${closingLine(tally)}`);
	return tally.failed === 0 ? 0 : 1;
}
