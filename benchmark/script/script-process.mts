import { join } from 'node:path';
import { startProcess, stopTree } from '../../scripts/child-process.mts';
import type { JobReport, Task } from './main.mts';

/** A process that does by script what the nodes do, on the Node.js that n8n runs on. */
export interface ScriptProcess {
	/** Does one job; rejects with what stopped it. */
	readonly run: (task: Task) => Promise<JobReport>;
	readonly stop: () => Promise<void>;
}

/** Starts it; it stays, so that it is as warm as n8n is. */
export function startScriptProcess(projectFolder: string, nodePath: string): ScriptProcess {
	const child = startProcess(nodePath, [join('benchmark', 'script', 'main.mts')], {
		cwd: projectFolder,
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	const run = async (task: Task): Promise<JobReport> => {
		const answer = await new Promise<JobReport>((resolve, reject) => {
			const gone = (code: number | null) =>
				reject(new Error(`The script ended by itself (exit code ${code}).`));
			child.once('exit', gone);
			child.once('message', (message: JobReport) => {
				child.off('exit', gone);
				resolve(message);
			});
			child.send(task);
		});
		if (answer.error !== undefined) throw new Error(`The script failed: ${answer.error}`);
		return answer;
	};
	return { run, stop: () => stopTree(child) };
}
