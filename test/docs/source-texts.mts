import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Stands for what a text takes in when it is shown. */
const GAP = '…';

/** Every text in the source of the nodes, with `…` for what is put into it. */
export function textsOfNodes(): ReadonlySet<string> {
	const texts = new Set<string>();
	const visit = (node: ts.Node): void => {
		if (ts.isStringLiteralLike(node)) texts.add(node.text);
		else if (ts.isTemplateExpression(node)) {
			texts.add(node.head.text + node.templateSpans.map(({ literal }) => GAP + literal.text).join(''));
		}
		ts.forEachChild(node, visit);
	};
	const files = readdirSync('nodes', { recursive: true, encoding: 'utf8' });
	for (const file of files.filter((name) => name.endsWith('.ts'))) {
		const source = readFileSync(join('nodes', file), 'utf8');
		visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest));
	}
	return texts;
}

/** An error text without the name of the field that refusals of input begin with: the rest is what the source has. */
export function withoutField(text: string): string {
	return text.replace(/^"…" (?=is |has )/, '');
}
