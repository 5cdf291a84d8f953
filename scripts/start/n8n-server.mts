// A running n8n: any version, any user folder, any environment.
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { startProcess, stopTree } from '../child-process.mts';
import { freePort } from './free-port.mts';
import { withNodeFirst, type N8nInstallation } from './n8n-installation.mts';

const HOST = '127.0.0.1';
const READINESS = '/healthz/readiness';

/** What n8n can run as: the whole of it (in queue mode its main process), or a process of queue mode that helps the main one. */
export type N8nCommand = 'start' | 'worker' | 'webhook';

/** How each command shows that it takes work: a line of its log, and paths that answer 200. The REST API comes up last. */
const SIGNS: Readonly<Record<N8nCommand, { readonly says: string; readonly answers: readonly string[] }>> = {
	start: { says: 'n8n ready on', answers: [READINESS, '/rest/settings'] },
	webhook: { says: 'Webhook listener waiting for requests', answers: [READINESS] },
	worker: { says: 'n8n worker is now ready', answers: [READINESS] },
};

const START_TIMEOUT_MS = 180_000;
const LOOK_AGAIN_MS = 150;

/** How to run n8n. */
export interface N8nServerOptions {
	/** Holds all that n8n keeps, in its sub folder `.n8n`. */
	readonly userFolder: string;
	/** `start` when left out; the others want the variables of queue mode in `env`. */
	readonly command?: N8nCommand;
	/** Wanted port; a free one takes its place when it is taken or 0. */
	readonly port?: number;
	/** Further environment variables. */
	readonly env?: Readonly<Record<string, string>>;
	/** Where n8n's own output goes. */
	readonly logFile: string;
	readonly signal?: AbortSignal;
}

/** A running n8n. */
export interface N8nServer {
	readonly url: string;
	readonly port: number;
	readonly pid: number;
	/** Ends n8n and everything it started. */
	readonly stop: () => Promise<void>;
	/** Resolves to a sentence when n8n ends by itself. */
	readonly ended: Promise<string>;
}

/** The environment of a local n8n that is quiet, private and listens to nobody else. */
export function localEnvironment(
	userFolder: string,
	port: number,
	brokerPort: number,
): Record<string, string> {
	return {
		N8N_USER_FOLDER: resolve(userFolder),
		N8N_HOST: HOST,
		N8N_LISTEN_ADDRESS: HOST,
		N8N_PORT: String(port),
		// A worker has no port but this one.
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: HOST,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
	};
}

async function lastLines(file: string): Promise<string> {
	const text = await readFile(file, 'utf8').catch(() => '');
	return text.split('\n').slice(-25).join('\n');
}

/** Starts n8n and waits until it takes requests. Rejects with the end of n8n's log when it does not come up. */
export async function startN8n(installation: N8nInstallation, options: N8nServerOptions): Promise<N8nServer> {
	const { userFolder, command = 'start', logFile, signal } = options;
	signal?.throwIfAborted();
	const port = await freePort(options.port ?? 0);
	const env = {
		...withNodeFirst(installation.nodePath),
		...localEnvironment(userFolder, port, await freePort(0)),
		...options.env,
	};
	await mkdir(userFolder, { recursive: true });
	await mkdir(dirname(logFile), { recursive: true });
	const log = await open(logFile, 'w');
	const child = startProcess(installation.nodePath, [installation.n8nBin, command], {
		cwd: userFolder,
		env,
		stdio: ['ignore', log.fd, log.fd],
	});
	const stop = () => stopTree(child);
	const ended = new Promise<string>((done) => {
		child.once('error', (error) => done(`n8n could not be started: ${error.message}`));
		child.once('exit', (code, by) => done(`n8n ended by itself (${by ?? `exit code ${code}`}).`));
	});
	await log.close();

	const url = `http://${HOST}:${port}`;
	let end: string | undefined;
	void ended.then((reason) => (end = reason));
	const deadline = Date.now() + START_TIMEOUT_MS;
	const answers = async (path: string) =>
		(await axios.get(url + path, { validateStatus: () => true, timeout: 5000 }).catch(() => undefined))
			?.status === 200;
	const signs = SIGNS[command];
	// Its own word comes first: another n8n may have taken the port in the meantime.
	const isReady = async () =>
		(await readFile(logFile, 'utf8')).includes(signs.says) &&
		(await Promise.all(signs.answers.map(answers))).every(Boolean);
	while (!(await isReady())) {
		if (end !== undefined && options.port !== 0 && !signal?.aborted && (await freePort(port)) !== port) {
			return await startN8n(installation, { ...options, port: 0 });
		}
		const late = Date.now() > deadline ? `n8n was not ready within ${START_TIMEOUT_MS / 1000} s.` : undefined;
		const reason = end ?? late ?? (signal?.aborted ? 'Stopped.' : undefined);
		if (reason !== undefined) {
			await stop();
			signal?.throwIfAborted();
			throw new Error(`${reason} The end of ${logFile}:\n${await lastLines(logFile)}`);
		}
		await sleep(LOOK_AGAIN_MS);
	}
	return { url, port, pid: child.pid ?? 0, stop, ended };
}
