// What was found out about the package in one n8n, and how the run prints it.
import { basename } from 'node:path';
import { table } from '../../scripts/markdown.mts';

/** How many of all that there are. */
export interface Share {
	readonly done: number;
	readonly all: number;
}

/** What was found out about the package in one n8n. */
export interface ReleaseResult {
	/** The versions that n8n and Node.js gave of themselves. */
	readonly n8n: string;
	readonly node: string;
	/** Node and credential types of the package that n8n knows. */
	readonly nodes: Share;
	readonly credentials: Share;
	/** Workflows that ran and did what they promise. */
	readonly workflows: Share;
}

/** The section of package.json that tells n8n what is in the package. */
export interface PackageContents {
	readonly nodes: readonly string[];
	readonly credentials: readonly string[];
}

/** The names that n8n gives to files of the package, like `dist/nodes/Braze/Braze.node.js`. */
export function typeNames(files: readonly string[]): string[] {
	return files.map((file) => {
		const [name = ''] = basename(file).split('.', 1);
		return name.charAt(0).toLowerCase() + name.slice(1);
	});
}

/** How many of the wanted there are among the known. */
export function shareOf(wanted: readonly string[], known: readonly string[]): Share {
	return { done: wanted.filter((name) => known.includes(name)).length, all: wanted.length };
}

/** The results as a Markdown table. */
export function resultTable(results: readonly ReleaseResult[]): string {
	const share = ({ done, all }: Share) => `${done} of ${all}`;
	const rows = results.map(({ n8n, node, nodes, credentials, workflows }) => [
		n8n,
		node,
		share(nodes),
		share(credentials),
		share(workflows),
	]);
	const head = ['n8n', 'Node.js', 'node types', 'credential types', 'workflows that did what they promise'];
	return table(head, rows);
}
