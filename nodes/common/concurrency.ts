/**
 * Runs a task for each index from 0 on, several at once, started in order.
 * @param count how many tasks there are
 * @param concurrency how many may be under way at once
 * @param task must not throw
 * @param goOn asked before each start; false lets what is under way end and starts nothing more
 */
export async function inParallel(
	count: number,
	concurrency: number,
	task: (index: number) => Promise<void>,
	goOn: () => boolean,
): Promise<void> {
	let next = 0;
	const worker = async (): Promise<void> => {
		while (next < count && goOn()) await task(next++);
	};
	await Promise.all(Array.from({ length: Math.min(count, concurrency) }, worker));
}

/** Places for work that may be under way at the same time, handed out in the order in which they are asked for. */
export class Slots {
	private free: number;
	private readonly waiting: Array<() => void> = [];

	constructor(count: number) {
		this.free = count;
	}

	/** Waits for a place. */
	async take(): Promise<void> {
		if (this.free > 0) {
			this.free--;
			return;
		}
		await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	/** Gives a place back. */
	give(): void {
		const next = this.waiting.shift();
		if (next) next();
		else this.free++;
	}
}
