// The folder of the project in which the started n8n keeps everything.
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';

const STALE_MS = 15_000;

/** Where it is noted which templates were imported. */
export function importNoteFile(folder: string): string {
	return join(folder, 'imported-workflows.json');
}

/** Takes the folder for this process alone, and makes it if need be. Resolves to its release. Throws when another process has it. */
export async function takeUserFolder(folder: string): Promise<() => Promise<void>> {
	await mkdir(folder, { recursive: true });
	try {
		return await lockfile.lock(folder, {
			lockfilePath: join(folder, 'start.lock'),
			stale: STALE_MS,
			onCompromised: () => undefined,
		});
	} catch (error) {
		const taken = error instanceof Error && 'code' in error && error.code === 'ELOCKED';
		if (!taken) throw error;
		throw new Error(
			`Another "npm start" runs in this folder. End it first (if it was killed, its lock in ${folder} lapses after ${STALE_MS / 1000} s).`,
			{ cause: error },
		);
	}
}

/** Forgets everything that earlier starts left in n8n. */
export async function emptyUserFolder(folder: string): Promise<void> {
	await rm(join(folder, '.n8n'), { recursive: true, force: true });
	await rm(importNoteFile(folder), { force: true });
}

/**
 * Makes n8n keep its copy of the editor (`.cache`, 54 MB of JavaScript) in `node_modules`, which linters and test runners
 * leave alone: n8n's own lint takes no exceptions and needs a minute and a half for it otherwise.
 */
export async function keepEditorAway(folder: string, projectFolder: string): Promise<void> {
	const target = join(projectFolder, 'node_modules', '.cache', 'n8n-editor');
	const link = join(folder, '.cache');
	await mkdir(target, { recursive: true });
	await rm(link, { recursive: true, force: true });
	await symlink(target, link, 'junction');
}
