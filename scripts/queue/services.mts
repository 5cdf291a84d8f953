// A Redis and a PostgreSQL of our own, on free ports of loopback, which keep nothing.
import { randomBytes } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run, startProcess, stopTree } from '../child-process.mts';
import { freePort } from '../start/free-port.mts';
import type { QueuePrograms } from './programs.mts';

const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 30_000;
const LOOK_AGAIN_MS = 50;

/** A running service. */
export interface Service {
	readonly host: string;
	readonly port: number;
	readonly stop: () => Promise<void>;
}

/** A running PostgreSQL with an empty database. */
export interface Database extends Service {
	readonly name: string;
	readonly user: string;
	readonly password: string;
}

interface ServiceOptions {
	readonly title: string;
	readonly command: readonly string[];
	readonly cwd: string;
	readonly logFile: string;
	readonly port: number;
	readonly isReady: () => Promise<boolean>;
}

/** Starts a program and waits until it takes requests. Rejects with its log when it does not. */
async function startService({
	title,
	command,
	cwd,
	logFile,
	port,
	isReady,
}: ServiceOptions): Promise<Service> {
	const log = await open(logFile, 'w');
	const [program = '', ...args] = command;
	const child = startProcess(program, args, { cwd, stdio: ['ignore', log.fd, log.fd] });
	await log.close();
	let ended = false;
	child.once('error', () => (ended = true));
	child.once('exit', () => (ended = true));
	const stop = () => stopTree(child);
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isReady())) {
		if (ended || Date.now() > deadline) {
			await stop();
			throw new Error(`${title} did not start:\n${await readFile(logFile, 'utf8')}`);
		}
		await sleep(LOOK_AGAIN_MS);
	}
	return { host: HOST, port, stop };
}

/** Whether Redis answers a PING. */
async function answersPing(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection({ host: HOST, port }, () => socket.write('PING\r\n'));
		const end = (answer: boolean) => {
			socket.destroy();
			resolve(answer);
		};
		socket.once('error', () => end(false));
		socket.once('data', (data) => end(data.toString().startsWith('+PONG')));
	});
}

/** Starts a Redis that writes nothing to disk. */
export async function startRedis({ redisServer }: QueuePrograms, folder: string): Promise<Service> {
	const port = await freePort(0);
	return await startService({
		title: 'Redis',
		command: [
			redisServer,
			...['--bind', HOST],
			...['--port', String(port)],
			...['--save', ''],
			...['--appendonly', 'no'],
		],
		cwd: folder,
		logFile: join(folder, 'redis.log'),
		port,
		isReady: () => answersPing(port),
	});
}

/** PostgreSQL refuses to run as root: whom to run it as instead, and the command that does so. */
async function unprivileged(): Promise<{ readonly prefix: readonly string[]; readonly owner?: string }> {
	if (process.getuid?.() !== 0) return { prefix: [] };
	for (const user of ['postgres', 'nobody']) {
		const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, user])));
		if (uid?.code !== 0 || gid?.code !== 0) continue;
		const ids = [`--reuid=${uid.stdout.trim()}`, `--regid=${gid.stdout.trim()}`];
		return {
			prefix: ['setpriv', ...ids, '--clear-groups', '--'],
			owner: `${uid.stdout.trim()}:${gid.stdout.trim()}`,
		};
	}
	throw new Error('PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody".');
}

/** Makes and starts a PostgreSQL in `folder`, which exists and is empty. It never waits for the disk: its data is not to last. */
export async function startPostgres(programs: QueuePrograms, folder: string): Promise<Database> {
	const { prefix, owner } = await unprivileged();
	const user = 'n8n';
	const password = randomBytes(16).toString('hex');
	const passwordFile = join(folder, 'password');
	const data = join(folder, 'data');
	await writeFile(passwordFile, password);
	if (owner !== undefined) await run('chown', ['-R', owner, folder]);
	const [command = '', ...args] = [
		...prefix,
		programs.initdb,
		...['--pgdata', data],
		...['--username', user],
		...['--pwfile', passwordFile],
		...['--auth', 'scram-sha-256'],
		...['--encoding', 'UTF8'],
		...['--locale', 'C'],
		'--no-sync',
	];
	const made = await run(command, args, { cwd: folder });
	if (made.code !== 0) throw new Error(`PostgreSQL's initdb failed:\n${made.output}`);
	const port = await freePort(0);
	const settings = {
		listen_addresses: HOST,
		port: String(port),
		unix_socket_directories: '',
		fsync: 'off',
		synchronous_commit: 'off',
		full_page_writes: 'off',
	};
	const service = await startService({
		title: 'PostgreSQL',
		command: [
			...prefix,
			programs.postgres,
			...['-D', data],
			...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
		],
		cwd: folder,
		logFile: join(folder, 'postgres.log'),
		port,
		isReady: async () => (await run(programs.pgIsReady, ['-q', '-h', HOST, '-p', String(port)])).code === 0,
	});
	return { ...service, name: 'postgres', user, password };
}
