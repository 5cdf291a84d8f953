import { readFile, writeFile } from 'node:fs/promises';

const BETWEEN = /(<!-- figures -->\n)[^]*?(\n<!-- end -->)/;

/** Puts figures between their markers. Throws when the paper has none. */
export function withFigures(paper: string, figures: string): string {
	if (!BETWEEN.test(paper))
		throw new Error('README.md has no place for figures: <!-- figures --> … <!-- end -->');
	return paper.replace(BETWEEN, (_all, start: string, end: string) => start + figures + end);
}

/** Writes figures into README.md. */
export async function writeReadme(file: string, figures: string): Promise<void> {
	await writeFile(file, withFigures(await readFile(file, 'utf8'), figures));
}
