// Memory of running processes, as Linux counts it. Runs in the measured processes too, so it imports nothing but Node's own modules.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { family } from './processes.mts';

const KIB = 1024;

function bytesOf(pid: number, field: 'VmHWM' | 'VmRSS'): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const kib = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
	return Number(kib ?? 0) * KIB;
}

/**
 * Frees what nothing refers to any more, so that a measurement begins with what is really in use.
 * @param flavor the last resort of V8 also gives emptied pages back, and forgets compiled code: only then the memory of the process tells
 *   what is needed, and everything takes longer than in a server that has been running for a while
 */
function collectGarbage(flavor: 'regular' | 'last-resort'): void {
	setFlagsFromString('--expose-gc');
	const collect: unknown = runInNewContext('gc');
	if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor });
}

/** What a run is to tell; the way to measure memory slows it down. */
export type Measure = 'time' | 'memory';

/**
 * Clears away what the run before has left, and begins to watch how much memory this process and its children take.
 * @returns asked at the end, tells by how many bytes they went above what they had at the start; `undefined` where it can't be known, or
 *   the run is to tell its time
 */
export function watchMemory(measure: Measure): () => number | undefined {
	if (measure === 'time' || process.platform !== 'linux') {
		collectGarbage('regular');
		return () => undefined;
	}
	collectGarbage('last-resort');
	const before = new Map<number, number>();
	for (const pid of family()) {
		// Linux forgets the peak so far.
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
		before.set(pid, bytesOf(pid, 'VmRSS'));
	}
	return () => {
		let above = 0;
		for (const [pid, bytes] of before) {
			if (existsSync(`/proc/${pid}`)) above += Math.max(0, bytesOf(pid, 'VmHWM') - bytes);
		}
		return above;
	};
}
