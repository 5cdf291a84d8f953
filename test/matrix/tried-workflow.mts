// A workflow of workflows/ in a running n8n, with the services that it works on.
import assert from 'node:assert/strict';
import axios from 'axios';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import type { Execution, ExecutionSummary, N8nClient, Workflow } from '../../scripts/start/n8n-client.mts';
import { until } from '../deployment/until.mts';
import { voucherifyCall, type VoucherifyCall } from '../sandbox/voucherify-call.mts';

/** Longer than anything takes on a busy machine. */
const TIMEOUT_MS = 120_000;
/** Triggers that a click on "Execute workflow" starts. */
const STARTED_BY_HAND = new Set(['n8n-nodes-base.manualTrigger', 'n8n-nodes-base.scheduleTrigger']);

/** A stored workflow, to be started and watched. */
export class TriedWorkflow {
	/** Calls Voucherify as another program of the user does. */
	readonly call: VoucherifyCall;

	constructor(
		readonly client: N8nClient,
		readonly sandbox: Sandbox,
		private readonly id: string,
		private readonly workflow: Workflow,
	) {
		this.call = voucherifyCall(sandbox);
	}

	/** Runs it to its end as the editor does. Rejects when it ends otherwise than well. */
	async run(): Promise<Execution> {
		const start = this.workflow.nodes.find(({ type }) => STARTED_BY_HAND.has(type));
		assert(start, 'The workflow does not start by hand.');
		const execution = await this.client.runWorkflow(this.id, start.name);
		assert.equal(execution.status, 'success', execution.error);
		return execution;
	}

	/** Activates it. Resolves to the address at which its trigger takes calls, once it does. */
	async activate(): Promise<string> {
		const trigger = this.workflow.nodes.find(({ webhookId }) => webhookId !== undefined);
		assert(trigger, 'The workflow has no trigger that is called.');
		const { webhookId, parameters = {} } = trigger;
		// n8n's own Webhook node has a path of its own choice.
		const path = 'path' in parameters ? String(parameters.path) : `${webhookId}/webhook`;
		const url = `${this.client.url}/webhook/${path}`;
		await this.client.activateWorkflow(this.id);
		// Later versions publish a workflow a moment after they have answered. A call that proves nothing starts nothing.
		const looks = async () => (await axios.post(url, {}, { validateStatus: () => true })).status;
		await until(`${url} was to take calls`, TIMEOUT_MS, async () => (await looks()) !== 404);
		return url;
	}

	/** Waits until that many executions were started and all have ended. Rejects when one did otherwise than well. */
	async executions(least: number): Promise<readonly ExecutionSummary[]> {
		let found: readonly ExecutionSummary[] = [];
		await until(`${least} executions were to end`, TIMEOUT_MS, async () => {
			found = await this.client.executionsOf(this.id);
			return found.length >= least && found.every(({ stoppedAt }) => stoppedAt !== null);
		});
		for (const { id, status } of found) {
			if (status !== 'success') assert.fail(`${status}: ${(await this.client.getExecution(id)).error}`);
		}
		return found;
	}
}
