import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type JsonObject,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { inParallel } from './concurrency';
import { asFailure, Failure } from './failure';
import { Files } from './files';
import { hintText, plural, ranges } from './hint';
import type {
	Batching,
	InBatches,
	OfAllItems,
	Operation,
	Outcome,
	OutputItem,
	PerItem,
	Resource,
	Run,
	Tally,
} from './operation';
import { halve, pack, type Part } from './packing';
import { Parameters } from './parameters';
import { ApiClient, DEFAULT_SETTINGS, type Service } from './request';
import { DEFAULT_CONCURRENCY, readRequestSettings } from './requestSettings';

/** Time between two lines in the log while a run goes on, in ms. */
const LOG_EVERY = 10_000;

/**
 * Runs the chosen operation over all input items: the one loop of all nodes. Every item ends exactly once, as output items that are
 * paired with it, in input order, or as a failure.
 * @throws {NodeOperationError | NodeApiError} for the first failed item, unless the node is set to continue
 */
export async function execute(
	functions: IExecuteFunctions,
	service: Service,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	return [await new Execution(functions, service, chosen(functions, resources)).output()];
}

function chosen(functions: IExecuteFunctions, resources: readonly Resource[]): Operation {
	const resource = functions.getNodeParameter('resource', 0);
	const name = functions.getNodeParameter('operation', 0);
	const operation = resources
		.find((known) => known.name === resource)
		?.operations.find((known) => known.name === name);
	if (operation) return operation;
	throw new NodeOperationError(
		functions.getNode(),
		`This version of the node has no operation "${String(name)}" of "${String(resource)}"`,
	);
}

/** One run of one operation. */
class Execution {
	private readonly items: readonly INodeExecutionData[];
	private readonly outcomes: Array<Outcome | undefined>;
	private readonly parameters: Parameters;
	private readonly client: ApiClient;
	private readonly concurrency: number;
	private readonly goesOn: boolean;
	private readonly counts = new Map<string, number>();
	private readonly notes = new Set<string>();
	private readonly started = Date.now();
	private lastLog = this.started;
	private done = 0;
	private stopped = false;

	constructor(
		private readonly functions: IExecuteFunctions,
		service: Service,
		private readonly operation: Operation,
	) {
		this.items = functions.getInputData();
		this.outcomes = new Array<Outcome | undefined>(this.items.length).fill(undefined);
		this.parameters = new Parameters(functions, operation.fields);
		this.goesOn = functions.continueOnFail();
		const settings = operation.offline
			? { ...DEFAULT_SETTINGS, concurrency: DEFAULT_CONCURRENCY }
			: this.orRefuse(() => readRequestSettings(this.parameters.fixed));
		this.client = new ApiClient(functions, service, settings);
		this.concurrency = settings.concurrency;
	}

	async output(): Promise<INodeExecutionData[]> {
		const output = await this.outcome();
		this.sayWhatItCameTo();
		return output;
	}

	private async outcome(): Promise<INodeExecutionData[]> {
		switch (this.operation.kind) {
			case 'perItem':
				await this.eachItem(this.operation);
				return this.inInputOrder();
			case 'inBatches':
				return await this.allBatches(this.operation);
			case 'ofAllItems':
				return await this.allTogether(this.operation);
		}
	}

	// Each item by itself ---------------------------------------------------------------------------------------------------------

	private async eachItem(operation: PerItem<unknown>): Promise<void> {
		const inputs = this.read((index) => operation.read(this.parameters.at(index)));
		const run = this.run();
		await inParallel(
			inputs.length,
			this.concurrency,
			async (at) => {
				const input = inputs[at];
				if (input === undefined) return;
				this.end(
					input.index,
					await this.attempt(async () => ({ items: await operation.run(input.value, run) })),
				);
			},
			() => !this.stopped,
		);
		this.stopAtFailure();
	}

	private inInputOrder(): INodeExecutionData[] {
		const output: INodeExecutionData[] = [];
		this.outcomes.forEach((outcome, index) => {
			if (outcome === undefined) return;
			if ('failure' in outcome) output.push(this.failedItem(outcome.failure, index, output.length === 0));
			else for (const item of outcome.items) output.push(paired(item, index));
		});
		return output;
	}

	// Many items in one request ---------------------------------------------------------------------------------------------------

