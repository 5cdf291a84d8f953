import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { run, startProcess, stopTree } from '../../scripts/child-process.mts';

/** Whether a process still runs; one that has ended but was not yet cleared away by its parent doesn't. */
function isAlive(pid: number): boolean {
	const status = `/proc/${pid}/stat`;
	if (existsSync(status)) return !/\) [ZX] /.test(readFileSync(status, 'utf8'));
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** Starts a process that starts another one of `code`, and tells the process id of the other one. */
async function startWithGrandchild(code: string) {
	const parent = `
		const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(code)}], { stdio: ['ignore', 'inherit', 'inherit'] });
		child.on('exit', () => undefined);
		setInterval(() => undefined, 1000);`;
	const child = startProcess(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] });
	const grandchild = await new Promise<number>((resolve) => {
		child.stdout?.on('data', (text: Buffer) => resolve(Number(text.toString())));
	});
	return { child, grandchild };
}

describe('a started process', () => {
	it('is ended together with what it started', async () => {
		const { child, grandchild } = await startWithGrandchild(
			'console.log(process.pid); setInterval(() => undefined, 1000)',
		);
		await stopTree(child);
		expect(isAlive(grandchild)).toBe(false);
		expect(isAlive(child.pid ?? 0)).toBe(false);
	});

	it('is ended by force where it does not listen', async () => {
		const deaf =
			"process.on('SIGTERM', () => undefined); console.log(process.pid); setInterval(() => undefined, 1000)";
		const { child, grandchild } = await startWithGrandchild(deaf);
		await stopTree(child, 200);
		expect(isAlive(grandchild)).toBe(false);
	});

	it('hands over its output and exit code', async () => {
		const code = "process.stdout.write('out'); process.stderr.write('err'); process.exitCode = 3";
		const { code: exitCode, stdout, output } = await run(process.execPath, ['-e', code]);
		expect([exitCode, stdout]).toEqual([3, 'out']);
		expect(output).toContain('err');
	});

	it('ends when it is no longer wanted', async () => {
		const controller = new AbortController();
		const endless = run(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], {
			signal: controller.signal,
		});
		await sleep(50);
		controller.abort(new Error('Stopped.'));
		await expect(endless).rejects.toThrow('Stopped.');
	});
});
