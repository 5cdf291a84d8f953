// Installs what package-lock.json names, unless exactly that is there already. Runs before anything is installed: Node's own modules only.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));

const REPEAT_MS = 15_000;

/**
 * Says whether node_modules holds what package-lock.json names; npm notes there what it installed.
 * Optional packages don't count: they are the binaries of other platforms.
 */
async function isInstalled() {
	const noteFile = join(projectFolder, 'node_modules', '.package-lock.json');
	if (!existsSync(noteFile)) return false;
	const { packages: installed } = JSON.parse(await readFile(noteFile, 'utf8'));
	const { packages: wanted } = JSON.parse(await readFile(join(projectFolder, 'package-lock.json'), 'utf8'));
	const names = Object.keys(wanted).filter((name) => name !== '' && !wanted[name].optional);
	return names.every((name) => installed[name]?.version === wanted[name].version);
}

/**
 * Runs npm with its own progress display on a terminal; elsewhere a line now and then says that it still works.
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit code
 */
function npm(args) {
	const cli = process.env.npm_execpath;
	const throughNode = cli !== undefined && basename(cli) === 'npm-cli.js';
	const started = Date.now();
	return new Promise((resolve, reject) => {
		const child = spawn(throughNode ? process.execPath : 'npm', throughNode ? [cli, ...args] : args, {
			cwd: projectFolder,
			stdio: ['ignore', 'inherit', 'inherit'],
			shell: !throughNode && process.platform === 'win32',
		});
		const forward = () => child.kill('SIGTERM');
		process.once('SIGTERM', forward);
		const still = setInterval(() => {
			if (!process.stdout.isTTY) console.log(`  npm ci · ${Math.round((Date.now() - started) / 1000)} s`);
		}, REPEAT_MS);
		child.once('error', reject);
		child.once('close', (code) => {
			clearInterval(still);
			process.off('SIGTERM', forward);
			resolve(code ?? 1);
		});
	});
}

/**
 * Makes node_modules match package-lock.json.
 * @returns {Promise<void>} rejects with a plain sentence when Node.js is too old or npm fails
 */
export async function ensureDependencies() {
	const major = Number(process.versions.node.split('.', 1)[0]);
	if (major < 20) throw new Error(`Node.js 20 or later is needed; this is ${process.version}.`);
	if (await isInstalled()) return;
	const started = Date.now();
	console.log('… Install the development dependencies (npm ci)');
	const code = await npm([
		'ci',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
		'--prefer-offline',
		'--loglevel=error',
	]);
	if (code !== 0) throw new Error(`npm ci failed with exit code ${code}; what it printed above says why.`);
	console.log(
		`✓ Install the development dependencies (npm ci) (${((Date.now() - started) / 1000).toFixed(1)} s)`,
	);
}

/**
 * Runs a command that has no options: `main(projectFolder)` of a module.
 * @param {string} module its path from this folder
 */
export async function runMain(module) {
	await runCommand(
		() => projectFolder,
		async (folder) => {
			const { tsImport } = await import('tsx/esm/api');
			const { main } = await tsImport(module, import.meta.url);
			return main(folder);
		},
	);
}

/**
 * Runs a command of the project in the project's folder, with its dependencies there; an error ends it with a plain sentence.
 * @template T
 * @param {() => T | undefined} readOptions reads the command line; undefined when there is nothing to do
 * @param {(options: T) => Promise<number>} command resolves to the exit code
 */
export async function runCommand(readOptions, command) {
	process.chdir(projectFolder);
	try {
		const options = readOptions();
		if (options === undefined) return;
		await ensureDependencies();
		process.exitCode = await command(options);
	} catch (error) {
		console.error(`✗ ${error instanceof Error ? error.message : error}`);
		process.exitCode = 1;
	}
}
