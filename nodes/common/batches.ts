import { Slots } from './concurrency';
import { asFailure, type Failure } from './failure';
import type { Batching, Pace, Prepared, Run } from './operation';
import { halve, Packer, type Batch, type Limits, type Part } from './packing';

/** What a run of batches asks and tells. */
export interface Watch {
	/** Asked before each request. */
	mayGoOn(): boolean;
	/** Told of each object that failed, at once. */
	failed(): void;
	/** Told once of each item that owns objects, when all of them are settled. */
	ended(owner: number, failure: Failure | undefined): void;
}

/**
 * Sends objects in as few requests as the limits allow, several at once, those of one key in order. A request that is too large is
 * halved; an item ends when all its objects have, and fails when one of them did.
 * @returns the items of which a part was sent when the run stopped
 */
export async function sendInBatches(
	parts: readonly Part[],
	batching: Batching,
	run: Run,
	concurrency: number,
	watch: Watch,
): Promise<number[]> {
	const fates = new Fates(parts, watch);
	const pace: Pace = { slots: new Slots(concurrency), mayGoOn: () => watch.mayGoOn() };
	const { prepare } = batching;
	const ready =
		prepare === undefined
			? parts
			: fates.takeIn(parts, await settled(async () => await prepare(parts, run, pace)));
	await inRequests(
		ready,
		batching.limits,
		pace,
		async (some) => await batching.send(some, run),
		(part, failure) => fates.settle(part, failure),
		batching.isOfOne,
	);
	return fates.endPartial();
}

/**
 * Sends objects in as few requests as the limits allow, several at once, those of one key in order; a request that is too large is
 * halved, and one that fails gives its failure to each of its objects.
 * @param send sends one request and gives a result for each of its objects, in order
 * @param settle told of each object's result, once; of none that was not sent because the run stopped
 * @param isOfOne whether a request that failed may have done so for one of its objects, so that it is halved as well
 */
export async function inRequests<Result>(
	parts: readonly Part[],
	limits: Limits,
	pace: Pace,
	send: (parts: readonly Part[]) => Promise<readonly Result[]>,
	settle: (part: Part, result: Result | Failure | undefined) => void,
	isOfOne?: Batching['isOfOne'],
): Promise<void> {
	const requests = new Requests(limits, pace, send, settle, isOfOne);
	await requests.take(parts);
	await requests.end();
}

/** Sends objects as `inRequests` does, as they come: holds no more of them than are under way, and those of a request in the making. */
export class Requests<Result> {
	private readonly packer: Packer;
	/** Fulfilled when a batch is done, and never rejected: what fails settles its objects. In the order of the objects. */
	private readonly underWay = new Map<number, Promise<void>>();

	constructor(
		limits: Limits,
		private readonly pace: Pace,
		private readonly send: (parts: readonly Part[]) => Promise<readonly Result[]>,
		private readonly settle: (part: Part, result: Result | Failure | undefined) => void,
		private readonly isOfOne?: Batching['isOfOne'],
	) {
		this.packer = new Packer(limits);
	}

	/** Takes in the objects that come next, and waits until all but those of a request in the making are on their way. */
	async take(parts: readonly Part[]): Promise<void> {
		for (const part of parts) {
			for (const batch of this.packer.add(part)) {
				if (!this.pace.mayGoOn()) return;
				await this.start(batch);
			}
		}
	}

	/** Waits until one more of the oldest requests is done, and begins with the one in the making when there is no other. */
	async oldest(): Promise<void> {
		const [oldest] = this.underWay.values();
		await (oldest ?? this.end());
	}

	/** Sends what is left, and waits for all. */
	async end(): Promise<void> {
		for (const batch of this.packer.end()) if (this.pace.mayGoOn()) await this.start(batch);
		await Promise.all(this.underWay.values());
	}

