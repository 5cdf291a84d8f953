import { sleep } from 'n8n-workflow';
import { Failure } from './failure';

/**
 * The failure of everything that was under way when a user cancelled the execution.
 * @param uncertain whether a service may have acted on it by then
 */
export function cancelled(uncertain = false): Failure {
	return new Failure({ message: 'The execution was cancelled', uncertain });
}

/**
 * Waits, and gives up at once when the execution is cancelled.
 * @param ms how long to wait
 * @throws {Failure} when cancelled
 */
export async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
	if (signal === undefined) return await sleep(ms);
	if (signal.aborted) throw cancelled();
	// n8n's own sleep ignores the signal in older versions, so the two are raced.
	let stop: (() => void) | undefined;
	const aborted = new Promise<never>((_resolve, reject) => {
		stop = () => reject(cancelled());
		signal.addEventListener('abort', stop, { once: true });
	});
	try {
		await Promise.race([sleep(ms), aborted]);
	} finally {
		if (stop) signal.removeEventListener('abort', stop);
	}
}
