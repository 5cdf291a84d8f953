// What Linux knows of running processes. Runs in the measured processes too, so it imports nothing but Node's own modules.
import { existsSync, readFileSync } from 'node:fs';

/** This process and those that it started: n8n runs Code nodes in one of its own. */
export function family(): number[] {
	const file = `/proc/self/task/${process.pid}/children`;
	const children = existsSync(file) ? readFileSync(file, 'utf8') : '';
	return [process.pid, ...children.split(' ').filter(Boolean).map(Number)];
}

/** Linux counts processor time in ticks of so many ms. */
const TICK_MS = 10;

/** The processor time, in ms, that this process and its children have used so far. */
function used(): number {
	if (process.platform !== 'linux') {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1000;
	}
	return family().reduce((sum, pid) => {
		const file = `/proc/${pid}/stat`;
		// The name of a program, in brackets, may hold anything; the fields after it are numbers.
		const fields = existsSync(file) ? readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ') : undefined;
		return sum + (Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)) * TICK_MS;
	}, 0);
}

/** Begins to watch; asked at the end, tells how much processor time was used, in ms. */
export function watchProcessor(): () => number {
	const before = used();
	return () => used() - before;
}
