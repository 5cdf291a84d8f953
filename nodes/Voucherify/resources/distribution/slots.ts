import type { Run } from '../../../common/operation';

/** Lets so many pieces of work be under way at once, in the order in which they came. */
export class Slots {
	private readonly waiting: Array<() => void> = [];

	constructor(private free: number) {}

	/** Does a piece of work when it is its turn. */
	async use<T>(work: () => Promise<T>): Promise<T> {
		if (this.free > 0) this.free--;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = this.waiting.shift();
			if (next === undefined) this.free++;
			else next();
		}
	}
}

/** The slots of a run: several input items with a segment each share them, so that the user's limit holds for all together. */
export async function slotsOf(run: Run, concurrency: number): Promise<Slots> {
	return await run.once('slots of distributions', async () => await Promise.resolve(new Slots(concurrency)));
}
