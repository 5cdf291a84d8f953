import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * How far npm is with unpacking: it first makes a folder for each package and then fills one after the other.
 * Looks only at the top level of `node_modules`, which holds most of them. Resolves to undefined before npm is that far.
 */
export async function unpackedPackages(
	nodeModules: string,
): Promise<{ done: number; all: number } | undefined> {
	const names = await readdir(nodeModules).catch(() => []);
	const nested = names
		.filter((name) => name.startsWith('@'))
		.map(async (scope) => {
			const inScope = await readdir(join(nodeModules, scope)).catch(() => []);
			return inScope.map((name) => `${scope}/${name}`);
		});
	const plain = names.filter((name) => !/^[.@]/.test(name));
	const all = [...plain, ...(await Promise.all(nested)).flat()];
	if (all.length === 0) return undefined;
	const done = all.filter((name) => existsSync(join(nodeModules, name, 'package.json'))).length;
	return { done, all: all.length };
}
