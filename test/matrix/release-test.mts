// The packed package in one version of n8n.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import type { Check } from '../../scripts/checks/checks.mts';
import { runChecks, type Tally } from '../../scripts/checks/run-checks.mts';
import { run } from '../../scripts/child-process.mts';
import type { Tarball } from '../../scripts/package-tarball.mts';
import { inStage } from '../../scripts/progress.mts';
import { sandboxServices, saveServices } from '../../scripts/start/connection.mts';
import { layPackage, recordPackage } from '../../scripts/start/installed-package.mts';
import { N8nClient } from '../../scripts/start/n8n-client.mts';
import { installN8n } from '../../scripts/start/n8n-installation.mts';
import { startN8n } from '../../scripts/start/n8n-server.mts';
import { readTemplates, withCredentials, withHeaderAuth } from '../../scripts/start/templates.mts';
import { newOwner } from '../deployment/owner.mts';
import type { Release } from './releases.mts';
import { shareOf, typeNames, type PackageContents, type ReleaseResult } from './result.mts';
import { TriedWorkflow } from './tried-workflow.mts';
import { TRIALS } from './workflow-trials.mts';

/** What all releases are tried with. */
export interface Trying {
	readonly projectFolder: string;
	readonly packageName: string;
	readonly contents: PackageContents;
	/** The package as it would be published. */
	readonly tarball: Tarball;
	/** Holds what the releases keep. */
	readonly workFolder: string;
	readonly sandbox: Sandbox;
	readonly signal: AbortSignal;
}

/** Stores what the workflows need to reach the services, and each other. */
async function saveCredentials(client: N8nClient, sandbox: Sandbox) {
	const names = { voucherifyApi: 'Voucherify', brazeApi: 'Braze' };
	const services = await saveServices(client, sandboxServices(sandbox), names);
	const header = { name: 'x-chunk-key', value: randomBytes(24).toString('hex') };
	const id = await client.saveCredential('httpHeaderAuth', 'Chunks', header);
	return { services, chunks: { id, name: 'Chunks' } };
}

/** What n8n should know of the package, and what it knows of all packages. */
async function typesOf({ packageName, contents }: Trying, client: N8nClient) {
	return {
		nodes: {
			wanted: typeNames(contents.nodes).map((name) => `${packageName}.${name}`),
			known: (await client.nodeTypesOf(packageName)).map(({ name }) => name),
		},
		credentials: { wanted: typeNames(contents.credentials), known: await client.credentialTypes() },
	};
}

/** Whether n8n knows all that is in the package, and its credentials reach the services. */
function packageCheck(
	{ nodes, credentials }: Awaited<ReturnType<typeof typesOf>>,
	version: string,
	client: N8nClient,
	credentialIds: readonly string[],
): Check {
	const missing = ({ wanted, known }: { wanted: readonly string[]; known: readonly string[] }) =>
		wanted.filter((name) => !known.includes(name)).map((name) => `n8n does not know ${name}.`);
	return {
		title: `n8n ${version}: node types, credential types, and the tests of the credentials`,
		async run() {
			const refusals = await Promise.all(credentialIds.map((id) => client.testCredential(id)));
			return [...missing(nodes), ...missing(credentials), ...refusals.filter(Boolean)].join('\n');
		},
	};
}

/** Whether each workflow does what it promises; those that do are added to `passed`. */
async function workflowChecks(
	{ projectFolder, packageName, sandbox, signal }: Trying,
	version: string,
	client: N8nClient,
	{ services, chunks }: Awaited<ReturnType<typeof saveCredentials>>,
	passed: string[],
): Promise<Check[]> {
	const templates = await readTemplates(join(projectFolder, 'workflows'));
	return templates.map(({ file, workflow }) => ({
		title: `n8n ${version}: ${file}`,
		async run() {
			signal.throwIfAborted();
			const trial = TRIALS[file];
			if (trial === undefined) return `Nobody has written down what ${file} promises.`;
			sandbox.reset();
			const ready = withHeaderAuth(withCredentials(workflow, packageName, services), chunks);
			const { id } = await client.createWorkflow(ready);
			await trial(new TriedWorkflow(client, sandbox, id, ready));
			passed.push(file);
			return '';
		},
	}));
}

/** Tries all of a running n8n. */
async function tryRunning(
	trying: Trying,
	version: string,
	client: N8nClient,
): Promise<{ tally: Tally; result: Omit<ReleaseResult, 'node'> }> {
	const credentials = await saveCredentials(client, trying.sandbox);
	const ids = Object.values(credentials.services).map(({ id }) => id);
	const types = await typesOf(trying, client);
	const passed: string[] = [];
	const workflows = await workflowChecks(trying, version, client, credentials, passed);
	const tally = await runChecks(
		[packageCheck(types, version, client, ids), ...workflows],
		trying.projectFolder,
	);
	const result = {
		n8n: await client.version(),
		nodes: shareOf(types.nodes.wanted, types.nodes.known),
		credentials: shareOf(types.credentials.wanted, types.credentials.known),
		workflows: { done: passed.length, all: workflows.length },
	};
	return { tally, result };
}

/**
 * Installs a version of n8n and lays the package into it, starts it, and tries every workflow. Rejects when n8n can't be installed
 * or does not start.
 */
export async function testRelease(
	trying: Trying,
	{ version, nodeMajor }: Release,
): Promise<{ tally: Tally; result: ReleaseResult }> {
	const { packageName, tarball, workFolder, signal } = trying;
	const installation = await inStage(`n8n ${version} for Node.js ${nodeMajor}`, ({ update }) =>
		installN8n(version, update, signal, nodeMajor),
	);
	const userFolder = join(workFolder, version);
	const logFile = join(userFolder, 'n8n.log');
	const server = await inStage(`Start n8n ${version} with the package`, async () => {
		await layPackage(tarball, packageName, userFolder);
		return await startN8n(installation, { userFolder, port: 0, logFile, signal });
	});
	try {
		const client = new N8nClient(server.url);
		await client.signIn(newOwner());
		await recordPackage(installation, client, packageName, userFolder);
		const { tally, result } = await tryRunning(trying, version, client);
		const { stdout } = await run(installation.nodePath, ['--version']);
		return { tally, result: { ...result, node: stdout.trim().replace(/^v/, '') } };
	} finally {
		await server.stop();
	}
}
