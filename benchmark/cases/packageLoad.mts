import { join } from 'node:path';
import { run } from '../../scripts/child-process.mts';
import type { Case } from '../case.mts';
import type { Contestant } from '../race.mts';
import type { Workbench } from '../workbench.mts';

/** Runs in n8n's own Node.js, with n8n's own loader; argument: the folder of a package. */
const LOAD = `
require('reflect-metadata');
const { PackageDirectoryLoader } = require('n8n-core');
const before = process.memoryUsage().rss;
const started = performance.now();
const loader = new PackageDirectoryLoader(process.argv[1]);
loader.loadAll().then(() => {
	const wall = performance.now() - started;
	console.log(JSON.stringify({ wall, memory: process.memoryUsage().rss - before }));
	process.exit();
});
`;

function loading(bench: Workbench, name: string, folder: string): Contestant {
	return {
		name,
		run: async () => {
			const { nodePath, folder: cwd } = bench.installation;
			const { code, stdout, output } = await run(nodePath, ['-e', LOAD, folder], {
				cwd: join(cwd, 'node_modules', 'n8n'),
			});
			if (code !== 0) throw new Error(`n8n's loader failed:\n${output}`);
			const { wall, memory }: { wall: number; memory: number } = JSON.parse(stdout.trim());
			return { wall, memory };
		},
	};
}

export const packageLoad: Case = {
	name: 'load',
	title: 'Loading the package when n8n starts',
	explanation: 'By n8n’s own loader, in a fresh process: all nodes and credentials.',
	races: async (bench) => {
		const laid = join(bench.userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-voucherify-braze');
		return await Promise.resolve([
			{ title: 'Once a start of n8n', contestants: [loading(bench, 'n8n-nodes-voucherify-braze', laid)] },
		]);
	},
};