	private async allBatches(operation: InBatches): Promise<INodeExecutionData[]> {
		const batching = this.orRefuse(() => operation.open(this.parameters.fixed));
		const parts = this.read((index) => batching.read(this.parameters.at(index))).flatMap(
			({ value }) => value,
		);
		const open = new Array<number>(this.items.length).fill(0);
		const failures = new Map<number, Failure>();
		for (const { owner } of parts) open[owner] = (open[owner] ?? 0) + 1;

		const batches = pack(parts, batching.limits);
		const sent: Array<Promise<void>> = [];
		const run = this.run();
		const settle = (part: Part, failure: Failure | undefined) => {
			const { owner } = part;
			if (failure && !failures.has(owner)) failures.set(owner, failure);
			const left = (open[owner] ?? 1) - 1;
			open[owner] = left;
			if (left > 0) return;
			const failed = failures.get(owner);
			this.end(owner, failed ? { failure: failed } : this.passedOn(owner));
		};
		// An item that owns no object (nothing to say about it) passes through untouched.
		this.items.forEach((_item, index) => {
			if (this.outcomes[index] === undefined && open[index] === 0) this.end(index, this.passedOn(index));
		});
		await inParallel(
			batches.length,
			this.concurrency,
			async (at) => {
				const batch = batches[at];
				if (batch === undefined) return;
				const sending = Promise.all(batch.after.map(async (earlier) => await sent[earlier])).then(
					async () => await this.sendBatch(batch.parts, batching, run, settle),
				);
				sent[at] = sending;
				await sending;
			},
			() => !this.stopped,
		);
		this.stopAtFailure();
		return batching.summary ? this.summarised(batching.summary) : this.inInputOrder();
	}

	private async sendBatch(
		parts: readonly Part[],
		batching: Batching,
		run: Run,
		settle: (part: Part, failure: Failure | undefined) => void,
	): Promise<void> {
		try {
			const failures = await batching.send(parts, run);
			parts.forEach((part, index) => settle(part, failures[index]));
		} catch (error) {
			const failure = asFailure(error);
			if (failure.details.tooLarge !== true || parts.length < 2)
				return parts.forEach((part) => settle(part, failure));
			for (const half of halve(parts)) await this.sendBatch(half, batching, run, settle);
		}
	}

	private passedOn(index: number): Outcome {
		const item = this.items[index];
		return { items: item ? [item] : [] };
	}

	private summarised(summary: NonNullable<Batching['summary']>): INodeExecutionData[] {
		const output: INodeExecutionData[] = [];
		const succeeded: number[] = [];
		this.outcomes.forEach((outcome, index) => {
			if (outcome && 'failure' in outcome)
				output.push(this.failedItem(outcome.failure, index, output.length === 0));
			else succeeded.push(index);
		});
		const pairedItem = succeeded.map((item) => ({ item }));
		return [{ json: summary(this.tally()), pairedItem }, ...output];
	}

	// All items together ----------------------------------------------------------------------------------------------------------

	private async allTogether(operation: OfAllItems<unknown>): Promise<INodeExecutionData[]> {
		const inputs = this.read((index) => operation.read(this.parameters.at(index)));
		const run = this.run();
		const result = await this.attempt(async () => ({
			items: await operation.run(
				inputs.map(({ value }) => value),
				this.parameters.fixed,
				run,
			),
		}));
		if ('failure' in result) {
			for (const { index } of inputs) this.end(index, result);
			this.stopAtFailure();
			return this.inInputOrder();
		}
		for (const { index } of inputs) this.end(index, { items: [] });
		const pairedItem = inputs.map(({ index }) => ({ item: index }));
		return [
			...result.items.map(({ json, binary }) => itemOf(json, binary, pairedItem)),
			...this.inInputOrder(),
		];
	}

	// What all three share --------------------------------------------------------------------------------------------------------

	/** Reads every item's parameters, and refuses bad ones before anything is sent. */
	private read<T>(read: (index: number) => T): Array<{ readonly index: number; readonly value: T }> {
		const inputs: Array<{ index: number; value: T }> = [];
		for (let index = 0; index < this.items.length; index++) {
			try {
				inputs.push({ index, value: read(index) });
			} catch (error) {
				this.end(index, { failure: asFailure(error) });
			}
		}
		if (this.stopped) throw this.refusal();
		return inputs;
	}

	private async attempt(work: () => Promise<Outcome>): Promise<Outcome> {
		try {
			return await work();
		} catch (error) {
			return { failure: asFailure(error) };
		}
	}

	private end(index: number, outcome: Outcome): void {
		this.outcomes[index] = outcome;
		this.done++;
		if ('failure' in outcome && !this.goesOn) this.stopped = true;
		const now = Date.now();
		if (now - this.lastLog < LOG_EVERY) return;
		this.lastLog = now;
		this.functions.logger.info(
			`${this.functions.getNode().name}: ${this.done} of ${this.items.length} items done`,
		);
	}

	private run(): Run {
		const made = new Map<string, Promise<unknown>>();
		return {
			once: async <T>(key: string, make: () => Promise<T>) => {
				const before = made.get(key) as Promise<T> | undefined;
				const making = before ?? make();
				if (before === undefined) made.set(key, making);
				return await making;
			},
			client: this.client,
			files: new Files(this.functions),
			signal: this.client.signal,
			executionId: this.functions.getExecutionId(),
			count: (what, howMany) => this.counts.set(what, (this.counts.get(what) ?? 0) + howMany),
			note: (sentence) => this.notes.add(sentence),
		};
	}

	private tally(): Tally {
		const failed = this.failedIndices().length;
		const items = this.items.length;
		return {
			items,
			succeeded: items - failed,
			failed,
			requests: this.client.traffic.requests,
			counts: this.counts,
		};
	}

