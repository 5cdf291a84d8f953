// The single checks that `npm run lint` and `npm test` consist of.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { run, runNpm } from '../child-process.mts';
import { packProject, unpackTarball } from '../package-tarball.mts';
import { lockFileFindings, packageFindings, type Manifest } from './package-contents.mts';

/** One thing that is either right or not; `run` resolves to what is wrong, empty when nothing is. */
export interface Check {
	readonly title: string;
	readonly run: (projectFolder: string) => Promise<string>;
}

async function failureOf(projectFolder: string, args: readonly string[]): Promise<string> {
	const env = { ...process.env, CI: 'true' };
	const { code, output } = await run(process.execPath, args, { cwd: projectFolder, env });
	return code === 0 ? '' : output.trim() || `exit code ${code}`;
}

const bin = (path: string) => join('node_modules', ...path.split('/'));

/** Compiles the nodes and puts icons, codex files and schemas beside them. */
export const build: Check = {
	title: 'Build (tsc, gulp)',
	async run(projectFolder) {
		const { code, output } = await runNpm(['run', '--silent', 'build'], { cwd: projectFolder });
		return code === 0 ? '' : output.trim();
	},
};

/** Types of everything that the build doesn't compile. */
export const types: Check = {
	title: 'Types of scripts, sandbox and tests (tsc)',
	run: (projectFolder) => failureOf(projectFolder, [bin('typescript/bin/tsc'), '-p', 'tsconfig.tools.json']),
};

async function sourcesOf(projectFolder: string): Promise<string[]> {
	const paths: string[] = [];
	for (const folder of ['nodes', 'credentials']) {
		const entries = await readdir(join(projectFolder, folder), { recursive: true });
		paths.push(...entries.map((entry) => `${folder}/${entry.split(sep).join('/')}`));
	}
	return paths;
}

async function scan(folder: string, patterns: string[], what: string): Promise<string[]> {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	return passed ? [] : [`n8n's package scan of the ${what}: ${message ?? 'failed'}`, details ?? ''];
}

async function scanPackage(projectFolder: string): Promise<string> {
	const workFolder = await mkdtemp(join(tmpdir(), 'package-scan-'));
	try {
		const unpacked = join(workFolder, 'package');
		const tarball = await packProject(projectFolder, workFolder);
		await unpackTarball(tarball, unpacked);
		const manifest: Manifest = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8'));
		return [
			...packageFindings(tarball, manifest, await sourcesOf(projectFolder)),
			...(await scan(projectFolder, SOURCE_FILE_PATTERNS, 'source')),
			...(await scan(unpacked, ['**/*.js', 'package.json'], 'tarball')),
		].join('\n');
	} finally {
		await rm(workFolder, { recursive: true, force: true });
	}
}

/** What `npm run lint` checks. The package scan wants a build. */
export const lintChecks: readonly Check[] = [
	{
		title: "Lint of the nodes (n8n's rules)",
		run: (projectFolder) => failureOf(projectFolder, [bin('@n8n/node-cli/bin/n8n-node.mjs'), 'lint']),
	},
	{
		title: 'Lint of scripts, sandbox and tests (ESLint)',
		run: (projectFolder) =>
			failureOf(projectFolder, [
				bin('eslint/bin/eslint.js'),
				'--config',
				'eslint.tools.config.mjs',
				'--max-warnings',
				'0',
				'.',
			]),
	},
	{
		title: 'Format (Prettier)',
		run: (projectFolder) =>
			failureOf(projectFolder, [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']),
	},
	{
		title: 'Lock file (no hosts, all platforms)',
		run: async (projectFolder) =>
			lockFileFindings(await readFile(join(projectFolder, 'package-lock.json'), 'utf8')).join('\n'),
	},
	{ title: "Package scan (n8n's analysis of source and tarball, contents, size)", run: scanPackage },
];
