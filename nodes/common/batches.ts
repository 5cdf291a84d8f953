import { inParallel } from './concurrency';
import { asFailure, type Failure } from './failure';
import type { Batching, Run } from './operation';
import { halve, pack, type Part } from './packing';

/** What a run of batches asks and tells. */
export interface Watch {
	/** Asked before each request. */
	mayGoOn(): boolean;
	/** Told of each object that failed, at once. */
	failed(): void;
	/** Told once of each item that owns objects, when all of them are settled. */
	ended(owner: number, failure: Failure | undefined): void;
}

/** What is known of the objects that one item owns. */
interface Fate {
	/** Objects whose end is not known yet. */
	open: number;
	sent: number;
	failure: Failure | undefined;
}

/**
 * Sends objects in as few requests as the limits allow, several at once, those of one key in order. A request that is too large, or
 * refused for one of its objects, is halved; an item ends when all its objects have, and fails when one of them did.
 * @returns the items of which a part was sent when the run stopped
 */
export async function sendInBatches(
	parts: readonly Part[],
	batching: Batching,
	run: Run,
	concurrency: number,
	watch: Watch,
): Promise<number[]> {
	const batches = pack(parts, batching.limits);
	const fates = new Fates(parts, watch);
	const send = async (some: readonly Part[]): Promise<void> => {
		// It may have waited for an earlier one that stopped the run.
		if (!watch.mayGoOn()) return;
		const result = await settled(async () => await batching.send(some, run));
		if (Array.isArray(result)) some.forEach((part, at) => fates.settle(part, result[at]));
		else if (some.length > 1 && (result.details.tooLarge === true || batching.isOfOne?.(result) === true))
			for (const half of halve(some)) await send(half);
		else for (const part of some) fates.settle(part, result);
	};
	// Fulfilled when they are done, and never rejected: what fails ends its items.
	const sent: Array<Promise<void>> = [];
	await inParallel(
		batches.length,
		concurrency,
		async (at) => {
			const batch = batches[at];
			if (batch === undefined) return;
			const earlier = Promise.all(batch.after.map(async (index) => await sent[index]));
			const sending = earlier.then(async () => await send(batch.parts));
			sent[at] = sending;
			await sending;
		},
		() => watch.mayGoOn(),
	);
	return fates.endPartial();
}

/** Which items own how many objects, and how these ended. */
class Fates {
	private readonly fates = new Map<number, Fate>();

	constructor(
		parts: readonly Part[],
		private readonly watch: Watch,
	) {
		for (const { owner } of parts) {
			const fate = this.fates.get(owner);
			if (fate) fate.open++;
			else this.fates.set(owner, { open: 1, sent: 0, failure: undefined });
		}
	}

	settle({ owner }: Part, failure: Failure | undefined): void {
		const fate = this.fates.get(owner);
		if (fate === undefined) return;
		fate.open--;
		if (failure === undefined) fate.sent++;
		else this.watch.failed();
		fate.failure ??= failure;
		if (fate.open === 0) this.watch.ended(owner, fate.failure);
	}

	/** Ends items of which a part failed when the run stopped, and names those of which a part was sent. */
	endPartial(): number[] {
		const inPart: number[] = [];
		for (const [owner, { open, sent, failure }] of this.fates) {
			if (open === 0) continue;
			if (failure) this.watch.ended(owner, failure);
			else if (sent > 0) inPart.push(owner);
		}
		return inPart;
	}
}

type Outcomes = Awaited<ReturnType<Batching['send']>>;

async function settled(send: () => Promise<Outcomes>): Promise<Array<Failure | undefined> | Failure> {
	try {
		return [...(await send())];
	} catch (error) {
		return asFailure(error);
	}
}
