// n8n as people run it who outgrew one machine: a main process, a webhook process, workers, Redis and PostgreSQL.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packProject } from '../package-tarball.mts';
import { freePort } from '../start/free-port.mts';
import { layPackage } from '../start/installed-package.mts';
import type { N8nInstallation } from '../start/n8n-installation.mts';
import { startN8n, type N8nCommand, type N8nServer } from '../start/n8n-server.mts';
import { mainEnvironment, sharedEnvironment, workerEnvironment, type QueueSettings } from './environment.mts';
import type { QueuePrograms } from './programs.mts';
import { startPostgres, startRedis, type Service } from './services.mts';

/** A worker, and what its log says of the executions that it took. */
export interface Worker extends N8nServer {
	readonly name: string;
	/** Ids of the executions that it took up, and of those that it brought to an end. */
	readonly executions: () => Promise<{
		readonly started: ReadonlySet<string>;
		readonly finished: ReadonlySet<string>;
	}>;
}

/** A running n8n in queue mode. */
export interface QueueDeployment {
	readonly main: N8nServer;
	readonly webhook: N8nServer;
	readonly startWorker: (name: string) => Promise<Worker>;
	/** Ends everything and removes what it kept. */
	readonly stop: () => Promise<void>;
}

/** What to deploy. */
export interface DeploymentOptions {
	readonly programs: QueuePrograms;
	readonly installation: N8nInstallation;
	/** The project whose package n8n gets, built. */
	readonly projectFolder: string;
	readonly packageName: string;
	readonly workerConcurrency: number;
	/** Says what is being started. */
	readonly onProgress: (detail: string) => void;
}

/** A folder that is gone when this process is, however it ends but by force. */
async function passingFolder(name: string): Promise<{ readonly path: string; readonly remove: () => void }> {
	const path = await mkdtemp(join(tmpdir(), name));
	const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 3 });
	process.once('exit', remove);
	return { path, remove };
}

async function executionsIn(logFile: string): ReturnType<Worker['executions']> {
	const log = await readFile(logFile, 'utf8');
	const ids = (verb: string) =>
		new Set([...log.matchAll(new RegExp(`Worker ${verb} execution (\\d+) `, 'g'))].map(([, id]) => id ?? ''));
	return { started: ids('started'), finished: ids('finished') };
}

/** Starts Redis, PostgreSQL, and n8n's main and webhook process with the package; workers join when they are started. */
export async function deployQueueMode(options: DeploymentOptions): Promise<QueueDeployment> {
	const { programs, installation, projectFolder, packageName, workerConcurrency, onProgress } = options;
	const work = await passingFolder('n8n-queue-');
	// PostgreSQL runs as another user when we are root, who may not look into a folder of root's.
	const databaseFolder = await passingFolder('n8n-queue-postgres-');
	const services: Service[] = [];
	const servers: N8nServer[] = [];
	const stop = async () => {
		// n8n first: it writes to the others until it ends.
		await Promise.all(servers.splice(0).map((server) => server.stop()));
		await Promise.all(services.splice(0).map((service) => service.stop()));
		work.remove();
		databaseFolder.remove();
	};
	try {
		const tarball = await packProject(projectFolder, work.path);
		onProgress('Redis and PostgreSQL');
		const redis = await startRedis(programs, work.path);
		services.push(redis);
		const database = await startPostgres(programs, databaseFolder.path);
		services.push(database);
		const webhookPort = await freePort(0);
		const settings: QueueSettings = {
			redis,
			database,
			encryptionKey: randomBytes(24).toString('hex'),
			webhookUrl: `http://127.0.0.1:${webhookPort}`,
			workerConcurrency,
		};
		const start = async (name: string, command: N8nCommand, env: Record<string, string>, port = 0) => {
			const userFolder = join(work.path, name);
			await mkdir(userFolder, { recursive: true });
			await layPackage(tarball, packageName, userFolder);
			const server = await startN8n(installation, {
				userFolder,
				command,
				port,
				env: { ...sharedEnvironment(settings), ...env },
				logFile: logFileOf(name),
			});
			servers.push(server);
			return server;
		};
		const logFileOf = (name: string) => join(work.path, `${name}.log`);
		onProgress('n8n, the main process');
		const main = await start('main', 'start', mainEnvironment());
		onProgress('n8n, the webhook process');
		const webhook = await start('webhook', 'webhook', {}, webhookPort);
		if (webhook.port !== webhookPort) throw new Error(`Port ${webhookPort} was taken by another program.`);
		return {
			main,
			webhook,
			startWorker: async (name) => ({
				...(await start(name, 'worker', workerEnvironment(settings))),
				name,
				executions: () => executionsIn(logFileOf(name)),
			}),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
