/** Something did not come to its end in time; its code is the one that Node gives to a connection that timed out. */
export class TimedOut extends Error {
	readonly code = 'ETIMEDOUT';

	constructor(ms: number) {
		super(`nothing came for ${Math.round(ms / 1000)} s`);
		this.name = 'TimedOut';
	}
}

/**
 * The result of some work, unless it takes too long.
 *
 * n8n's own time-out counts the silence of a socket, and ends with the headers of a streamed answer: an answer that trickles in, or a
 * download that stalls, would be waited for without end.
 * @throws {TimedOut} when the work is not done within so many ms; it is then left to itself
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
	const deadline = AbortSignal.timeout(ms);
	let giveUp = (): void => {};
	const late = new Promise<never>((_resolve, reject) => {
		giveUp = () => reject(new TimedOut(ms));
		deadline.addEventListener('abort', giveUp, { once: true });
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		deadline.removeEventListener('abort', giveUp);
	}
}
