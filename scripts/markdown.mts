// Tables, and the places in README.md that commands write.
import { readFile, writeFile } from 'node:fs/promises';

/** A Markdown table, all columns but the first one set to the right; `|` in cells is left to the caller. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [
		line(head),
		`|${head.map((_, at) => (at === 0 ? '---|' : '--:|')).join('')}`,
		...rows.map(line),
	].join('\n');
}

/** Puts text between the markers `<!-- name -->` and `<!-- end -->`. Throws when the paper has none of that name. */
export function withSection(paper: string, name: string, text: string): string {
	const between = new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- end -->)`);
	if (!between.test(paper))
		throw new Error(`README.md has no place for ${name}: <!-- ${name} --> … <!-- end -->`);
	return paper.replace(between, (_all, start: string, end: string) => start + text + end);
}

/** Writes text between the markers of that name into a file. */
export async function writeSection(file: string, name: string, text: string): Promise<void> {
	await writeFile(file, withSection(await readFile(file, 'utf8'), name, text));
}
