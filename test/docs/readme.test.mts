import { readFileSync, writeFileSync } from 'node:fs';
import type { Resource } from '../../nodes/common/operation';
import { resources as braze } from '../../nodes/Braze/resources';
import { resources as voucherify } from '../../nodes/Voucherify/resources';

const NODES: Readonly<Record<string, readonly Resource[]>> = { Voucherify: voucherify, Braze: braze };

/** The table of a node's operations, as the forms name and describe them. */
function table(resources: readonly Resource[]): string {
	const rows = [...resources]
		.sort((a, b) => a.displayName.localeCompare(b.displayName))
		.flatMap(({ displayName, operations }) =>
			operations.map(
				(operation, n) =>
					`| ${n === 0 ? displayName : ''} | ${operation.displayName} | ${operation.description} |`,
			),
		);
	return ['| resource | operation | what it does |', '|---|---|---|', ...rows].join('\n');
}

const between = (node: string) => new RegExp(`(<!-- operations of ${node} -->\n)[^]*?(\n<!-- end -->)`);

// UPDATE_README=1 writes the tables instead of comparing them.
test.each(Object.entries(NODES))('README.md lists every operation of the %s node', (node, resources) => {
	const readme = readFileSync('README.md', 'utf8');
	const updated = readme.replace(
		between(node),
		(_all, start: string, end: string) => start + table(resources) + end,
	);
	if (process.env.UPDATE_README) writeFileSync('README.md', updated);
	else expect(readme).toBe(updated);
	expect(readme).toMatch(between(node));
});
