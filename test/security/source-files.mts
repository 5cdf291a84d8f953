import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** The project's folder. */
export const PROJECT = join(__dirname, '..', '..');

/** A file of what is published. */
export interface SourceFile {
	/** From the project's folder on. */
	readonly path: string;
	readonly tree: ts.SourceFile;
}

/** Everything that is published of the nodes and credentials, parsed. */
export function publishedSources(): SourceFile[] {
	return ['nodes', 'credentials']
		.flatMap((folder) => readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => join(entry.parentPath, entry.name))
		.map((file) => ({
			path: relative(PROJECT, file),
			tree: ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true),
		}));
}

/** Where a piece of a file begins: `nodes/a.ts:12`. */
export function placeOf({ path, tree }: SourceFile, node: ts.Node): string {
	return `${path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}

/** All pieces of a file that are of one kind. */
export function findAll<T extends ts.Node>(
	{ tree }: SourceFile,
	is: (node: ts.Node) => node is T,
): readonly T[] {
	const found: T[] = [];
	const visit = (node: ts.Node): void => {
		if (is(node)) found.push(node);
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return found;
}
