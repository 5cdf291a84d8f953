// n8n's editor with the package, in a browser, against the sandbox: what `npm run test:e2e` runs.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks, type Tally } from '../../scripts/checks/run-checks.mts';
import { stopAllProcesses } from '../../scripts/child-process.mts';
import { inStage, reasonOf } from '../../scripts/progress.mts';
import { findBrowser, startBrowser } from './browser.mts';
import { deploy } from '../deployment/deployment.mts';
import { Editor } from './editor.mts';
import { noPictures, picturesIn } from './pictures.mts';
import { CUSTOMERS, promises } from './promises.mts';

const VIEWPORT = { width: 1280, height: 800 };
/** Longer than anything takes on a busy machine. */
const TIMEOUT_MS = 60_000;

/** How to test the editor. */
export interface EditorTestOptions {
	/** Whether a missing browser is a failure rather than skipped. */
	readonly required: boolean;
	/** The folder that gets pictures. */
	readonly pictures?: string;
}

/** Starts n8n and a browser, tries the editor's promises, and leaves nothing behind but pictures. */
export async function testEditor(
	projectFolder: string,
	{ required, pictures }: EditorTestOptions,
): Promise<Tally> {
	const found = findBrowser();
	if ('missing' in found) {
		console.log(`${required ? '✗' : '–'} n8n's editor · ${found.missing}`);
		return { passed: 0, failed: required ? 1 : 0, skipped: required ? 0 : 1 };
	}
	const ends: Array<() => Promise<void>> = [];
	try {
		const deployment = await inStage('n8n, the sandbox and Chromium', async ({ update }) => {
			const started = await deploy(projectFolder, CUSTOMERS, update);
			ends.push(started.stop);
			return started;
		});
		const browser = await startBrowser(found.path);
		ends.unshift(() => browser.close());
		const page = await (await browser.newContext({ viewport: VIEWPORT, locale: 'en-US' })).newPage();
		page.setDefaultTimeout(TIMEOUT_MS);
		const editor = new Editor(page, deployment.server.url);
		await editor.signIn(deployment.owner);
		const failures = await mkdtemp(join(tmpdir(), 'editor-failures-'));
		const checks = promises({
			...deployment,
			editor,
			pictures: pictures === undefined ? noPictures : picturesIn(pictures, page),
			failureFile: (title) => join(failures, `${title.replace(/\W+/g, '-').toLowerCase()}.png`),
		});
		return await runChecks(checks, projectFolder);
	} catch (error) {
		console.log(`✗ n8n's editor · ${reasonOf(error)}`);
		return { passed: 0, failed: 1, skipped: 0 };
	} finally {
		for (const end of ends) await end();
		await stopAllProcesses();
	}
}
