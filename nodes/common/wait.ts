import { sleep } from 'n8n-workflow';
import { Failure } from './failure';

/** Timers run for so long at most, in ms: older versions of n8n can't stop them, and the last one outlives a cancelled wait. */
const LONGEST_TIMER = 1_000;

/** Work goes on for so long at a stretch, in ms; then n8n gets to do what else it has to do. */
const STRETCH = 50;

/**
 * The failure of everything that was under way when a user cancelled the execution.
 * @param uncertain whether a service may have acted on it by then
 */
export function cancelled(uncertain = false): Failure {
	// n8n knows a cancelled execution from a failed one by this spelling.
	return new Failure({ message: 'The execution was canceled', uncertain });
}

/**
 * Waits, and gives up at once when the execution is cancelled.
 * @param ms how long to wait
 * @throws {Failure} when cancelled
 */
export async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
	if (signal?.aborted === true) throw cancelled();
	let stop = (): void => {};
	const aborted = new Promise<never>((_resolve, reject) => {
		stop = () => reject(cancelled());
		signal?.addEventListener('abort', stop, { once: true });
	});
	try {
		const end = Date.now() + ms;
		for (let left = ms; left > 0; left = end - Date.now())
			await Promise.race([sleep(Math.min(left, LONGEST_TIMER)), aborted]);
	} finally {
		signal?.removeEventListener('abort', stop);
	}
}

/** A function that lets n8n have a turn once a stretch of work is over, and ends the work when the execution is cancelled. */
export function breather(signal: AbortSignal | undefined): () => Promise<void> {
	let since = Date.now();
	return async () => {
		if (Date.now() - since < STRETCH) return;
		await wait(1, signal);
		since = Date.now();
	};
}
