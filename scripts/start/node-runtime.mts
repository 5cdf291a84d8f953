// The Node.js that n8n runs on: this one if it fits, else one that npm has as a package.
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { runNpm } from '../child-process.mts';
import { cacheFolder } from './cache-folder.mts';
import { ensureInstalled, type OnProgress } from './cached-installation.mts';

/** The newest major of Node.js that n8n comes with prebuilt parts for. */
export const NODE_MAJOR = 24;

/** The first n8n version of each range and the Node.js versions it was released for (its `engines`), newest first. */
const RANGES = [
	{ since: [2, 36], least: [24, 0] },
	{ since: [2, 23], least: [22, 22] },
	{ since: [2, 10], least: [22, 16] },
	{ since: [1, 109], least: [20, 19] },
] as const;

const numbers = (version: string) => version.replace(/^v/, '').split('.').map(Number);

/** Whether the `major.minor` of a version is the same or later. */
function atLeast(version: string, [major, minor]: readonly [number, number]): boolean {
	const [ownMajor = 0, ownMinor = 0] = numbers(version);
	return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** Whether a version of n8n runs on a version of Node.js. Later majors than 24 lack prebuilt parts of n8n. */
export function runsOn(n8nVersion: string, nodeVersion: string): boolean {
	const range = RANGES.find(({ since }) => atLeast(n8nVersion, since));
	if (range === undefined)
		throw new Error(`n8n ${n8nVersion} is older than 1.109, the oldest that is supported here.`);
	return atLeast(nodeVersion, range.least) && !atLeast(nodeVersion, [NODE_MAJOR + 1, 0]);
}

/** The npm package that holds nothing but the Node.js binary for a platform. */
export function nodePackage(platform: NodeJS.Platform, arch: string): string {
	return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** Path of a Node.js executable of a major for a version of n8n; gets one from npm into the cache when this one doesn't fit. */
export async function nodeFor(
	n8nVersion: string,
	major: number,
	onProgress: OnProgress,
	signal?: AbortSignal,
): Promise<string> {
	const [ownMajor] = numbers(process.version);
	if (ownMajor === major && runsOn(n8nVersion, process.version)) return process.execPath;
	const name = nodePackage(process.platform, process.arch);
	const folder = join(cacheFolder(), `${name}-${major}`);
	const fill = async (partial: string) => {
		onProgress(`getting Node.js ${major} (this is ${process.version})`);
		const args = [
			'install',
			'--prefix',
			partial,
			'--ignore-scripts',
			'--no-audit',
			'--no-fund',
			'--no-package-lock',
		];
		const { code, output } = await runNpm([...args, `${name}@${major}`], {
			cwd: partial,
			...(signal && { signal }),
		});
		if (code !== 0) {
			throw new Error(
				`n8n ${n8nVersion} is to run on Node.js ${major}, and npm could not get it:\n${output}`,
			);
		}
		await rename(join(partial, 'node_modules', name), join(partial, 'node'));
	};
	await ensureInstalled(folder, fill, onProgress, signal);
	return process.platform === 'win32'
		? join(folder, 'node', 'bin', 'node.exe')
		: join(folder, 'node', 'bin', 'node');
}
