// Every process that the scripts start is started here, so that none outlives them.
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const windows = process.platform === 'win32';
const running = new Set<ChildProcess>();

/** What runs to its end by itself (npm, compilers) has nothing to save when it is stopped. */
const RUN_PATIENCE_MS = 500;

/** Signals a child together with everything that it started: its process group, on Windows its tree. */
function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined || !treeIsAlive(child)) return;
	if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
	else process.kill(-child.pid, signal);
}

function treeIsAlive(child: ChildProcess): boolean {
	if (child.pid === undefined) return false;
	if (windows) return child.exitCode === null && child.signalCode === null;
	try {
		process.kill(-child.pid, 0);
		return true;
	} catch {
		return false;
	}
}

process.on('exit', () => {
	for (const child of running) signalTree(child, 'SIGKILL');
});

/** Starts a process as the leader of its own group, so that a Ctrl-C reaches it only through `stopTree`. */
export function startProcess(
	command: string,
	args: readonly string[],
	options: SpawnOptions = {},
): ChildProcess {
	const child = spawn(command, [...args], { windowsHide: true, ...options, detached: !windows });
	running.add(child);
	child.once('error', () => running.delete(child));
	child.once('exit', () => {
		if (!treeIsAlive(child)) running.delete(child);
	});
	return child;
}

/** Ends a process and all that it started: politely, then after `patience` milliseconds by force. Resolves when nothing of it is left. */
export async function stopTree(child: ChildProcess, patience = 8000): Promise<void> {
	const deadline = Date.now() + patience;
	signalTree(child, 'SIGTERM');
	while (treeIsAlive(child) && Date.now() < deadline) await sleep(30);
	signalTree(child, 'SIGKILL');
	const lastLook = Date.now() + 1000;
	while (treeIsAlive(child) && Date.now() < lastLook) await sleep(20);
	running.delete(child);
}

/** Ends whatever is still running, all at once. */
export async function stopAllProcesses(): Promise<void> {
	await Promise.all([...running].map((child) => stopTree(child)));
}

/** What a finished process left: its exit code (1 when a signal ended it), stdout alone, and stdout and stderr as they came. */
export interface Finished {
	readonly code: number;
	readonly stdout: string;
	readonly output: string;
}

/** How to run a process: `show` passes its output on as it comes, `signal` ends it (the promise then rejects with the signal's reason). */
export interface RunOptions {
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
	readonly show?: boolean;
	readonly onOutput?: (text: string) => void;
	readonly signal?: AbortSignal;
}

/** Runs a process to its end, without input, and hands over its output. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
	const { cwd = process.cwd(), env = process.env, show = false, onOutput, signal } = options;
	return new Promise((resolve, reject) => {
		signal?.throwIfAborted();
		const child = startProcess(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		let stdout = '';
		const take = (text: string) => {
			output += text;
			if (show) process.stdout.write(text);
			onOutput?.(text);
		};
		child.stdout?.setEncoding('utf8').on('data', (text: string) => {
			stdout += text;
			take(text);
		});
		child.stderr?.setEncoding('utf8').on('data', take);
		const stop = () => void stopTree(child, RUN_PATIENCE_MS);
		signal?.addEventListener('abort', stop, { once: true });
		child.once('error', reject);
		child.once('close', (code) => {
			signal?.removeEventListener('abort', stop);
			if (signal?.aborted) reject(signal.reason);
			else resolve({ code: code ?? 1, stdout, output });
		});
	});
}

/** Runs npm with the given Node.js: the npm that runs us if there is one, so that no shell is needed on any platform. */
export function runNpm(
	args: readonly string[],
	options: RunOptions = {},
	node = process.execPath,
): Promise<Finished> {
	const cli = process.env['npm_execpath'];
	if (cli !== undefined && basename(cli) === 'npm-cli.js') return run(node, [cli, ...args], options);
	if (windows) return run(process.env['ComSpec'] ?? 'cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options);
	return run('npm', args, options);
}
