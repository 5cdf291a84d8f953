import type { Race, Result } from './race.mts';
import type { Workbench } from './workbench.mts';

/** How much is measured: what CI has time for, what the README shows, or everything. */
export type Extent = 'quick' | 'usual' | 'full';

/** What a finished case says besides the tables of its races. */
export interface Remarks {
	/** Sentences under the tables. */
	readonly lines: readonly string[];
	/** Promises that were counted and found broken. */
	readonly broken: readonly string[];
}

/** Results by the titles of their races. */
export type Results = ReadonlyMap<string, readonly Result[]>;

/** One subject of the benchmark. */
export interface Case {
	readonly name: string;
	readonly title: string;
	/** Lines that say what is compared. */
	readonly explanation: string;
	races(bench: Workbench, extent: Extent): Promise<readonly Race[]>;
	remarks?(results: Results): Remarks;
}

/** What must hold in a run. */
export function insist(holds: boolean, sentence: string): void {
	if (!holds) throw new Error(`A promise is broken: ${sentence}`);
}

/** The result of one contestant. */
export function resultOf(results: Results, race: string, name: string): Result | undefined {
	return results.get(race)?.find((result) => result.name === name);
}
