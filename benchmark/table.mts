// Figures as people read them.
import { table } from '../scripts/markdown.mts';
import type { Result } from './race.mts';

const MIB = 1024 * 1024;

/** A number with separators: `1,334`. */
export const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** A time in ms as `12 ms`, `0.17 s` or `14 s`. */
export function time(ms: number | undefined): string {
	if (ms === undefined || Number.isNaN(ms)) return '–';
	if (ms < 99.5) return `${Math.round(ms)} ms`;
	return ms < 9950 ? `${(ms / 1000).toFixed(2)} s` : `${(ms / 1000).toFixed(0)} s`;
}

/** Bytes as `61 MiB`. */
export const memory = (bytes: number | undefined): string =>
	bytes === undefined ? '–' : `${count(bytes / MIB)} MiB`;

function ratio({ ratio: value, gaveUp }: Result): string {
	if (gaveUp !== undefined) return gaveUp;
	return Number.isNaN(value) ? '–' : value < 9.95 ? value.toFixed(2) : count(value);
}

/** The results of a race as a table under its title. */
export function raceTable(title: string, results: readonly Result[]): string {
	const head = [title, 'time', 'processor', 'requests', 'peak memory', '× the first'];
	const rows = results.map((result) => [
		result.name,
		time(result.wall),
		time(result.processor),
		result.requests === undefined ? '–' : count(result.requests),
		memory(result.memory),
		ratio(result),
	]);
	return table(head, rows);
}
