// A real n8n with the package as a user installs it, and the sandbox.
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepEditorAway } from '../../scripts/start/user-folder.mts';
import { buildAndLay, nameOfPackage, recordPackage } from '../../scripts/start/installed-package.mts';
import { N8nClient, type Owner } from '../../scripts/start/n8n-client.mts';
import { installN8n, N8N_VERSION } from '../../scripts/start/n8n-installation.mts';
import { startN8n, type N8nServer } from '../../scripts/start/n8n-server.mts';
import {
	FREE_PORTS,
	startSandboxProcess,
	type SandboxProcess,
} from '../../scripts/start/sandbox-process.mts';
import { newOwner } from './owner.mts';

/** A running n8n and sandbox. */
export interface Deployment {
	readonly projectFolder: string;
	readonly packageName: string;
	/** The one that was started last. */
	readonly server: N8nServer;
	readonly client: N8nClient;
	readonly owner: Owner;
	readonly sandbox: SandboxProcess;
	/** Starts n8n again where it was, once it has ended: with all that it keeps. */
	readonly startAgain: () => Promise<N8nServer>;
	/** Ends everything and removes what it kept. */
	readonly stop: () => Promise<void>;
}

/** Builds the package, starts n8n with it and a sandbox with so many customers, both on free ports. */
export async function deploy(
	projectFolder: string,
	customers: number,
	onProgress: (detail: string) => void,
): Promise<Deployment> {
	const packageName = await nameOfPackage(projectFolder);
	const owner = newOwner();
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-deployed-'));
	const remove = () => rmSync(userFolder, { recursive: true, force: true, maxRetries: 3 });
	process.once('exit', remove);
	const running: Array<{ readonly stop: () => Promise<void> }> = [];
	const stop = async () => {
		await Promise.all(running.splice(0).map((part) => part.stop()));
		remove();
	};
	try {
		const installation = await installN8n(N8N_VERSION, onProgress);
		onProgress('the package');
		await keepEditorAway(userFolder, projectFolder);
		await buildAndLay(projectFolder, packageName, userFolder);
		onProgress('the sandbox');
		const sandbox = await startSandboxProcess(projectFolder, [
			...FREE_PORTS,
			'--customers',
			String(customers),
		]);
		running.push(sandbox);
		onProgress('n8n');
		const start = async (port: number): Promise<N8nServer> => {
			const started = await startN8n(installation, {
				userFolder,
				port,
				logFile: join(userFolder, 'n8n.log'),
			});
			running.push(started);
			return started;
		};
		let server = await start(0);
		const client = new N8nClient(server.url);
		await client.signIn(owner);
		await recordPackage(installation, client, packageName, userFolder);
		return {
			projectFolder,
			packageName,
			get server() {
				return server;
			},
			startAgain: async () => (server = await start(server.port)),
			client,
			owner,
			sandbox,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
