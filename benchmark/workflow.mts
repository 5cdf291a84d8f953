// Workflows as somebody would build them in n8n's editor, as far as the benchmark needs them.
import type { Workflow, WorkflowNode } from '../scripts/start/n8n-client.mts';
import type { Shape } from './items.mts';
import type { Measure } from './memory.mts';

/** Credentials by type, as a node names them. */
export type NodeCredentials = NonNullable<WorkflowNode['credentials']>;

/** A node before it has its place. */
export interface Step {
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly credentials?: NodeCredentials;
}

export const START = 'Start';

const START_STEP: Step = {
	name: START,
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	parameters: {},
};

/** Gives so many items. */
export function itemsStep(shape: Shape, count: number): Step {
	return { name: 'Items', type: 'CUSTOM.items', typeVersion: 1, parameters: { shape, count } };
}

/** A node of this package. */
export function ownStep(
	name: string,
	node: 'braze' | 'voucherify',
	parameters: Step['parameters'],
	credentials?: NodeCredentials,
): Step {
	return {
		name,
		type: `n8n-nodes-voucherify-braze.${node}`,
		typeVersion: 1,
		parameters,
		...(credentials && { credentials }),
	};
}

/** n8n's Code node. */
export function codeStep(name: string, jsCode: string): Step {
	return { name, type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } };
}

/** How n8n's HTTP Request node proves who it is: by headers entered into the node, or by a credential. */
export type Proof =
	| { readonly headers: Readonly<Record<string, string>> }
	| { readonly type: 'httpHeaderAuth' | 'httpCustomAuth'; readonly credentials: NodeCredentials };

/** n8n's HTTP Request node, posting JSON. */
export function postStep(name: string, url: string, body: string, proof: Proof): Step {
	const authentication =
		'type' in proof
			? { authentication: 'genericCredentialType', genericAuthType: proof.type }
			: {
					sendHeaders: true,
					headerParameters: {
						parameters: Object.entries(proof.headers).map(([header, value]) => ({ name: header, value })),
					},
				};
	return {
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url,
			...authentication,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: body,
			options: {},
		},
		...('credentials' in proof ? { credentials: proof.credentials } : {}),
	};
}

const SETTINGS = {
	executionOrder: 'v1',
	saveManualExecutions: false,
	saveDataSuccessExecution: 'none',
	saveDataErrorExecution: 'none',
};

const FOR_MEMORY = ' (memory)';

/** Whether a run of the workflow with this name is to tell how much memory it takes. */
export function isForMemory(name: string): boolean {
	return name.endsWith(FOR_MEMORY);
}

/** Nodes one after the other, behind a Manual Trigger. n8n does not store the execution: that costs the same whichever node ran. */
export function workflowOf(steps: readonly Step[], measure: Measure): Workflow {
	const all = [START_STEP, ...steps];
	const nodes = all.map((step, index) => ({ ...step, id: `step-${index}`, position: [240 * index, 0] }));
	const connections = Object.fromEntries(
		all
			.slice(1)
			.map((step, index) => [
				all[index]?.name ?? '',
				{ main: [[{ node: step.name, type: 'main', index: 0 }]] },
			]),
	);
	const name = `${steps.at(-1)?.name ?? ''}${measure === 'memory' ? FOR_MEMORY : ''}`;
	return { name, nodes, connections, settings: SETTINGS };
}

/** What is started by webhooks: n8n's own node, or the trigger, with and without its memory of deliveries. */
export type WebhookStarter = 'webhook' | 'trigger' | 'forgetfulTrigger';

/** A workflow that a webhook of Voucherify starts, and that does nothing more. */
export function webhookWorkflow(
	name: string,
	type: WebhookStarter,
	path: string,
	credentials: NodeCredentials,
): Workflow {
	const trigger =
		type === 'webhook'
			? {
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
				}
			: {
					type: 'n8n-nodes-voucherify-braze.voucherifyTrigger',
					typeVersion: 2,
					parameters: {
						events: ['publication.succeeded'],
						campaigns: [],
						simple: true,
						options: type === 'trigger' ? {} : { dropRepeated: false },
					},
					credentials,
				};
	const nodes = [
		{ ...trigger, id: 'trigger', name: 'Trigger', position: [0, 0], webhookId: path },
		{
			id: 'end',
			name: 'End',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [240, 0],
			parameters: {},
		},
	];
	const connections = { Trigger: { main: [[{ node: 'End', type: 'main', index: 0 }]] } };
	return { name, nodes, connections, settings: SETTINGS };
}
