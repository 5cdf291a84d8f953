import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A page for people: its path from the project folder, and its text. */
export interface Paper {
	readonly path: string;
	readonly text: string;
}

const read = (path: string): Paper => ({ path, text: readFileSync(path, 'utf8') });

/** The pages in `docs/`. */
export const PAGES: readonly Paper[] = readdirSync('docs')
	.filter((file) => file.endsWith('.md'))
	.map((file) => read(posix.join('docs', file)));

/** All pages for people. */
export const PAPERS: readonly Paper[] = [
	...['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'CHANGELOG.md'].map(read),
	...PAGES,
];

/** The page at that path. */
export function paper(path: string): Paper {
	const found = PAPERS.find((known) => known.path === path);
	if (found === undefined) throw new Error(`There is no page ${path}`);
	return found;
}

/** A link as a page has it; an image is one, too. */
export interface Link {
	/** Where it leads, from the project folder; the page itself when it names only a heading. */
	readonly file: string;
	/** The heading, as GitHub makes an address of it; empty for none. */
	readonly anchor: string;
}

/** The links of a page to files of the project. */
export function linksOf({ path, text }: Paper): readonly Link[] {
	const links = text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g);
	const pictures = text.matchAll(/<(?:img|source) [^>]*\bsrc(?:set)?="(?!https?:)([^"]*)"/g);
	return [...links, ...pictures].map(([, file = '', anchor = '']) => ({
		file: file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file)),
		anchor,
	}));
}

/** The addresses of a page's headings, as GitHub makes them. */
export function anchorsOf(text: string): ReadonlySet<string> {
	const headings = [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)];
	return new Set(
		headings.map(([, heading = '']) =>
			heading
				.toLowerCase()
				.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
				.trim()
				.replaceAll(' ', '-'),
		),
	);
}

/** Names of environment variables, as far as they have two words. */
export function variablesIn(text: string): readonly string[] {
	return [...new Set(text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? [])];
}

/** The names of the workflows in `workflows/`, without their ending. */
export const WORKFLOWS: readonly string[] = readdirSync('workflows')
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.replace(/\.json$/, ''));

/** The names of the nodes in a workflow. */
export function nodesOf(workflow: string): readonly string[] {
	const { nodes }: { nodes: ReadonlyArray<{ readonly name: string }> } = JSON.parse(
		readFileSync(join('workflows', `${workflow}.json`), 'utf8'),
	);
	return nodes.map(({ name }) => name);
}
