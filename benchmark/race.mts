// Several ways to do the same, one after the other and in turns, so that whatever else the machine does hits all alike.
import type { Measure } from './memory.mts';

/** What one run of one way came to; times in ms, memory in bytes above what the process had before. */
export interface Sample {
	readonly wall: number;
	/** Processor time of whoever does it, without that of the services. */
	readonly processor?: number | undefined;
	readonly requests?: number | undefined;
	readonly memory?: number | undefined;
	/** Why it did not come to its end, where that is expected. */
	readonly gaveUp?: string | undefined;
}

/** One way to do it. */
export interface Contestant {
	readonly name: string;
	/** Does it once; rejects when a promise of the package is broken. */
	readonly run: () => Promise<Sample>;
	/** How often at most; a run that takes minutes is not repeated. */
	readonly times?: number | undefined;
}

/** The same work done in several ways; the first is the one that the others are compared with. */
export interface Race {
	readonly title: string;
	readonly contestants: readonly [Contestant, ...Contestant[]];
}

/** The medians of one way. */
export interface Result extends Sample {
	readonly name: string;
	/** How many times as long as the first one took, by the median of the turns. */
	readonly ratio: number;
}

/** The middle one of some numbers; of an even count the mean of the two. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
	return (low + high) / 2;
}

function medianOf(
	samples: readonly Sample[],
	pick: (sample: Sample) => number | undefined,
): number | undefined {
	const values = samples.map(pick).filter((value) => value !== undefined);
	return values.length === 0 ? undefined : median(values);
}

/**
 * Runs a race in turns, each turn beginning with another contestant. Before them, each runs once to warm up, which tells the memory; who
 * runs only once does without, and tells both at once.
 * @param measure told what the next runs are to tell
 * @param onProgress told what runs now
 */
export async function runRace(
	{ contestants }: Race,
	turns: number,
	measure: (what: Measure) => void,
	onProgress: (detail: string) => void,
): Promise<Result[]> {
	const memories: Array<number | undefined> = [];
	for (const [at, { name, times, run }] of contestants.entries()) {
		if (times === 1) continue;
		onProgress(`${name} (memory)`);
		measure('memory');
		memories[at] = (await run()).memory;
	}
	const samples = contestants.map((): Array<Sample | undefined> => []);
	for (let turn = 0; turn < turns; turn++) {
		for (let place = 0; place < contestants.length; place++) {
			const at = (place + turn) % contestants.length;
			const contestant = contestants[at];
			if (contestant === undefined || turn >= (contestant.times ?? turns)) continue;
			onProgress(`${contestant.name} (${turn + 1} of ${contestant.times ?? turns})`);
			measure(contestant.times === 1 ? 'memory' : 'time');
			const list = samples[at];
			if (list) list[turn] = await contestant.run();
		}
	}
	const first = samples[0] ?? [];
	return contestants.map(({ name }, at) => {
		const own = samples[at] ?? [];
		const there = own.filter((sample) => sample !== undefined);
		const ratios = own.flatMap((sample, turn) => {
			const other = first[turn];
			return sample && other ? [sample.wall / other.wall] : [];
		});
		return {
			name,
			ratio: median(ratios),
			wall: medianOf(there, ({ wall }) => wall) ?? Number.NaN,
			processor: medianOf(there, ({ processor }) => processor),
			requests: medianOf(there, ({ requests }) => requests),
			memory: memories[at] ?? medianOf(there, ({ memory }) => memory),
			gaveUp: there.find(({ gaveUp }) => gaveUp !== undefined)?.gaveUp,
		};
	});
}
