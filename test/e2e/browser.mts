// Chromium as Debian and its kin ship it.
import { chromium, selectors, type Browser } from 'playwright-core';
import { findProgram, pathFolders } from '../../scripts/program-path.mts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const MISSING =
	'The editor is tested in Chromium, which is not installed here. On Debian and Ubuntu: apt-get install chromium';

/** Root has no sandbox; the rest keeps the browser from talking to anybody but this machine. */
const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** The browser of this machine, or a sentence on what to install. */
export function findBrowser(
	env: NodeJS.ProcessEnv = process.env,
): { readonly path: string } | { readonly missing: string } {
	const path = findProgram(NAMES, pathFolders(env));
	return path === undefined ? { missing: MISSING } : { path };
}

/** Starts the browser without a window. `getByTestId` finds what n8n marks for tests. */
export async function startBrowser(executablePath: string): Promise<Browser> {
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({ executablePath, args: ARGUMENTS });
}
