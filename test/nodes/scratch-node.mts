import type {
	ICredentialType,
	IExecuteFunctions,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { execute } from '../../nodes/common/execute';
import type { Operation } from '../../nodes/common/operation';
import { nodeProperties } from '../../nodes/common/properties';
import { asRecord } from '../../nodes/common/record';
import type { Headers, Service } from '../../nodes/common/request';
import { runNode, type NodeRun, type NodeSetup } from './n8n.mts';

/** The key that the tests look for where it must not be: with characters that URLs, JSON and HTML write otherwise. */
export const KEY = 'sk_live/7+"quote"&<ü>\\slash=end';

const number = (headers: Headers, name: string): number | undefined =>
	headers[name] === undefined ? undefined : Number(headers[name]);

/** A service as small as one can be: its headers tell the limit, its errors have a message and a code, and 502 means "not read". */
export const scratch: Service = {
	name: 'Scratch',
	credentialType: 'scratchApi',
	connection: ({ url, key }) => ({ baseUrl: String(url), secrets: [String(key)] }),
	rateLimit: (headers, now) => {
		const resetsIn = number(headers, 'x-resets-in');
		const resetsAt = resetsIn === undefined ? undefined : now + resetsIn * 1000;
		const retryIn = number(headers, 'x-retry-in');
		return {
			remaining: number(headers, 'x-remaining'),
			resetsAt,
			retryAt: retryIn === undefined ? resetsAt : now + retryIn * 1000,
		};
	},
	refusedUnread: (status) => status === 502,
	explain: ({ status, body }) => {
		const { message, code, location } = asRecord(body) ?? {};
		return {
			message: `Scratch says: ${String(message ?? (typeof body === 'string' ? body : status))}`,
			description: typeof location === 'string' ? location : undefined,
			code: typeof code === 'string' ? code : undefined,
			tooLarge: status === 413,
		};
	},
};

/** How the scratch service is signed in to: the key in a header of its own. */
export const scratchApi: ICredentialType = {
	name: 'scratchApi',
	displayName: 'Scratch API',
	properties: [],
	authenticate: async (credentials, options) => ({
		...options,
		headers: { ...options.headers, 'x-key': encodeURIComponent(String(credentials.key)) },
	}),
};

/** A node of one resource, built like the published ones. */
export function scratchNode(
	operations: readonly Operation[],
	prepare: (functions: IExecuteFunctions) => void = () => {},
): INodeType {
	const resources = [{ name: 'thing', displayName: 'Thing', operations }];
	const description: INodeTypeDescription = {
		displayName: 'Scratch',
		name: 'scratch',
		group: ['output'],
		version: 1,
		description: 'What the machinery is tested with',
		defaults: { name: 'Scratch' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'scratchApi', required: false }],
		properties: nodeProperties(resources),
	};
	return {
		description,
		async execute(this: IExecuteFunctions) {
			prepare(this);
			return await execute(this, scratch, resources);
		},
	};
}

export interface ScratchSetup extends Omit<Partial<NodeSetup>, 'node' | 'parameters'> {
	/** Where the service is; nothing listens on the default. */
	readonly url?: string;
	readonly parameters?: INodeParameters;
	/** Request settings; waits are short unless said otherwise. */
	readonly settings?: INodeParameters;
	readonly prepare?: (functions: IExecuteFunctions) => void;
}

/** Runs one operation of the scratch node by n8n's engine. */
export async function runScratch(
	operation: Operation,
	{ url = 'http://127.0.0.1:9', parameters = {}, settings = {}, prepare, ...setup }: ScratchSetup,
): Promise<NodeRun> {
	return await runNode({
		...setup,
		node: scratchNode([operation], prepare),
		parameters: {
			resource: 'thing',
			operation: operation.name,
			...(operation.offline === true ? {} : { requestSettings: { longestWait: 0.05, ...settings } }),
			...parameters,
		},
		credentials: { scratchApi: { url, key: KEY } },
		credentialTypes: [scratchApi],
	});
}

/** So many items, each made of its number. */
export function numbered(count: number): Array<{ n: number }>;
export function numbered<T>(count: number, make: (n: number) => T): T[];
export function numbered(count: number, make: (n: number) => unknown = (n) => ({ n })): unknown[] {
	return Array.from({ length: count }, (_, n) => make(n));
}

/** What describes an operation, for those that a test makes up. */
export const described = {
	name: 'act',
	displayName: 'Act',
	action: 'Act on a thing',
	description: 'Does what a test needs',
	fields: [],
} as const;
