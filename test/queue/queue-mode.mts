// n8n in queue mode, with the package, against the sandbox: what `npm run test:queue` runs.
import { readFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import axios from 'axios';
import { callsFor, CHUNK, PLANS, workerMemory } from '../../scripts/scale/cost-model.mts';
import type { Check } from '../../scripts/checks/checks.mts';
import { runChecks, type Tally } from '../../scripts/checks/run-checks.mts';
import { stopAllProcesses } from '../../scripts/child-process.mts';
import { duration, inStage, reasonOf } from '../../scripts/progress.mts';
import { deployQueueMode, type QueueDeployment, type Worker } from '../../scripts/queue/deployment.mts';
import { findPrograms, type QueuePrograms } from '../../scripts/queue/programs.mts';
import { sandboxServices, saveServices } from '../../scripts/start/connection.mts';
import { nameOfPackage } from '../../scripts/start/installed-package.mts';
import { N8nClient, type Workflow } from '../../scripts/start/n8n-client.mts';
import { installN8n, N8N_VERSION } from '../../scripts/start/n8n-installation.mts';
import {
	FREE_PORTS,
	startSandboxProcess,
	type SandboxProcess,
} from '../../scripts/start/sandbox-process.mts';
import { withCredentials, withHeaderAuth } from '../../scripts/start/templates.mts';
import { webhookSignature } from '../../sandbox/voucherify/webhook-signature.mts';
import { codesHandedOut, problemsOf } from '../deployment/delivered.mts';
import { newOwner } from '../deployment/owner.mts';
import { until } from '../deployment/until.mts';
import {
	distribute,
	failuresOf,
	lostOf,
	refusedBy,
	trafficOf,
	type Distribution,
	type Traffic,
} from './distribution.mts';

const CUSTOMERS = 10_000;
/** More than the limit of one minute, and less than that of two. */
const LIMITED_CUSTOMERS = 3000;
const ORGANIZATION = PLANS[1];
/** The share of calls that may be answered with 429. */
const MOST_REFUSED = 0.03;
/** As many as n8n lists at once. */
const WEBHOOKS = 100;
/** More than n8n takes in a body unless N8N_PAYLOAD_SIZE_MAX says otherwise, which is 16 MiB. */
const TOO_LARGE = 17 * 1024 * 1024;
const WORKER_CONCURRENCY = 5;
/** A worker is killed when so many codes are handed out. */
const KILL_AT = 3000;
/** Longer than anything takes on a busy machine. */
const TIMEOUT_MS = 300_000;
/** How n8n calls what a dead worker took with it: a job that stalled, or an execution that nobody works on. */
const FAILED = new Set(['error', 'crashed']);
const CREDENTIALS = { voucherifyApi: 'Voucherify', brazeApi: 'Braze' };

/** A row of the table at the end. */
type Figure = readonly [what: string, value: string];

/** Everything that the tests share. */
interface World {
	readonly projectFolder: string;
	readonly packageName: string;
	readonly deployment: QueueDeployment;
	readonly client: N8nClient;
	/** Those that are alive. */
	workers: readonly Worker[];
	readonly sandbox: SandboxProcess;
	readonly workflowId: string;
	/** Executions that went down with a worker. */
	lost: readonly string[];
	readonly figures: Figure[];
}

const lines = (...findings: ReadonlyArray<readonly string[]>) => findings.flat().slice(0, 10).join('\n');

async function readWorkflow(projectFolder: string, file: string): Promise<Workflow> {
	return JSON.parse(await readFile(join(projectFolder, 'workflows', file), 'utf8'));
}

async function startSandbox(
	projectFolder: string,
	customers: number,
	...more: readonly string[]
): Promise<SandboxProcess> {
	return await startSandboxProcess(projectFolder, [...FREE_PORTS, '--customers', String(customers), ...more]);
}

async function createWorld(
	projectFolder: string,
	programs: QueuePrograms,
	kept: (deployment: QueueDeployment) => void,
): Promise<World> {
	const packageName = await nameOfPackage(projectFolder);
	const installation = await inStage(`n8n ${N8N_VERSION}`, ({ update }) => installN8n(N8N_VERSION, update));
	const deployment = await inStage(
		'n8n in queue mode: main, webhook process, two workers, Redis, PostgreSQL',
		async ({ update }) => {
			const deployed = await deployQueueMode({
				programs,
				installation,
				projectFolder,
				packageName,
				workerConcurrency: WORKER_CONCURRENCY,
				onProgress: update,
			});
			kept(deployed);
			return deployed;
		},
	);
	const workers = await inStage('Two workers', () =>
		Promise.all(['worker 1', 'worker 2'].map(deployment.startWorker)),
	);
	const sandbox = await startSandbox(projectFolder, CUSTOMERS);
	const client = new N8nClient(deployment.main.url);
	await client.signIn(newOwner());
	const references = await saveServices(client, sandboxServices(sandbox), CREDENTIALS);
	const header = {
		id: await client.saveCredential('httpHeaderAuth', 'Chunks', {
			name: 'x-chunk-key',
			value: randomBytes(24).toString('hex'),
		}),
		name: 'Chunks',
	};
	const template = await readWorkflow(projectFolder, '15-queue-mode-split-distribution.json');
	const workflow = withHeaderAuth(withCredentials(template, packageName, references), header);
	const { id: workflowId } = await client.createWorkflow(workflow);
	await client.activateWorkflow(workflowId);
	const figures: Figure[] = [];
	return {
		projectFolder,
		packageName,
		deployment,
		client,
		workers,
		sandbox,
		workflowId,
		lost: [],
		figures,
	};
}

/** The most memory that a process had, in MB; undefined where the system doesn't tell. */
async function peakMemory(pid: number): Promise<number | undefined> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
	return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

/** Finds fault with a distribution that ran undisturbed. */
async function findingsOf(run: Distribution, sandbox: SandboxProcess, customers: number): Promise<string[]> {
	const idle = [...run.finishedBy].filter(([, count]) => count === 0);
	const expected = Math.ceil(customers / CHUNK);
	return [
		...failuresOf(run),
		...(run.chunks.length === expected
			? []
			: [`There were ${run.chunks.length} chunks instead of ${expected}.`]),
		...idle.map(([name]) => `${name} took no part.`),
		...(await problemsOf(sandbox, customers)),
	];
}

const sharesOf = ({ finishedBy }: Distribution) =>
	[...finishedBy].map(([name, count]) => `${count} by ${name}`).join(', ');

/** Finds fault with the cost model, where it says something else than the services counted; it doesn't count what was refused. */
function modelFindings(customers: number, traffic: Traffic, refused = 0): string[] {
	const model = callsFor(customers);
	const exact = ([what, said, was]: readonly [string, number, number]) =>
		said === was ? [] : [`The cost model says ${said} calls for ${what}; there were ${was}.`];
	// Customers who were created at the same instant cost a page more where a page ends among them.
	const mostListing = Math.ceil(model.listing * 1.05);
	return [
		...exact(['publishing', model.publishing, traffic.publishing - refused]),
		...exact(['Braze', model.braze, traffic.braze]),
		...(traffic.listing >= model.listing && traffic.listing <= mostListing
			? []
			: [`The cost model says ${model.listing} calls for listing; there were ${traffic.listing}.`]),
	];
}

async function distributesOnBothWorkers(world: World): Promise<string> {
	const { client, workflowId, sandbox, figures } = world;
	const run = await distribute(client, workflowId, () => world.workers);
	const traffic = await trafficOf(sandbox);
	const { listing, publishing, braze } = traffic;
	figures.push(
		[`${CUSTOMERS} customers, two workers, no limit`, `${run.seconds.toFixed(1)} s`],
		['… executions', sharesOf(run)],
		['… calls', `${listing} to list, ${publishing} to publish, ${braze} to Braze`],
	);
	return lines(await findingsOf(run, sandbox, CUSTOMERS), modelFindings(CUSTOMERS, traffic));
}

async function staysWithinTheMemoryOfTheModel(world: World): Promise<string> {
	const allowed = workerMemory(CUSTOMERS, WORKER_CONCURRENCY);
	const findings: string[] = [];
	for (const { name, pid } of world.workers) {
		const peak = await peakMemory(pid);
		if (peak === undefined) continue;
		world.figures.push([
			`Peak memory of ${name}`,
			`${Math.round(peak)} MB (cost model: at most ${Math.round(allowed)} MB)`,
		]);
		if (peak > allowed) findings.push(`${name} took ${Math.round(peak)} MB.`);
	}
	return lines(findings);
}

async function acceptsSignedWebhooksOnly(world: World): Promise<string> {
	const { client, deployment, sandbox, projectFolder, packageName, figures } = world;
	await axios.post(`${sandbox.voucherify.url}/_sandbox/reset`);
	const references = await saveServices(client, sandboxServices(sandbox), CREDENTIALS);
	const template = await readWorkflow(projectFolder, '02-event-driven.json');
	const { id } = await client.createWorkflow(withCredentials(template, packageName, references));
	await client.activateWorkflow(id);
	const webhookId = template.nodes.find((node) => node.webhookId !== undefined)?.webhookId;
	const path = `/webhook/${webhookId}/webhook`;
	const url = deployment.webhook.url + path;
	const post = async (to: string, headers: Record<string, string>, body: string) =>
		// As bytes: axios would parse a text, and fails on one of megabytes.
		(
			await axios.post(to, Buffer.from(body), {
				headers: { 'content-type': 'application/json', ...headers },
				validateStatus: () => true,
			})
		).status;
	// n8n's processes learn of an activation by Redis, a moment after it was answered.
	await until('The webhook was to answer', TIMEOUT_MS, async () => (await post(url, {}, '{}')) !== 404);

	const { applicationId, secretKey, webhookSecret } = sandbox.voucherify;
	const forged = JSON.stringify({
		id: 'whs_forged',
		type: 'publication.succeeded',
		data: { object: { id: 'pub_forged', customer: { source_id: 'customer-000001' } } },
	});
	const refused = {
		'no signature': await post(url, {}, forged),
		"another secret's signature": await post(
			url,
			{ 'x-voucherify-signature': webhookSignature(forged, `${webhookSecret}x`) },
			forged,
		),
		"another body's signature": await post(
			url,
			{ 'x-voucherify-signature': webhookSignature('{}', webhookSecret) },
			forged,
		),
	};
	const large = JSON.stringify({
		id: 'whs_large',
		type: 'publication.succeeded',
		data: {
			object: { id: 'pub_large', customer: { source_id: 'customer-000001' } },
			note: 'x'.repeat(TOO_LARGE),
		},
	});
	const signed = { 'x-voucherify-signature': webhookSignature(large, webhookSecret) };
	// n8n refuses it before a node sees it. Its own error says 413, which it answers as 500.
	const byLarge = await post(url, signed, large);
	figures.push([`A signed webhook of ${TOO_LARGE / 1024 / 1024} MiB`, `refused by n8n with ${byLarge}`]);
	const byRefused = (await client.executionsOf(id)).length;

	await axios.post(`${sandbox.voucherify.url}/_sandbox/webhooks`, { url, events: ['publication.succeeded'] });
	const headers = { 'x-app-id': applicationId, 'x-app-token': secretKey };
	const publish = async (number: number) =>
		await axios.post(
			`${sandbox.voucherify.url}/v1/publications`,
			{
				campaign: { name: 'Summer Sale 20%' },
				customer: { source_id: `customer-${String(number).padStart(6, '0')}` },
			},
			{ headers },
		);
	const published = Date.now();
	await Promise.all(Array.from({ length: WEBHOOKS }, (_, number) => publish(number + 1)));
	const done = async () => {
		const executions = await client.executionsOf(id);
		return executions.filter(({ status }) => status === 'success' || status === 'error').length;
	};
	await until('Each webhook was to end an execution', TIMEOUT_MS, async () => (await done()) >= WEBHOOKS);
	const logs = await Promise.all(world.workers.map((worker) => worker.executions()));
	const ids = new Set((await client.executionsOf(id)).map((execution) => execution.id));
	const shares = logs.map(({ finished }) => [...finished].filter((execution) => ids.has(execution)).length);
	figures.push([
		`${WEBHOOKS} signed webhooks through the webhook process`,
		`${((Date.now() - published) / 1000).toFixed(1)} s, ${shares[0]} and ${shares[1]} executions on the workers`,
	]);
	return lines(
		Object.entries(refused).flatMap(([what, status]) =>
			status === 401 ? [] : [`A webhook with ${what} was answered with ${status} instead of 401.`],
		),
		byLarge >= 400 ? [] : [`A signed webhook over the size limit was answered with ${byLarge}.`],
		byRefused === 0 ? [] : [`${byRefused} executions were started by webhooks that were refused.`],
		ids.size === WEBHOOKS ? [] : [`${WEBHOOKS} webhooks started ${ids.size} executions.`],
		shares.some((share) => share === 0) ? ['One worker took no part.'] : [],
		(await post(deployment.main.url + path, {}, '{}')) === 404
			? []
			: ['The main process takes webhooks itself, which shows nothing about the webhook process.'],
		await problemsOf(sandbox, WEBHOOKS),
	);
}

async function survivesAKilledWorker(world: World): Promise<string> {
	const { client, workflowId, sandbox, deployment, figures } = world;
	await axios.post(`${sandbox.voucherify.url}/_sandbox/reset`);
	await saveServices(client, sandboxServices(sandbox), CREDENTIALS);
	const [survivor, victim] = world.workers;
	if (survivor === undefined || victim === undefined) return 'There are not two workers.';
	const killed = await distribute(
		client,
		workflowId,
		() => world.workers,
		async () => {
			await until(
				`${KILL_AT} codes were to be handed out`,
				TIMEOUT_MS,
				async () => (await codesHandedOut(sandbox)) >= KILL_AT,
			);
			// The whole group: a machine that goes down takes a worker's task runner with it.
			process.kill(-victim.pid, 'SIGKILL');
			world.workers = [survivor];
		},
	);
	const lost = lostOf(killed);
	world.lost = lost;
	const before = await codesHandedOut(sandbox);
	const missing = (await problemsOf(sandbox, CUSTOMERS)).length > 0;
	world.workers = [survivor, await deployment.startWorker('worker 3')];
	const again = await distribute(client, workflowId, () => world.workers);
	figures.push(
		['A worker killed in the middle', `${lost.length} executions lost, ${before} codes handed out`],
		['… run again', `${again.seconds.toFixed(1)} s, ${sharesOf(again)}`],
	);
	return lines(
		lost.length > 0 && missing ? [] : ['The worker was not killed in the middle: it lost nothing.'],
		await findingsOf(again, sandbox, CUSTOMERS),
	);
}

async function showsLostExecutionsAsFailed({ client, workflowId, lost, figures }: World): Promise<string> {
	await until('n8n was to show the lost executions as failed', TIMEOUT_MS, async () => {
		const executions = await client.executionsOf(workflowId);
		return executions.every(({ id, status }) => !lost.includes(id) || FAILED.has(status));
	});
	figures.push(['… lost executions shown as failed', `${lost.length}`]);
	return lost.length > 0 ? '' : 'No execution was lost.';
}

async function keepsTheLimitAcrossWorkers(world: World): Promise<string> {
	const { client, workflowId, projectFolder, figures } = world;
	if (ORGANIZATION === undefined) return 'The cost model has no plan "Organization".';
	const limit = ORGANIZATION.callsPerMinute;
	const limited = await startSandbox(
		projectFolder,
		LIMITED_CUSTOMERS,
		...['--voucherify-rate-limit', String(limit)],
	);
	try {
		await saveServices(client, sandboxServices(limited), CREDENTIALS);
		const run = await distribute(client, workflowId, () => world.workers);
		const traffic = await trafficOf(limited);
		const refused = await refusedBy(limited);
		const calls = traffic.listing + traffic.publishing;
		figures.push(
			[`${LIMITED_CUSTOMERS} customers at ${limit} calls a minute`, `${run.seconds.toFixed(1)} s`],
			['… answers 429', `${refused} of ${calls} (${((100 * refused) / calls).toFixed(1)} %)`],
		);
		return lines(
			await findingsOf(run, limited, LIMITED_CUSTOMERS),
			modelFindings(LIMITED_CUSTOMERS, traffic, refused),
			refused <= calls * MOST_REFUSED ? [] : [`${refused} of ${calls} calls were refused.`],
		);
	} finally {
		await limited.stop();
	}
}

/** The promises, in the order in which they are tried. */
function promises(world: World): readonly Check[] {
	const check = (title: string, run: (shared: World) => Promise<string>): Check => ({
		title,
		run: () => run(world),
	});
	return [
		check(
			`${CUSTOMERS} customers, split among two workers: exactly one code each, on the right profile`,
			distributesOnBothWorkers,
		),
		check("A worker's memory stays within the cost model", staysWithinTheMemoryOfTheModel),
		check(
			'Webhooks through the webhook process: all signed ones, no forged one, and none over the size limit',
			acceptsSignedWebhooksOnly,
		),
		check(
			'A worker killed in the middle, then run again: no code twice, none missing',
			survivesAKilledWorker,
		),
		check('The limit of the plan holds across workers', keepsTheLimitAcrossWorkers),
		check('n8n shows what the killed worker took with it as failed', showsLostExecutionsAsFailed),
	];
}

function printFigures(figures: readonly Figure[]): void {
	const width = Math.max(...figures.map(([what]) => what.length));
	console.log(['', ...figures.map(([what, value]) => `  ${what.padEnd(width)}  ${value}`), ''].join('\n'));
}

/**
 * Deploys n8n in queue mode, tries its promises, and leaves nothing behind. Where Redis or PostgreSQL is missing it says so, and counts
 * as skipped, unless `required`.
 */
export async function testQueueMode(projectFolder: string, required: boolean): Promise<Tally> {
	const programs = findPrograms();
	if (typeof programs === 'string') {
		console.log(`${required ? '✗' : '–'} n8n in queue mode · ${programs}`);
		return { passed: 0, failed: required ? 1 : 0, skipped: required ? 0 : 1 };
	}
	const started = Date.now();
	const running: Array<{ readonly stop: () => Promise<void> }> = [];
	try {
		const world = await createWorld(projectFolder, programs, (deployment) => running.push(deployment));
		running.push(world.sandbox);
		const tally = await runChecks(promises(world), projectFolder);
		printFigures([...world.figures, ['The whole run', duration(Date.now() - started)]]);
		return tally;
	} catch (error) {
		console.log(`✗ n8n in queue mode · ${reasonOf(error)}`);
		return { passed: 0, failed: 1, skipped: 0 };
	} finally {
		await Promise.all(running.map((part) => part.stop()));
		await stopAllProcesses();
	}
}
