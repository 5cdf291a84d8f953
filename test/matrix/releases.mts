// The versions of n8n that the package promises to work with.
import { N8N_VERSION } from '../../scripts/start/n8n-installation.mts';
import { NODE_MAJOR } from '../../scripts/start/node-runtime.mts';

/** A version of n8n, and the major of Node.js that it is tried on. */
export interface Release {
	/** `major.minor`, which `--only` takes. */
	readonly line: string;
	readonly version: string;
	readonly nodeMajor: number;
}

/** The oldest n8n that is still cared for, the ones since that changed most for nodes, and the one that `npm start` starts. */
export const RELEASES: readonly Release[] = [
	// It says that it runs on Node.js 20, but a part of it (isolated-vm) takes 22.
	{ line: '1.123', version: '1.123.81', nodeMajor: 22 },
	{ line: '2.8', version: '2.8.4', nodeMajor: 20 },
	{ line: '2.35', version: '2.35.7', nodeMajor: 22 },
	{ line: '2.41', version: N8N_VERSION, nodeMajor: NODE_MAJOR },
];

/** The releases of these lines, all of them when none is named. Throws when there is no such line. */
export function chosenReleases(lines: readonly string[]): readonly Release[] {
	const unknown = lines.find((wanted) => !RELEASES.some(({ line }) => line === wanted));
	if (unknown !== undefined) {
		const known = RELEASES.map(({ line }) => line).join(', ');
		throw new Error(`There is no n8n "${unknown}" in the table: --only takes ${known}.`);
	}
	return lines.length === 0 ? RELEASES : RELEASES.filter(({ line }) => lines.includes(line));
}
