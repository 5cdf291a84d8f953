// Folders in the cache that are either complete or not there, however an earlier installation ended.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import lockfile from 'proper-lockfile';

const COMPLETE = 'installation-complete.json';
const PARTIAL = '.partial-';
const STALE_MS = 15_000;
const LOOK_AGAIN_MS = 1000;

const LOCK = {
	realpath: false,
	stale: STALE_MS,
	update: STALE_MS / 3,
	// A machine that slept loses its lock. That costs a second installation at most: each has a folder of its own until it is whole.
	onCompromised: () => undefined,
};

/** Says what a long step is doing right now. */
export type OnProgress = (detail: string) => void;

/** Whether an installation went through to its end in this folder. */
export function isComplete(folder: string): boolean {
	return existsSync(join(folder, COMPLETE));
}

/** Waits until no other process holds the lock of `path` (which need not exist), and takes it. Resolves to its release. */
export async function waitForLock(
	path: string,
	onWait: () => void,
	signal?: AbortSignal,
): Promise<() => Promise<void>> {
	for (;;) {
		signal?.throwIfAborted();
		try {
			return await lockfile.lock(path, LOCK);
		} catch (error) {
			const taken = error instanceof Error && 'code' in error && error.code === 'ELOCKED';
			if (!taken) throw error;
			onWait();
			await sleep(LOOK_AGAIN_MS, undefined, signal === undefined ? {} : { signal });
		}
	}
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** Removes what installations into `folder` left that were killed. */
async function removeLeftovers(folder: string): Promise<void> {
	const start = `${basename(folder)}${PARTIAL}`;
	for (const name of await readdir(dirname(folder))) {
		const pid = name.startsWith(start) ? Number(name.slice(start.length)) : undefined;
		if (pid !== undefined && (pid === process.pid || !isRunning(pid))) {
			await rm(join(dirname(folder), name), { recursive: true, force: true });
		}
	}
}

/**
 * Makes sure that `folder` holds a complete installation. `fill` installs into a folder beside it, which takes the
 * place of `folder` only when `fill` is through; several processes that want the same folder wait for the first.
 */
export async function ensureInstalled(
	folder: string,
	fill: (partial: string) => Promise<void>,
	onProgress: OnProgress,
	signal?: AbortSignal,
): Promise<void> {
	if (isComplete(folder)) return;
	await mkdir(dirname(folder), { recursive: true });
	const waiting = () => onProgress('another start is installing it, waiting');
	const release = await waitForLock(folder, waiting, signal);
	try {
		if (isComplete(folder)) return;
		await removeLeftovers(folder);
		const partial = `${folder}${PARTIAL}${process.pid}`;
		await mkdir(partial);
		try {
			await fill(partial);
			await writeFile(join(partial, COMPLETE), JSON.stringify({ name: basename(folder), at: new Date() }));
			if (isComplete(folder)) return;
			await rm(folder, { recursive: true, force: true });
			await rename(partial, folder);
		} finally {
			await rm(partial, { recursive: true, force: true });
		}
	} finally {
		await release();
	}
}
