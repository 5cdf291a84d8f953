// n8n of a given version, installed once into the user's cache.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { run, runNpm } from '../child-process.mts';
import { cacheFolder } from './cache-folder.mts';
import { ensureInstalled, isComplete, type OnProgress } from './cached-installation.mts';
import { NODE_MAJOR, nodeFor } from './node-runtime.mts';
import { unpackedPackages } from './unpacked-packages.mts';

/** The n8n that the commands of the project start. */
export const N8N_VERSION = '2.41.1';

const REPORT_MS = 2000;

/** An installed n8n: start it with `nodePath n8nBin start`. */
export interface N8nInstallation {
	readonly version: string;
	readonly folder: string;
	readonly nodePath: string;
	readonly n8nBin: string;
}

/** The parts with machine code that n8n cannot run without, and a line of JavaScript that fails where they are missing. */
const NATIVE_PARTS = {
	sqlite3: "const { Database } = require('sqlite3'); new Database(':memory:').close()",
	'isolated-vm': "new (require('isolated-vm').Isolate)().dispose()",
} as const;

/** n8n took xlsx from its makers' own server, which not everybody reaches, before it took to this copy on npm. */
const OVERRIDES = { xlsx: 'npm:@e965/xlsx@0.20.3' };

/** The environment in which `node` means the given one. */
export function withNodeFirst(nodePath: string, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
	return { ...env, PATH: [dirname(nodePath), env['PATH']].filter(Boolean).join(delimiter) };
}

/** The C++ headers that came with a Node.js; node-gyp would download them, or take another version's that npm was told of. */
function headersOf(nodePath: string): NodeJS.ProcessEnv {
	const root = dirname(dirname(nodePath));
	return existsSync(join(root, 'include', 'node')) ? { npm_config_nodedir: root } : {};
}

const tail = (text: string) =>
	text
		.split('\n')
		.filter((line) => !/^npm (http|warn)/.test(line))
		.slice(-30)
		.join('\n');

async function installPackages(
	folder: string,
	version: string,
	onProgress: OnProgress,
	signal?: AbortSignal,
) {
	const manifest = {
		private: true,
		dependencies: { n8n: version },
		overrides: OVERRIDES,
		// npm 11.19 and later run the install scripts of no other packages.
		allowScripts: Object.fromEntries(Object.keys(NATIVE_PARTS).map((name) => [name, true])),
	};
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
	const flags = [
		'--ignore-scripts',
		'--no-package-lock',
		'--no-audit',
		'--no-fund',
		'--prefer-offline',
		'--loglevel=http',
	];
	let lookedUp = 0;
	const report = async () => {
		const unpacked = await unpackedPackages(join(folder, 'node_modules'));
		if (unpacked) onProgress(`${unpacked.done} of ${unpacked.all} packages downloaded and unpacked`);
		else if (lookedUp > 0) onProgress(`${lookedUp} packages looked up`);
	};
	const reporting = setInterval(() => void report(), REPORT_MS);
	try {
		const { code, output } = await runNpm(['install', '--prefix', folder, ...flags], {
			cwd: folder,
			...(signal && { signal }),
			onOutput: (text) => (lookedUp += text.split('http fetch GET 200').length - 1),
		});
		if (code !== 0) throw new Error(`npm could not install n8n ${version}:\n${tail(output)}`);
	} finally {
		clearInterval(reporting);
	}
}

/** Builds what n8n's install scripts would have: they are off, because one of them (a Kafka client's) fails on many machines. */
async function buildNativeParts(
	folder: string,
	nodePath: string,
	onProgress: OnProgress,
	signal?: AbortSignal,
) {
	const env = { ...withNodeFirst(nodePath), ...headersOf(nodePath) };
	const options = { cwd: folder, env, ...(signal && { signal }) };
	for (const [name, probe] of Object.entries(NATIVE_PARTS)) {
		const works = async () => (await run(nodePath, ['-e', probe], options)).code === 0;
		if (!existsSync(join(folder, 'node_modules', name)) || (await works())) continue;
		onProgress(`building ${name}`);
		const { output } = await runNpm(
			['rebuild', name, '--prefix', folder, '--ignore-scripts=false'],
			options,
			nodePath,
		);
		if (await works()) continue;
		const hint = `${name} has to be compiled here, which takes Python 3, make and a C++ compiler.`;
		throw new Error(`${hint} Install them and start again.\n${tail(output)}`);
	}
}

/** Parts with machine code are built for one major of Node.js. */
const folderOf = (version: string, nodeMajor: number) =>
	join(cacheFolder(), nodeMajor === NODE_MAJOR ? `n8n-${version}` : `n8n-${version}-node-${nodeMajor}`);

/** Whether the cache holds that version of n8n, for that major of Node.js, already. */
export function isCached(version: string, nodeMajor = NODE_MAJOR): boolean {
	return isComplete(folderOf(version, nodeMajor));
}

/** Gets n8n of the given version, and a Node.js of the given major, into the cache unless both are there. Takes minutes the first time. */
export async function installN8n(
	version: string,
	onProgress: OnProgress,
	signal?: AbortSignal,
	nodeMajor = NODE_MAJOR,
): Promise<N8nInstallation> {
	const nodePath = await nodeFor(version, nodeMajor, onProgress, signal);
	const folder = folderOf(version, nodeMajor);
	const fill = async (partial: string) => {
		onProgress('asking npm what it consists of');
		await installPackages(partial, version, onProgress, signal);
		await buildNativeParts(partial, nodePath, onProgress, signal);
	};
	await ensureInstalled(folder, fill, onProgress, signal);
	return { version, folder, nodePath, n8nBin: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}
