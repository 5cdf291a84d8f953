import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { runBraze } from '../nodes/braze.mts';
import type { NodeRun } from '../nodes/n8n.mts';
import { runVoucherify } from '../nodes/voucherify.mts';
import type { ServiceName } from '../../sandbox/common/service.mts';
import type { Sandbox } from '../../sandbox/sandbox.mts';

/** An operation that changes something, and how to see in the sandbox's state how often it did. */
export interface WriteOperation {
	/** As the node's forms name it: `Voucher: Create`, with what sets this row apart. */
	readonly name: string;
	readonly service: ServiceName;
	readonly parameters: INodeParameters;
	/** Prepares the sandbox and gives the input. */
	readonly input: (sandbox: Sandbox) => readonly IDataObject[] | Promise<readonly IDataObject[]>;
	/** Whole items instead, for files in binary fields. */
	readonly items?: readonly INodeExecutionData[];
	/** The requests that change something, as a regular expression over path and query. */
	readonly path: string;
	readonly method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Doing it twice comes to the same, so a lost answer is asked for again. */
	readonly repeatable: boolean;
	/** How many items the state shows to be done; more than there are items when something was done twice. */
	readonly done: (sandbox: Sandbox) => number;
}

/** `{…}` of each number from 1 on. */
export function numbered<T>(count: number, make: (n: number) => T): T[] {
	return Array.from({ length: count }, (_, index) => make(index + 1));
}

/** Prepares the sandbox for an operation and gives its items. */
export async function inputOf(
	{ items, input }: WriteOperation,
	sandbox: Sandbox,
): Promise<readonly INodeExecutionData[]> {
	return items ?? (await input(sandbox)).map((json, item) => ({ json, pairedItem: { item } }));
}

/**
 * Runs an operation with its node set to continue with the error output.
 * @param baseUrl where the service is said to be, if it is not the sandbox
 */
export async function runOperation(
	{ service, parameters }: WriteOperation,
	sandbox: Sandbox,
	items: readonly INodeExecutionData[],
	requestSettings: IDataObject,
	baseUrl?: string,
): Promise<NodeRun> {
	const run = service === 'voucherify' ? runVoucherify : runBraze;
	const credential = baseUrl === undefined ? {} : { baseUrl };
	const more = { items, credential, onError: 'continueErrorOutput' } as const;
	return await run(sandbox, { ...parameters, requestSettings } as INodeParameters, [], more);
}
