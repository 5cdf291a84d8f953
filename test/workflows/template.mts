import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IConnections, INode, INodeExecutionData, INodeType, IRun } from 'n8n-workflow';
import { BrazeApi } from '../../credentials/BrazeApi.credentials';
import { VoucherifyApi } from '../../credentials/VoucherifyApi.credentials';
import { Braze } from '../../nodes/Braze/Braze.node';
import { BrazeTrigger } from '../../nodes/BrazeTrigger/BrazeTrigger.node';
import { Voucherify } from '../../nodes/Voucherify/Voucherify.node';
import { VoucherifyTrigger } from '../../nodes/VoucherifyTrigger/VoucherifyTrigger.node';
import { additionalDataFor, engine } from '../nodes/n8n.mts';
import { serveTrigger, type TriggerServer } from '../nodes/webhook-server.mts';
import { N8N_OWN_NODES } from './n8n-own-nodes.mts';

/** Where both services are, as the sandbox tells it. */
export interface Services {
	readonly voucherify: {
		readonly url: string;
		readonly applicationId: string;
		readonly secretKey: string;
		readonly webhookSecret: string;
	};
	readonly braze: { readonly url: string; readonly apiKey: string; readonly webhookSecret: string };
}

/** A workflow of `workflows/`. */
export interface Template {
	readonly name: string;
	readonly nodes: INode[];
	readonly connections: IConnections;
}

export const PACKAGE = 'n8n-nodes-voucherify-braze';
/** The nodes of the package by their types. */
export const OURS: Readonly<Record<string, () => INodeType>> = {
	[`${PACKAGE}.voucherify`]: () => new Voucherify(),
	[`${PACKAGE}.voucherifyTrigger`]: () => new VoucherifyTrigger(),
	[`${PACKAGE}.braze`]: () => new Braze(),
	[`${PACKAGE}.brazeTrigger`]: () => new BrazeTrigger(),
};

const knownType = (type: string): INodeType | undefined => (OURS[type] ?? N8N_OWN_NODES[type])?.();

/** A template as its file has it. */
export function readTemplate(file: string): Template {
	return JSON.parse(readFileSync(join(process.cwd(), 'workflows', file), 'utf8')) as Template;
}

/**
 * Executes a template by n8n's own engine, as it is but for the credentials.
 * @param startItems what the node at the start gives; triggers of n8n's own are not part of the engine
 * @param startName the node to start from; the first one unless given
 */
export async function runTemplate(
	template: Template,
	{ voucherify, braze }: Services,
	startItems: readonly INodeExecutionData[] = [{ json: {} }],
	startName?: string,
): Promise<IRun> {
	const { core, workflow: wf } = await engine();
	const nodes = template.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
	const first = startName === undefined ? nodes[0] : nodes.find(({ name }) => name === startName);
	if (first === undefined) throw new Error(`The template has no node ${startName ?? ''}`);
	const types = new Map(nodes.map(({ type }) => [type, knownType(type) ?? startNode(type, startItems)]));
	types.set(first.type, startNode(first.type, startItems));
	const typeOf = (name: string): INodeType => {
		const type = types.get(name);
		if (type === undefined) throw new Error(`The template names the unknown node type ${name}`);
		return type;
	};
	const workflow = new wf.Workflow({
		id: 'template',
		name: template.name,
		active: false,
		nodes: nodes.map((node) => ({ ...node, credentials: CREDENTIALS })),
		connections: template.connections,
		nodeTypes: { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) },
		settings: { executionOrder: 'v1' },
	});
	const additionalData = await additionalDataFor(core, {
		credentialTypes: [new VoucherifyApi(), new BrazeApi()],
		credentials: credentialsOf({ voucherify, braze }),
	});
	const start = workflow.getNode(first.name);
	if (start === null) throw new Error('The template has no first node');
	return await new core.WorkflowExecute(additionalData, 'manual').run({ workflow, startNode: start });
}

/**
 * Serves a template that starts with a trigger of the package, as an active workflow, whole and as it is but for the credentials.
 */
export async function serveTemplate(
	{ nodes, connections }: Template,
	services: Services,
): Promise<TriggerServer> {
	const [trigger, ...following] = nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
	const node = trigger && OURS[trigger.type]?.();
	if (trigger === undefined || node === undefined)
		throw new Error('The template does not start with a node of the package');
	return await serveTrigger({
		node,
		parameters: trigger.parameters,
		credentialTypes: [new VoucherifyApi(), new BrazeApi()],
		credentials: credentialsOf(services),
		following: {
			triggerName: trigger.name,
			nodes: following,
			connections,
			types: new Map(following.map(({ type }) => [type, knownType(type) ?? startNode(type, [])])),
		},
	});
}

function credentialsOf({ voucherify, braze }: Services) {
	return {
		voucherifyApi: {
			region: 'custom',
			baseUrl: voucherify.url,
			applicationId: voucherify.applicationId,
			secretKey: voucherify.secretKey,
			webhookSecret: voucherify.webhookSecret,
		},
		brazeApi: {
			instance: 'custom',
			baseUrl: braze.url,
			apiKey: braze.apiKey,
			webhookSecret: braze.webhookSecret,
		},
	};
}

const CREDENTIALS = {
	voucherifyApi: { id: 'voucherifyApi', name: 'Voucherify' },
	brazeApi: { id: 'brazeApi', name: 'Braze' },
};

/** Stands where a trigger of n8n's own would: those belong to n8n's nodes, not to its engine. */
function startNode(type: string, items: readonly INodeExecutionData[]): INodeType {
	return {
		description: {
			displayName: type,
			name: type,
			group: ['trigger'],
			version: [1, 1.1, 1.2, 1.3],
			description: '',
			defaults: { name: type },
			inputs: [],
			outputs: ['main'],
			properties: [],
		},
		async execute() {
			return [items.map(({ json }, item) => ({ json, pairedItem: { item } }))];
		},
	};
}