	private failedIndices(): number[] {
		return this.outcomes.flatMap((outcome, index) => (outcome && 'failure' in outcome ? [index] : []));
	}

	private sayWhatItCameTo(): void {
		const tally = this.tally();
		const { traffic } = this.client;
		const worthSaying =
			this.items.length > 1 || tally.failed > 0 || traffic.retries > 0 || this.notes.size > 0;
		if (!worthSaying) return;
		const message = hintText({ tally, traffic, took: Date.now() - this.started, notes: [...this.notes] });
		this.functions.addExecutionHints({
			message,
			location: 'outputPane',
			type: tally.failed > 0 ? 'warning' : 'info',
		});
	}

	// Failures ---------------------------------------------------------------------------------------------------------------------

	/** Ends a run that is set to stop at the first failure; says what had been done by then. */
	private stopAtFailure(): void {
		if (!this.stopped) return;
		const succeeded = this.outcomes.flatMap((outcome, index) =>
			outcome && 'items' in outcome ? [index] : [],
		);
		const untouched = this.outcomes.filter((outcome) => outcome === undefined).length;
		const others = this.failedIndices().length - 1;
		const account = [
			succeeded.length > 0
				? `${plural(succeeded.length, 'item')} had already succeeded (${ranges(succeeded)})`
				: 'No other item had succeeded',
			...(others > 0 ? [`${plural(others, 'more item')} failed`] : []),
			...(untouched > 0
				? [`${plural(untouched, 'item')} ${untouched === 1 ? 'was' : 'were'} not started`]
				: []),
		];
		throw this.firstError(`${account.join(', ')}.`);
	}

	/** The error for input that was refused while nothing had been sent. */
	private refusal(): NodeApiError | NodeOperationError {
		const failed = this.failedIndices();
		const others = failed.length > 1 ? ` Items ${ranges(failed)} all have problems.` : '';
		return this.firstError(`Nothing was sent.${others}`);
	}

	private firstError(account: string): NodeApiError | NodeOperationError {
		const index = this.failedIndices()[0] ?? 0;
		const outcome = this.outcomes[index];
		const failure =
			outcome && 'failure' in outcome ? outcome.failure : new Failure({ message: 'The operation failed' });
		return this.errorOf(failure, index, this.items.length > 1 ? ` ${account}` : '');
	}

	/** Runs what concerns the whole run, whose failure leaves nothing to continue with. */
	private orRefuse<T>(work: () => T): T {
		const result = attemptNow(work);
		if ('value' in result) return result.value;
		throw this.errorOf(result.failure, 0, '');
	}

	private errorOf(failure: Failure, index: number, account: string): NodeApiError | NodeOperationError {
		const { description, status, uncertain } = failure.details;
		const node = this.functions.getNode();
		const message = `${failure.message}${this.items.length > 1 ? ` [item ${index}]` : ''}${account ? `.${account}` : ''}`;
		const doubt = uncertain
			? ' The service may have acted on the request, although its answer was lost.'
			: '';
		const details = { message, description: `${description ?? ''}${doubt}`.trim(), itemIndex: index };
		if (status === undefined) return new NodeOperationError(node, message, details);
		// Built from a plain object: an error that n8n made already would be handed back as it is.
		const response: JsonObject = { message, description: details.description };
		return new NodeApiError(node, response, { ...details, httpCode: String(status) });
	}

	/**
	 * A failed item for a node that is set to continue. n8n sends an item to the error output, and gives it the fields of its input, when
	 * `error` is all that its JSON has; by itself it would take every item's `error` property as the whole of its JSON.
	 */
	private failedItem(failure: Failure, index: number, first: boolean): INodeExecutionData {
		const { message, description, status, code, context, uncertain } = failure.details;
		const error: IDataObject = { message, ...defined({ description, status, code, uncertain, ...context }) };
		const { onError, retryOnFail } = this.functions.getNode();
		const pairedItem = { item: index };
		// With "Retry on Fail", n8n would run the whole node again for an `error` in the first item's JSON.
		if (first && retryOnFail === true)
			return { json: {}, error: this.errorOf(failure, index, ''), pairedItem };
		const input = onError === 'continueErrorOutput' ? {} : this.items[index]?.json;
		return { json: { ...input, error }, pairedItem };
	}
}

function attemptNow<T>(work: () => T): { value: T } | { failure: Failure } {
	try {
		return { value: work() };
	} catch (error) {
		return { failure: asFailure(error) };
	}
}

function defined(values: Readonly<Record<string, IDataObject[string]>>): IDataObject {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function paired({ json, binary }: OutputItem, index: number): INodeExecutionData {
	return itemOf(json, binary, { item: index });
}

function itemOf(
	json: IDataObject,
	binary: OutputItem['binary'],
	pairedItem: NonNullable<INodeExecutionData['pairedItem']>,
): INodeExecutionData {
	return binary === undefined ? { json, pairedItem } : { json, binary, pairedItem };
}
