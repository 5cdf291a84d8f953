// What `npm start` does once the dependencies are there.
import { join } from 'node:path';
import { stopAllProcesses } from '../child-process.mts';
import { inStage, reasonOf } from '../progress.mts';
import { onStopRequest } from '../stop-request.mts';
import { realServices, sandboxServices, saveServices } from './connection.mts';
import { checkDelivery, type Delivery } from './delivery.mts';
import { freePort } from './free-port.mts';
import { buildAndLay, nameOfPackage, recordPackage } from './installed-package.mts';
import { N8nClient, type Owner } from './n8n-client.mts';
import { installN8n, isCached, N8N_VERSION } from './n8n-installation.mts';
import { startN8n, type N8nServer } from './n8n-server.mts';
import { startSandboxProcess, type SandboxProcess } from './sandbox-process.mts';
import { readDelivery } from './sandbox-state.mts';
import { importTemplates, TAG, type ImportedTemplate } from './templates.mts';
import { emptyUserFolder, importNoteFile, keepEditorAway, takeUserFolder } from './user-folder.mts';

const PORTS = { n8n: 5678, voucherify: 4010, braze: 4020, dashboard: 4000 };
const OWNER: Owner = {
	email: 'demo@example.com',
	password: 'Codes4Everybody',
	firstName: 'Demo',
	lastName: 'Owner',
};
const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';

/** The options of `npm start`. */
export interface DemoOptions {
	/** End as soon as the first flow was run and checked. */
	readonly once: boolean;
	/** Forget what earlier starts left in n8n. */
	readonly fresh: boolean;
	/** Wanted port of n8n. */
	readonly port: number | undefined;
}

/** Everything that runs. */
interface Running {
	readonly server: N8nServer;
	readonly client: N8nClient;
	readonly sandbox: SandboxProcess | undefined;
	readonly templates: readonly ImportedTemplate[];
}

/** Starts the sandbox at its usual ports, or at free ones where another program has them. */
async function startSandbox(projectFolder: string, signal: AbortSignal): Promise<SandboxProcess> {
	const wanted = [PORTS.voucherify, PORTS.braze, PORTS.dashboard];
	const ports = await Promise.all(wanted.map(freePort));
	const args = ['--voucherify-port', '--braze-port', '--port'].flatMap((option, i) => [
		option,
		String(ports[i]),
	]);
	try {
		const sandbox = await startSandboxProcess(projectFolder, args, signal);
		const moved = wanted.filter((port, i) => port !== ports[i]);
		if (moved.length > 0)
			console.log(`  Taken by another program: port ${moved.join(', ')}. The sandbox uses free ones.`);
		return sandbox;
	} catch (error) {
		// Another start may have taken a port since.
		const stillFree = await Promise.all(ports.map(async (port) => (await freePort(port)) === port));
		if (signal.aborted || stillFree.every(Boolean)) throw error;
		return await startSandbox(projectFolder, signal);
	}
}

/** Runs the first template and compares what Voucherify handed out with what Braze got. */
async function runFirst({ client, sandbox, templates }: Running, signal: AbortSignal): Promise<Delivery> {
	const [first] = templates;
	if (first === undefined || sandbox === undefined) throw new Error('There is no workflow to run.');
	const trigger = first.workflow.nodes.find(({ type }) => type === MANUAL_TRIGGER);
	if (trigger === undefined) throw new Error(`${first.file} has no Manual Trigger to start at.`);
	const execution = await client.runWorkflow(first.id, trigger.name, signal);
	if (execution.status !== 'success') {
		throw new Error(
			`The flow ended with status "${execution.status}": ${execution.error ?? 'no reason given'}`,
		);
	}
	const delivery = checkDelivery(await readDelivery(sandbox));
	if (delivery.problems.length > 0) {
		throw new Error(['The codes did not arrive:', ...delivery.problems.slice(0, 10)].join('\n'));
	}
	return delivery;
}

/** Prints all of an error's message but its first line, which the stage that failed has printed. */
function printRest(error: unknown): void {
	const rest = reasonOf(error).split('\n').slice(1).join('\n');
	if (rest !== '') console.error(`\n${rest}`);
}

/** Runs the first flow in the sandbox. A failure leaves n8n running, so that one can look at it there. Resolves to whether all arrived. */
async function runAndReport(running: Running, signal: AbortSignal): Promise<boolean> {
	if (running.sandbox === undefined) return true;
	const title = `Run "${running.templates[0]?.workflow.name ?? 'the first workflow'}"`;
	const summary = ({ codes, profiles }: Delivery) => `${codes} codes on ${profiles} Braze profiles`;
	return await inStage(title, () => runFirst(running, signal), summary).then(
		() => true,
		(error: unknown) => {
			printRest(error);
			return false;
		},
	);
}

