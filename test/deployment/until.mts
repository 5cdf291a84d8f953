import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN_MS = 250;

/** Waits until `look` finds what it looks for; rejects with `what` has not happened after `timeoutMs`. */
export async function until(what: string, timeoutMs: number, look: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	while (!(await look())) {
		if (Date.now() > deadline) throw new Error(`${what}, and has not within ${timeoutMs / 1000} s.`);
		await sleep(LOOK_AGAIN_MS);
	}
}
