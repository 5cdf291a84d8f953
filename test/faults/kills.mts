// A real n8n that is killed again and again in the middle of a distribution: the part of `npm run test:faults` that jest does not run.
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Check } from '../../scripts/checks/checks.mts';
import { runChecks, type Tally } from '../../scripts/checks/run-checks.mts';
import { stopAllProcesses } from '../../scripts/child-process.mts';
import { inStage, reasonOf } from '../../scripts/progress.mts';
import { sandboxServices, saveServices } from '../../scripts/start/connection.mts';
import { isCached, N8N_VERSION } from '../../scripts/start/n8n-installation.mts';
import type { SandboxProcess } from '../../scripts/start/sandbox-process.mts';
import { requestTotals } from '../../scripts/start/sandbox-state.mts';
import { readTemplates, withCredentials } from '../../scripts/start/templates.mts';
import { codesHandedOut, problemsOf } from '../deployment/delivered.mts';
import { deploy, type Deployment } from '../deployment/deployment.mts';

const CUSTOMERS = 10_000;
const KILLS = 20;
/** Requests of a distribution to Voucherify, pages of 100 customers, the campaign and a publication each, and then to Braze, 75 profiles each. */
const TO_VOUCHERIFY = CUSTOMERS / 100 + 1 + CUSTOMERS;
const TO_BRAZE = Math.ceil(CUSTOMERS / 75);
/** Every so many kills one hits while profiles are written, which takes little of the time. */
const BRAZE_EVERY = 5;
const LOOK_AGAIN_MS = 10;
/** Longer than a distribution takes on a busy machine. */
const TIMEOUT_MS = 300_000;

/** What a run that was killed had come to. */
interface Killed {
	readonly requests: number;
	readonly codes: number;
}

/** Requests that the services were sent so far. */
async function requestsTo(sandbox: SandboxProcess): Promise<number> {
	return Object.values(await requestTotals(sandbox)).reduce((sum, calls) => sum + calls, 0);
}

/** Starts the distribution, and kills n8n with all its processes once it has sent so many requests. */
async function killAfter(
	{ client, server, sandbox }: Deployment,
	workflowId: string,
	requests: number,
): Promise<Killed> {
	const before = await requestsTo(sandbox);
	const deadline = Date.now() + TIMEOUT_MS;
	await client.startWorkflow(workflowId, 'Start');
	while ((await requestsTo(sandbox)) - before < requests) {
		if (Date.now() > deadline) throw new Error(`The distribution did not come to ${requests} requests.`);
		await sleep(LOOK_AGAIN_MS);
	}
	process.kill(-server.pid, 'SIGKILL');
	await server.ended;
	return { requests: (await requestsTo(sandbox)) - before, codes: await codesHandedOut(sandbox) };
}

/**
 * After how many requests a kill comes: at random, by requests rather than by time, so that every part of a run is hit on fast and on
 * slow machines.
 */
function moment(kill: number): number {
	return kill % BRAZE_EVERY === 0 ? TO_VOUCHERIFY + randomInt(TO_BRAZE) : randomInt(TO_VOUCHERIFY);
}

function printKills(kills: readonly Killed[]): void {
	const rows = kills.map(
		({ requests, codes }, index) =>
			`| ${index + 1} | ${requests.toLocaleString('en-US')} | ${codes.toLocaleString('en-US')} |`,
	);
	console.log(
		['', '| kill | after requests | codes handed out by then |', '|--:|--:|--:|', ...rows, ''].join('\n'),
	);
}

function promises(deployment: Deployment): readonly Check[] {
	const { client, projectFolder, packageName, sandbox } = deployment;
	return [
		{
			title: `A distribution to ${CUSTOMERS} customers that is killed ${KILLS} times and run again ends with exactly one code each`,
			run: async () => {
				const [first] = await readTemplates(join(projectFolder, 'workflows'));
				if (first === undefined) return 'There is no workflow to run.';
				const names = { voucherifyApi: 'Voucherify', brazeApi: 'Braze' };
				const references = await saveServices(client, sandboxServices(sandbox), names);
				const { id } = await client.createWorkflow(withCredentials(first.workflow, packageName, references));
				const kills: Killed[] = [];
				while (kills.length < KILLS) {
					kills.push(await killAfter(deployment, id, moment(kills.length + 1)));
					await deployment.startAgain();
				}
				printKills(kills);
				const { status, error } = await client.runWorkflow(id, 'Start');
				const ended = status === 'success' ? [] : [`The last run ended as "${status}": ${error ?? ''}`];
				return [...ended, ...(await problemsOf(sandbox, CUSTOMERS))].slice(0, 10).join('\n');
			},
		},
	];
}

/**
 * Starts n8n and the sandbox, kills n8n as often as promised, and leaves nothing behind. Where n8n is not in the cache it counts as
 * skipped, unless `required`: it is a download of gigabytes.
 */
export async function testKills(projectFolder: string, required: boolean): Promise<Tally> {
	if (!required && !isCached(N8N_VERSION)) {
		console.log(`– n8n that is killed · n8n ${N8N_VERSION} is not in the cache; npm start brings it there`);
		return { passed: 0, failed: 0, skipped: 1 };
	}
	let stop = async (): Promise<void> => {};
	try {
		const deployment = await inStage('n8n and the sandbox', async ({ update }) => {
			const started = await deploy(projectFolder, CUSTOMERS, update);
			stop = started.stop;
			return started;
		});
		return await runChecks(promises(deployment), projectFolder);
	} catch (error) {
		console.log(`✗ n8n that is killed · ${reasonOf(error)}`);
		return { passed: 0, failed: 1, skipped: 0 };
	} finally {
		await stop();
		await stopAllProcesses();
	}
}