	private async start(batch: Batch): Promise<void> {
		await this.pace.slots.take();
		const earlier = Promise.all(batch.after.map(async (index) => await this.underWay.get(index)));
		const sending = earlier
			.then(async () => await this.sendSome(batch.parts))
			.finally(() => {
				this.underWay.delete(batch.index);
				this.packer.done(batch);
				this.pace.slots.give();
			});
		this.underWay.set(batch.index, sending);
	}

	private async sendSome(parts: readonly Part[]): Promise<void> {
		// It may have waited for a place, or an earlier one, that stopped the run.
		if (!this.pace.mayGoOn()) return;
		const results = await settled(async () => await this.send(parts));
		if (isList(results)) parts.forEach((part, at) => this.settle(part, results[at]));
		else if (parts.length > 1 && (results.details.tooLarge === true || this.isOfOne?.(results) === true))
			for (const half of halve(parts)) await this.sendSome(half);
		else for (const part of parts) this.settle(part, results);
	}
}

/** Which items own how many objects, and how these ended: numbers in two arrays, because there may be millions of items. */
class Fates {
	/** Objects of each item whose end is not known yet, by the item's index. */
	private readonly open: Uint32Array;
	/** Objects of each item that were sent. */
	private readonly sent: Uint32Array;
	/** The first failure of each item that has one. */
	private readonly failures = new Map<number, Failure>();

	constructor(
		parts: readonly Part[],
		private readonly watch: Watch,
	) {
		const items = parts.reduce((most, { owner }) => Math.max(most, owner + 1), 0);
		this.open = new Uint32Array(items);
		this.sent = new Uint32Array(items);
		for (const { owner } of parts) this.add(this.open, owner, 1);
	}

	/**
	 * Ends what need not be sent, and what can't be prepared; of an item with such an object nothing is sent, so that running it again
	 * doubles nothing.
	 * @returns what is to be sent
	 */
	takeIn(parts: readonly Part[], prepared: ReadonlyArray<Prepared | undefined> | Failure): readonly Part[] {
		if (!isList(prepared)) {
			for (const part of parts) this.settle(part, prepared);
			return [];
		}
		const failures = new Map<number, Failure>();
		parts.forEach(({ owner }, at) => {
			const outcome = prepared[at];
			if (outcome?.kind === 'failed' && !failures.has(owner)) failures.set(owner, outcome.failure);
		});
		return parts.flatMap((part, at) => {
			const failure = failures.get(part.owner);
			const outcome = prepared[at];
			if (failure) this.settle(part, failure);
			else if (outcome?.kind === 'unneeded') this.close(part);
			else if (outcome?.kind === 'send') return [outcome.part];
			return [];
		});
	}

	settle(part: Part, failure: Failure | undefined): void {
		const { owner } = part;
		if (failure === undefined) {
			this.add(this.sent, owner, 1);
		} else {
			this.watch.failed();
			if (!this.failures.has(owner)) this.failures.set(owner, failure);
		}
		this.close(part);
	}

	private close({ owner }: Part): void {
		if (this.add(this.open, owner, -1) === 0) this.watch.ended(owner, this.failures.get(owner));
	}

	private add(counts: Uint32Array, owner: number, howMany: number): number {
		const count = (counts[owner] ?? 0) + howMany;
		counts[owner] = count;
		return count;
	}

	/** Ends items of which a part failed when the run stopped, and names those of which a part was sent. */
	endPartial(): number[] {
		const inPart: number[] = [];
		this.open.forEach((open, owner) => {
			if (open === 0) return;
			const failure = this.failures.get(owner);
			if (failure) this.watch.ended(owner, failure);
			else if ((this.sent[owner] ?? 0) > 0) inPart.push(owner);
		});
		return inPart;
	}
}

async function settled<Result>(work: () => Promise<readonly Result[]>): Promise<readonly Result[] | Failure> {
	try {
		return await work();
	} catch (error) {
		return asFailure(error);
	}
}

/** `Array.isArray` for lists that must not be changed. */
function isList<Result>(results: readonly Result[] | Failure): results is readonly Result[] {
	return Array.isArray(results);
}