function printWhereToLook({ server, sandbox, templates }: Running): void {
	const [first] = templates;
	const lines = [
		'',
		`  n8n        ${server.url}`,
		`  sign in    ${OWNER.email}   ${OWNER.password}`,
		...(first ? [`  the flow   ${server.url}/workflow/${first.id}   (its runs: the "Executions" tab)`] : []),
		`  workflows  ${server.url}/home/workflows   (all of them have the tag "${TAG}")`,
		...(sandbox ? [`  profiles   ${sandbox.dashboard}   what Voucherify and Braze hold now`] : []),
		'',
		...(sandbox
			? ['  Both services are stand-ins on this machine; nothing leaves it.']
			: [
					'  n8n is connected to your real Voucherify and Braze. Nothing was run: a run hands out real codes.',
					'  To run a flow, open it, choose your campaign and segment, and press "Execute workflow".',
				]),
		'  Ctrl-C ends everything. The next start takes seconds; "npm start -- --fresh" forgets what you changed in n8n.',
		'',
	];
	console.log(lines.join('\n'));
}

/** Aborts when the demo is to end; the second time it ends at once. */
function listenForStop(): AbortController {
	const controller = new AbortController();
	onStopRequest(() => {
		if (controller.signal.aborted) process.exit(130);
		console.log('\nEnding everything …');
		controller.abort(new Error('Stopped.'));
		void stopAllProcesses();
	});
	return controller;
}

async function startAll(
	projectFolder: string,
	userFolder: string,
	options: DemoOptions,
	signal: AbortSignal,
): Promise<Running> {
	const packageName = await nameOfPackage(projectFolder);
	const real = realServices(process.env);
	await inStage('Build the package and install it as n8n does', () =>
		buildAndLay(projectFolder, packageName, userFolder),
	);
	signal.throwIfAborted();
	const installation = await inStage(
		isCached(N8N_VERSION)
			? `Find n8n ${N8N_VERSION} in the cache`
			: `Download n8n ${N8N_VERSION} into the cache (only once: about 3 GB, some minutes)`,
		({ update }) => installN8n(N8N_VERSION, update, signal),
		({ folder }) => folder,
	);
	const sandbox = real
		? undefined
		: await inStage('Sandbox: Voucherify and Braze on this machine', () =>
				startSandbox(projectFolder, signal),
			);
	const wanted = options.port ?? PORTS.n8n;
	const server = await inStage('Start n8n', () =>
		startN8n(installation, { userFolder, port: wanted, logFile: join(userFolder, 'n8n.log'), signal }),
	);
	if (server.port !== wanted) console.log(`  Port ${wanted} is taken; n8n uses ${server.port} instead.`);
	const client = new N8nClient(server.url);
	const templates = await inStage(
		'Account, credentials and example workflows',
		async () => {
			await client.signIn(OWNER);
			await recordPackage(installation, client, packageName, userFolder);
			const data = sandbox ? sandboxServices(sandbox) : real;
			if (data === undefined) throw new Error('There is nothing to connect to.');
			const suffix = sandbox ? ' (sandbox)' : '';
			const names = { voucherifyApi: `Voucherify${suffix}`, brazeApi: `Braze${suffix}` };
			const references = await saveServices(client, data, names);
			const noteFile = importNoteFile(userFolder);
			return await importTemplates(
				client,
				join(projectFolder, 'workflows'),
				packageName,
				references,
				noteFile,
			);
		},
		(imported) => `${imported.length} workflows`,
	);
	return { server, client, sandbox, templates };
}

/** `npm start`. Resolves to the exit code, when nothing that it started is left. */
export async function runDemo(projectFolder: string, options: DemoOptions): Promise<number> {
	const real = realServices(process.env) !== undefined;
	if (real && options.once) {
		throw new Error(
			'--once runs a flow, which hands out codes: it works with the sandbox only. Unset VOUCHERIFY_* and BRAZE_*.',
		);
	}
	const { signal } = listenForStop();
	const userFolder = join(projectFolder, real ? '.n8n-live' : '.n8n-demo');
	const release = await takeUserFolder(userFolder);
	let ready = false;
	try {
		if (options.fresh) await emptyUserFolder(userFolder);
		await keepEditorAway(userFolder, projectFolder);
		const running = await startAll(projectFolder, userFolder, options, signal);
		const delivered = await runAndReport(running, signal);
		signal.throwIfAborted();
		if (options.once) return delivered ? 0 : 1;
		printWhereToLook(running);
		ready = true;
		const stopped = new Promise<undefined>((done) => signal.addEventListener('abort', () => done(undefined)));
		const ends = [running.server.ended, ...(running.sandbox ? [running.sandbox.ended] : [])];
		const reason = await Promise.race([stopped, ...ends]);
		if (reason !== undefined) console.error(`✗ ${reason}`);
		return reason === undefined && delivered ? 0 : 1;
	} catch (error) {
		if (!signal.aborted) printRest(error);
		return signal.aborted && ready ? 0 : 1;
	} finally {
		await stopAllProcesses();
		await release();
	}
}
