// Finds in the source of a node which requests it can send.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A request that stands in the source. */
export interface FoundRequest {
	/** What it may be sent with; none where a shared function decides, such as one that turns pages. */
	readonly methods: readonly string[];
	/** Values stand as `{}`: `/v1/customers/{}`. */
	readonly path: string;
	readonly file: string;
}

/** All requests below some folders. Paths stand in string literals or in templates of the `path` tag, so reading them is enough. */
export function requestsIn(folders: readonly string[]): FoundRequest[] {
	return folders.flatMap(sourceFiles).flatMap(requestsOf);
}

function sourceFiles(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (statSync(path).isDirectory()) return sourceFiles(path);
		return name.endsWith('.ts') ? [path] : [];
	});
}

function requestsOf(file: string): FoundRequest[] {
	const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
	const found: FoundRequest[] = [];
	const visit = (node: ts.Node): void => {
		const path = pathOf(node);
		if (path !== undefined) found.push({ methods: methodsBeside(node), path, file });
		ts.forEachChild(node, visit);
	};
	ts.forEachChild(source, visit);
	return found;
}

/** The path that a literal holds: it starts at the root, and every step has a name. */
function pathOf(node: ts.Node): string | undefined {
	if (ts.isLiteralTypeNode(node.parent)) return undefined;
	const text = ts.isStringLiteral(node)
		? node.text
		: ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'path'
			? templateText(node.template)
			: undefined;
	return text !== undefined && /^(\/[\w{}-]+)+$/.test(text) ? text : undefined;
}

function templateText(template: ts.TemplateLiteral): string {
	if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
	return template.head.text + template.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
}

/** The methods that the same object literal names: one, or those that the type of its variable allows. */
function methodsBeside(node: ts.Node): string[] {
	for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
		if (!ts.isObjectLiteralExpression(at)) continue;
		const method = at.properties.find((property) => property.name?.getText() === 'method');
		if (method === undefined) continue;
		if (ts.isShorthandPropertyAssignment(method)) return methodsOfType(node.getSourceFile());
		return ts.isPropertyAssignment(method) && ts.isStringLiteral(method.initializer)
			? [method.initializer.text]
			: [];
	}
	return [];
}

/** The literals of the type that a file declares for a property `method`. */
function methodsOfType(file: ts.SourceFile): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isPropertySignature(node) && node.name.getText() === 'method') {
			const types = node.type !== undefined && ts.isUnionTypeNode(node.type) ? node.type.types : [];
			for (const type of types)
				if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) found.push(type.literal.text);
		}
		ts.forEachChild(node, visit);
	};
	ts.forEachChild(file, visit);
	return found;
}
