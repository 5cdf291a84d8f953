// Puts a packed package into an n8n user folder the way n8n itself does when a user installs it from npm.
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from '../checks/checks.mts';
import { run } from '../child-process.mts';
import { packProject, unpackTarball, type Tarball } from '../package-tarball.mts';
import type { N8nClient } from './n8n-client.mts';
import type { N8nInstallation } from './n8n-installation.mts';

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly author?: { readonly name?: string; readonly email?: string };
	readonly [field: string]: unknown;
}

interface Ledger {
	readonly dependencies?: Readonly<Record<string, string>>;
}

const nodesFolderOf = (userFolder: string) => join(userFolder, '.n8n', 'nodes');

async function readJson<T>(file: string, otherwise: T): Promise<T> {
	return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : otherwise;
}

/** The name under which the project is published. */
export async function nameOfPackage(projectFolder: string): Promise<string> {
	const manifest: Manifest = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
	return manifest.name;
}

/** Lays the package where n8n looks for installed ones; n8n loads it under its published type names when it starts. */
export async function layPackage(tarball: Tarball, packageName: string, userFolder: string): Promise<void> {
	const nodesFolder = nodesFolderOf(userFolder);
	const packageFolder = join(nodesFolder, 'node_modules', packageName);
	await unpackTarball(tarball, packageFolder);

	const manifestFile = join(packageFolder, 'package.json');
	const manifest: Manifest = JSON.parse(await readFile(manifestFile, 'utf8'));
	// n8n takes these fields out before it lets npm install a package's dependencies.
	const dropped = new Set(['devDependencies', 'peerDependencies', 'optionalDependencies']);
	const kept = Object.fromEntries(Object.entries(manifest).filter(([field]) => !dropped.has(field)));
	await writeFile(manifestFile, JSON.stringify(kept, null, 2));

	const ledgerFile = join(nodesFolder, 'package.json');
	const ledger = await readJson<Ledger>(ledgerFile, {});
	const dependencies = { ...ledger.dependencies, [packageName]: manifest.version };
	await writeFile(
		ledgerFile,
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies }, null, 2),
	);
}

/** Builds the project's package and lays it into a user folder. Rejects with what the compiler finds. */
export async function buildAndLay(
	projectFolder: string,
	packageName: string,
	userFolder: string,
): Promise<void> {
	const findings = await build.run(projectFolder);
	if (findings !== '') throw new Error(`The package does not build:\n${findings}`);
	const workFolder = join(userFolder, 'packed');
	await rm(workFolder, { recursive: true, force: true });
	await layPackage(await packProject(projectFolder, workFolder), packageName, userFolder);
}

/** Runs in n8n's own Node.js with n8n's own SQLite driver; arguments: database file, package as JSON. */
const RECORD = `
const { Database } = require('sqlite3');
const [file, json] = process.argv.slice(1);
const { name, version, author, nodes, now } = JSON.parse(json);
const database = new Database(file);
const run = (sql, values = []) => database.run(sql, values, (error) => { if (error) { console.error(error.message); process.exit(1); } });
database.configure('busyTimeout', 10000);
database.serialize(() => {
	run('BEGIN IMMEDIATE');
	run('DELETE FROM installed_nodes WHERE package = ?', [name]);
	run('DELETE FROM installed_packages WHERE packageName = ?', [name]);
	run('INSERT INTO installed_packages (packageName, installedVersion, authorName, authorEmail, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?)', [name, version, author.name, author.email, now, now]);
	for (const node of nodes) run('INSERT INTO installed_nodes (name, type, latestVersion, package) VALUES (?, ?, ?, ?)', [node.displayName, node.type, node.version, name]);
	run('COMMIT');
});
database.close();
`;

/**
 * Lists a laid package under "Settings → Community nodes" of a running n8n that keeps its data in SQLite.
 * n8n writes these rows itself when it installs from npm, and has no other way to be told.
 */
export async function recordPackage(
	installation: N8nInstallation,
	client: N8nClient,
	packageName: string,
	userFolder: string,
): Promise<void> {
	const manifestFile = join(nodesFolderOf(userFolder), 'node_modules', packageName, 'package.json');
	const { version, author = {} }: Manifest = JSON.parse(await readFile(manifestFile, 'utf8'));
	const types = await client.nodeTypesOf(packageName);
	// n8n derives a tool for AI agents from each node; only the nodes themselves belong to the package.
	const nodes = types
		.filter(({ name }) => !name.endsWith('Tool'))
		.map((type) => ({
			displayName: type.displayName,
			type: type.name,
			version: Math.max(...[type.version].flat()),
		}));
	const record = JSON.stringify({ name: packageName, version, author, nodes, now: new Date().toISOString() });
	const database = join(userFolder, '.n8n', 'database.sqlite');
	const { code, output } = await run(installation.nodePath, ['-e', RECORD, database, record], {
		cwd: installation.folder,
	});
	if (code !== 0) throw new Error(`The package could not be listed among n8n's community nodes: ${output}`);
}
