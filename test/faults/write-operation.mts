import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { runBraze } from '../nodes/braze.mts';
import type { NodeRun } from '../nodes/n8n.mts';
import { oAuth2Setup, runVoucherify } from '../nodes/voucherify.mts';
import type { ServiceName } from '../../sandbox/common/service.mts';
import type { Sandbox } from '../../sandbox/sandbox.mts';

/** What an operation is given, and in which form. */
export interface OperationInput {
	readonly parameters: INodeParameters;
	/** Prepares the sandbox and gives the input. */
	readonly input: (sandbox: Sandbox) => readonly IDataObject[] | Promise<readonly IDataObject[]>;
	/** Whole items instead, for files in binary fields. */
	readonly items?: readonly INodeExecutionData[];
}

/** How the service comes to refuse some of many objects that it is sent in one request. */
export interface PartialFailure extends Partial<OperationInput> {
	/** What the service answers, its work done, where the sandbox has no words for it. */
	readonly answer?: { readonly status: number; readonly body: unknown };
	/** The items that fail, by their places in the input; none where an item is a file, and its rows are told in a hint. */
	readonly failed: readonly number[];
}

/** Work that the service does in its own time, and that an operation waits for. */
export interface AwaitedJob {
	/** Lets all jobs of the sandbox fail; or why such a job can't. */
	readonly fail: ((sandbox: Sandbox) => void) | string;
}

/** An operation that changes something, and how to see in the sandbox's state how often it did. */
export interface WriteOperation extends OperationInput {
	/** As the node's forms name it: `Voucher: Create`, with what sets this row apart. */
	readonly name: string;
	readonly service: ServiceName;
	/** The requests that change something, as a regular expression over path and query. */
	readonly path: string;
	readonly method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Doing it twice comes to the same, so a lost answer is asked for again. */
	readonly repeatable: boolean;
	/** How many items the state shows to be done; more than there are items when something was done twice. */
	readonly done: (sandbox: Sandbox) => number;
	/** Of one that puts many objects into a request; or why the service can't refuse some of them. */
	readonly partial?: PartialFailure | string;
	/** Of one that waits for the service's work. */
	readonly job?: AwaitedJob;
	/** It only waits and looks, so that failing tells of no change. */
	readonly changesNothing?: true;
}

/** How a run differs from what the operation says. */
export interface RunDifferences {
	readonly parameters?: INodeParameters;
	/** Where the service is said to be, if it is not the sandbox. */
	readonly baseUrl?: string;
	/** With access tokens instead of keys. */
	readonly oAuth2?: boolean;
}

/** `{…}` of each number from 1 on. */
export function numbered<T>(count: number, make: (n: number) => T): T[] {
	return Array.from({ length: count }, (_, index) => make(index + 1));
}

/** An input with its second item changed. */
export function withSecond(items: readonly IDataObject[], change: IDataObject): IDataObject[] {
	return items.map((item, index) => (index === 1 ? { ...item, ...change } : item));
}

/** Prepares the sandbox for an operation and gives its items. */
export async function inputOf(
	{ items, input }: OperationInput,
	sandbox: Sandbox,
): Promise<readonly INodeExecutionData[]> {
	return items ?? (await input(sandbox)).map((json, item) => ({ json, pairedItem: { item } }));
}

/** Runs an operation with its node set to continue with the error output. */
export async function runOperation(
	operation: WriteOperation,
	sandbox: Sandbox,
	items: readonly INodeExecutionData[],
	{ parameters, baseUrl, oAuth2 = false }: RunDifferences,
): Promise<NodeRun> {
	const run = operation.service === 'voucherify' ? runVoucherify : runBraze;
	const credential = baseUrl === undefined ? {} : { baseUrl };
	const more = { items, credential, onError: 'continueErrorOutput' } as const;
	const authentication = oAuth2 ? { authentication: 'oAuth2' } : {};
	return await run(sandbox, { ...operation.parameters, ...parameters, ...authentication }, [], {
		...more,
		...(oAuth2 ? oAuth2Setup(sandbox) : {}),
	});
}
