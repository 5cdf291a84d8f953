import { readFileSync } from 'node:fs';
import { memory, raceTable, time } from '../../benchmark/table.mts';
import { withSection } from '../../scripts/markdown.mts';

test('times and memory are written as people read them, and what is not known as a dash', () => {
	expect([0.4, 99, 170, 9949, 14_000, undefined].map(time)).toEqual([
		'0 ms',
		'99 ms',
		'0.17 s',
		'9.95 s',
		'14 s',
		'–',
	]);
	expect([61 * 1024 * 1024, undefined].map(memory)).toEqual(['61 MiB', '–']);
});

test('a race is a Markdown table with a row for each contestant', () => {
	const rows = raceTable('10,000 items', [
		{ name: 'node', wall: 170, processor: 169, requests: 134, memory: 2 ** 20, ratio: 1 },
		{ name: 'other', wall: 14_000, requests: 10_000, ratio: 82 },
		{ name: 'hopeless', wall: 140_000, requests: 20_000, ratio: 131, gaveUp: 'failed after 19,967' },
	]).split('\n');
	expect(rows).toEqual([
		'| 10,000 items | time | processor | requests | peak memory | × the first |',
		'|---|--:|--:|--:|--:|--:|',
		'| node | 0.17 s | 0.17 s | 134 | 1 MiB | 1.00 |',
		'| other | 14 s | – | 10,000 | – | 82 |',
		'| hopeless | 140 s | – | 20,000 | – | failed after 19,967 |',
	]);
});

test('figures take the place between their markers in README.md, and nothing else changes', () => {
	const readme = readFileSync('README.md', 'utf8');
	const written = withSection(readme, 'figures', '| $& | $1 |');
	expect(written).toContain('<!-- figures -->\n| $& | $1 |\n<!-- end -->');
	const [before, after] = readme.split(/<!-- figures -->[^]*?<!-- end -->/);
	expect(written.startsWith(before ?? '')).toBe(true);
	expect(written.endsWith(after ?? '')).toBe(true);
	expect(() => withSection('no place', 'figures', 'x')).toThrow('no place for figures');
});
