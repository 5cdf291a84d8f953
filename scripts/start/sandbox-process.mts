// The stand-ins of Voucherify and Braze in a process of their own.
import { join } from 'node:path';
import { startProcess, stopTree } from '../child-process.mts';

/** What the sandbox prints when it is ready. */
export interface SandboxAddresses {
	readonly voucherify: {
		readonly url: string;
		readonly applicationId: string;
		readonly secretKey: string;
		readonly webhookSecret: string;
		readonly managementId: string;
		readonly managementToken: string;
		readonly projectId: string;
	};
	readonly braze: { readonly url: string; readonly apiKey: string; readonly webhookSecret: string };
	readonly dashboard: string;
}

/** A running sandbox. */
export interface SandboxProcess extends SandboxAddresses {
	readonly stop: () => Promise<void>;
	/** Resolves to a sentence when the sandbox ends by itself. */
	readonly ended: Promise<string>;
}

/** Arguments by which a sandbox takes ports that are free. */
export const FREE_PORTS: readonly string[] = [
	...['--voucherify-port', '0'],
	...['--braze-port', '0'],
	...['--port', '0'],
];

/** Starts `sandbox/main.mts` of the project with the given arguments and waits until it is ready. */
export async function startSandboxProcess(
	projectFolder: string,
	args: readonly string[],
	signal?: AbortSignal,
): Promise<SandboxProcess> {
	signal?.throwIfAborted();
	const child = startProcess(process.execPath, ['--import', 'tsx', join('sandbox', 'main.mts'), ...args], {
		cwd: projectFolder,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const stop = () => stopTree(child);
	let said = '';
	child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
	const ended = new Promise<string>((done) => {
		child.once('error', (error) => done(error.message));
		child.once('close', (code) => done(`The sandbox ended by itself (exit code ${code}). ${said}`.trim()));
	});
	const onAbort = () => void stop();
	signal?.addEventListener('abort', onAbort, { once: true });
	try {
		const firstLine = new Promise<string>((resolve, reject) => {
			let out = '';
			child.stdout?.setEncoding('utf8').on('data', (text: string) => {
				out += text;
				const end = out.indexOf('\n');
				if (end >= 0) resolve(out.slice(0, end));
			});
			void ended.then((reason) => reject(signal?.aborted ? signal.reason : new Error(reason)));
		});
		const addresses: SandboxAddresses = JSON.parse(await firstLine);
		return { ...addresses, stop, ended };
	} catch (error) {
		await stop();
		throw error;
	} finally {
		signal?.removeEventListener('abort', onAbort);
	}
}
