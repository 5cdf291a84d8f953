import { createHmac, randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import axios from 'axios';
import { inParallel } from '../../nodes/common/concurrency.ts';
import { insist, type Case } from '../case.mts';
import { items } from '../items.mts';
import type { Contestant } from '../race.mts';
import { count } from '../table.mts';
import type { Workbench } from '../workbench.mts';
import { webhookWorkflow, type WebhookStarter } from '../workflow.mts';

const AT_ONCE = 16;

/** A delivery of Voucherify: body and signature. */
function deliveries(size: number, secret: string): Array<{ body: string; signature: string }> {
	return items('publications', size).map((publication) => {
		const id = `whs_${randomUUID()}`;
		const createdAt = '2026-06-01T08:00:00.000Z';
		const type = 'publication.succeeded';
		const body = JSON.stringify({
			id,
			project_id: 'proj_1',
			created_at: createdAt,
			type,
			data: { publication },
			source: { id: 'wh_1', object: 'webhook', target_url: 'https://n8n.example.com' },
			event: { id: `ev_${id}`, type, created_at: createdAt, entity_id: id, group_id: 'v-1' },
		});
		return { body, signature: createHmac('sha256', secret).update(body).digest('hex') };
	});
}

async function contestant(
	bench: Workbench,
	size: number,
	name: string,
	type: WebhookStarter,
): Promise<Contestant> {
	const { sandbox, credentials } = await bench.service();
	const path = randomUUID();
	const { id } = await bench.client.createWorkflow(webhookWorkflow(name, type, path, credentials));
	await bench.client.activateWorkflow(id);
	const url = `${bench.server.url}/webhook/${path}${type === 'webhook' ? '' : '/webhook'}`;
	return {
		name,
		times: size < 1000 ? undefined : 1,
		run: async () => {
			const sent = deliveries(size, sandbox.voucherify.webhookSecret);
			const http = axios.create({ httpAgent: new Agent({ maxSockets: AT_ONCE }) });
			const executions = bench.watchExecutions();
			const started = performance.now();
			await inParallel(
				size,
				AT_ONCE,
				async (index) => {
					const { body, signature } = sent[index] ?? { body: '', signature: '' };
					await http.post(url, body, {
						headers: { 'content-type': 'application/json', 'x-voucherify-signature': signature },
					});
				},
				() => true,
			);
			const done = await executions(size);
			const wall = performance.now() - started;
			const failed = done.filter(({ status }) => status !== 'success').length;
			insist(failed === 0, `of ${count(size)} webhooks, ${count(failed)} executions failed`);
			return { wall, requests: size };
		},
	};
}

export const webhooks: Case = {
	name: 'webhooks',
	title: 'Webhooks of Voucherify',
	explanation: `${AT_ONCE} deliveries at a time, until the last execution has ended. n8n's own Webhook node takes whatever comes; the trigger checks signatures and drops repeated deliveries. What it takes longer is n8n's: it starts its expression engine for each call of a trigger other than its own, and once more to read the credential.`,
	races: async (bench, extent) => {
		const size = extent === 'quick' ? 100 : 1000;
		return [
			{
				title: `${count(size)} webhooks`,
				contestants: [
					await contestant(bench, size, 'Voucherify Trigger', 'trigger'),
					await contestant(
						bench,
						size,
						'Voucherify Trigger that keeps repeated deliveries',
						'forgetfulTrigger',
					),
					await contestant(bench, size, 'Webhook', 'webhook'),
				],
			},
		];
	},
};
