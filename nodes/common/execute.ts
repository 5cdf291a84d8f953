import {
	type IExecuteFunctions,
	type INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { sendInBatches } from './batches';
import { inParallel, Slots } from './concurrency';
import { asFailure, attemptNow, Failure, type Attempt } from './failure';
import { Files } from './files';
import { accountOf, hintText, ranges } from './hint';
import { failedItem, nodeError, withoutRerun, type Place } from './nodeError';
import {
	perItem,
	type Batching,
	type InBatches,
	type Operation,
	type Outcome,
	type OutputItem,
	type PerItem,
	type Resource,
	type Run,
	type Tally,
	type Together,
} from './operation';
import type { Part } from './packing';
import { Parameters } from './parameters';
import { ApiClient, DEFAULT_SETTINGS, type Service } from './request';
import { DEFAULT_CONCURRENCY, readRequestSettings, requestSettingsField } from './requestSettings';
import { cancelled } from './wait';

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
	return operation ?? unknown(String(resource), String(name));
}

/** Stands for an operation that there is not, and refuses every item. */
function unknown(resource: string, name: string): Operation {
	const refuse = (): never => {
		throw new Failure({
			message: `This version of the node has no operation "${name}" of "${resource}"`,
			description: 'Choose another one, or update the package.',
		});
	};
	return perItem({
		name,
		displayName: name,
		action: name,
		description: '',
		fields: [],
		offline: true,
		read: refuse,
		run: refuse,
	});
}

/** How an item ended that comes out in another one, or in none. */
const NOTHING_OUT: Outcome = { items: [] };

/** One run of one operation. */
class Execution {
	private readonly items: readonly INodeExecutionData[];
	private readonly outcomes: Array<Outcome | undefined>;
	private readonly parameters: Parameters;
	private readonly settings: Attempt<ReturnType<typeof readRequestSettings>>;
	private readonly client: ApiClient;
	private readonly goesOn: boolean;
	private readonly counts = new Map<string, number>();
	private readonly notes = new Set<string>();
	private readonly started = Date.now();
	private lastLog = this.started;
	private done = 0;
	private stopped = false;
	/** Items with an object that was sent and one that was not, when the run stopped. */
	private sentInPart: readonly number[] = [];

	constructor(
		private readonly functions: IExecuteFunctions,
		service: Service,
		private readonly operation: Operation,
	) {
		this.items = functions.getInputData();
		this.outcomes = new Array<Outcome | undefined>(this.items.length).fill(undefined);
		this.parameters = new Parameters(functions, [...operation.fields, requestSettingsField]);
		this.goesOn = functions.continueOnFail();
		this.settings = attemptNow(() =>
			operation.offline === true
				? { ...DEFAULT_SETTINGS, concurrency: DEFAULT_CONCURRENCY }
				: readRequestSettings(this.parameters.fixed),
		);
		this.client = new ApiClient(
			functions,
			service,
			'value' in this.settings ? this.settings.value : DEFAULT_SETTINGS,
		);
	}

	async output(): Promise<INodeExecutionData[]> {
		const output =
			'value' in this.settings
				? await this.outcome(this.settings.value.concurrency)
				: this.refuseAll(this.settings.failure);
		this.sayWhatItCameTo();
		const first = pairedIndex(output[0]);
		const outcome = first === undefined ? undefined : this.outcomes[first];
		const failure = outcome && 'failure' in outcome ? outcome.failure : undefined;
		return withoutRerun(output, failure, this.placeOf(first ?? 0));
	}

	private async outcome(concurrency: number): Promise<INodeExecutionData[]> {
		switch (this.operation.kind) {
			case 'perItem':
				await this.eachItem(this.operation, concurrency);
				return this.inInputOrder();
			case 'inBatches':
				return await this.allBatches(this.operation, concurrency);
			case 'ofAllItems':
				return await this.allTogether(this.operation, concurrency);
		}
	}

	// Each item by itself ---------------------------------------------------------------------------------------------------------

	private async eachItem(operation: PerItem<unknown>, concurrency: number): Promise<void> {
		const inputs = this.read((index) => operation.read(this.parameters.at(index)));
		const run = this.run(concurrency);
		await inParallel(
			inputs.length,
			concurrency,
			async (at) => {
				const input = inputs[at];
				if (input === undefined) return;
				this.end(input.index, await attempt(async () => ({ items: await operation.run(input.value, run) })));
			},
			() => this.mayGoOn(),
		);
		this.stopAtFailure();
	}

	private inInputOrder(): INodeExecutionData[] {
		const output: INodeExecutionData[] = [];
		this.outcomes.forEach((outcome, index) => {
			if (outcome === undefined) return;
			if ('failure' in outcome) output.push(this.failedItem(outcome.failure, index));
			else for (const item of outcome.items) output.push(paired(item, { item: index }));
		});
		return output;
	}

	// Many items in one request ---------------------------------------------------------------------------------------------------

	private async allBatches(operation: InBatches, concurrency: number): Promise<INodeExecutionData[]> {
		const opened = attemptNow(() => operation.open(this.parameters.fixed));
		if ('failure' in opened) return this.refuseAll(opened.failure);
		const batching = opened.value;
		if ('run' in batching) return await this.allTogether(batching, concurrency);
		const parts = this.readParts(batching);
		this.sentInPart = await sendInBatches(parts, batching, this.run(concurrency), concurrency, {
			mayGoOn: () => this.mayGoOn(),
			failed: () => {
				this.stopped ||= !this.goesOn;
			},
			ended: (owner, failure) => this.end(owner, failure ? { failure } : this.passedOn(owner, batching)),
		});
		this.stopAtFailure();
		return batching.summary ? this.summarised(batching.summary) : this.inInputOrder();
	}

	private readParts(batching: Batching): Part[] {
		const parts: Part[] = [];
		for (const { index, value } of this.read((at) => batching.read(this.parameters.at(at)))) {
			// An item that owns no object (nothing to say about it) passes through untouched.
			if (value.length === 0) this.end(index, this.passedOn(index));
			for (const part of value) parts.push(part);
		}
		return parts;
	}

	private passedOn(index: number, batching?: Batching): Outcome {
		const item = this.items[index];
		if (item === undefined || batching?.summary) return NOTHING_OUT;
		return { items: batching?.output?.(item, index) ?? [item] };
	}

	private summarised(summary: NonNullable<Batching['summary']>): INodeExecutionData[] {
		const failed = this.failedIndices().flatMap((index) => {
			const outcome = this.outcomes[index];
			return outcome && 'failure' in outcome ? [this.failedItem(outcome.failure, index)] : [];
		});
		const pairedItem = this.succeededIndices().map((item) => ({ item }));
		return [{ json: summary(this.tally()), pairedItem }, ...failed];
	}

	// All items together ----------------------------------------------------------------------------------------------------------

	private async allTogether(
		operation: Together<unknown>,
		concurrency: number,
	): Promise<INodeExecutionData[]> {
		const inputs = this.read((index) => operation.read(this.parameters.at(index)));
		if (inputs.length === 0 && this.items.length > 0) return this.inInputOrder();
		const run = this.run(concurrency);
		const values = inputs.map(({ value }) => value);
		const result = await attempt(async () => ({
			items: await operation.run(values, this.parameters.fixed, run),
		}));
		const made = 'failure' in result ? [] : result.items;
		for (const { index } of inputs) this.end(index, 'failure' in result ? result : { items: [] });
		this.stopAtFailure();
		const pairedItem = inputs.map(({ index }) => ({ item: index }));
		return [...made.map((item) => paired(item, pairedItem)), ...this.inInputOrder()];
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

	/** Fails every item for what concerns the whole run. */
	private refuseAll(failure: Failure): INodeExecutionData[] {
		this.items.forEach((_item, index) => this.end(index, { failure }));
		if (!this.stopped) return this.inInputOrder();
		const many = this.items.length > 1;
		throw nodeError(failure, { ...this.placeOf(0), oneOfMany: false }, many ? 'Nothing was sent.' : '');
	}

	private mayGoOn(): boolean {
		return !this.stopped && this.client.signal?.aborted !== true;
	}

	private end(index: number, outcome: Outcome): void {
		this.outcomes[index] = outcome;
		this.done++;
		if ('failure' in outcome && !this.goesOn) this.stopped = true;
		this.progress(() => `${this.done} of ${this.items.length} items done`);
	}

	private progress(line: () => string): void {
		const now = Date.now();
		if (now - this.lastLog < LOG_EVERY) return;
		this.lastLog = now;
		this.log(line());
	}

	private log(line: string): void {
		this.functions.logger.info(`${this.functions.getNode().name}: ${line}`);
	}

	private run(concurrency: number): Run {
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
			pace: { slots: new Slots(concurrency), mayGoOn: () => this.mayGoOn() },
			signal: this.client.signal,
			executionId: this.functions.getExecutionId(),
			instanceId: this.functions.getInstanceId(),
			count: (what, howMany) => this.counts.set(what, (this.counts.get(what) ?? 0) + howMany),
			note: (sentence) => this.notes.add(sentence),
			log: (line) => this.log(line),
			progress: (line) => this.progress(line),
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
		return this.indicesOf('failure');
	}

	private succeededIndices(): number[] {
		return this.indicesOf('items');
	}

	private indicesOf(ending: 'failure' | 'items'): number[] {
		const indices: number[] = [];
		this.outcomes.forEach((outcome, index) => {
			if (outcome && ending in outcome) indices.push(index);
		});
		return indices;
	}

	private sayWhatItCameTo(): void {
		const tally = this.tally();
		const { traffic } = this.client;
		const worthSaying =
			this.items.length > 1 ||
			tally.failed > 0 ||
			traffic.requests > 1 ||
			traffic.retries > 0 ||
			this.notes.size > 0;
		if (!worthSaying) return;
		const message = hintText({ tally, traffic, took: Date.now() - this.started, notes: [...this.notes] });
		this.functions.addExecutionHints({
			message,
			location: 'outputPane',
			type: tally.failed > 0 ? 'warning' : 'info',
		});
	}

	// Failures ---------------------------------------------------------------------------------------------------------------------

	/** Ends a run that is set to stop at the first failure, or was cancelled; says what had been done by then. */
	private stopAtFailure(): void {
		if (this.mayGoOn()) return;
		const succeeded = this.succeededIndices();
		// Cancelled when everything was done already.
		if (succeeded.length === this.items.length) return;
		const { sentInPart } = this;
		const unknown = this.outcomes.filter((outcome) => outcome === undefined).length;
		throw this.firstError(
			accountOf({
				succeeded,
				alsoFailed: this.failedIndices().length - 1,
				sentInPart,
				untouched: unknown - sentInPart.length,
			}),
		);
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
		const found = outcome && 'failure' in outcome ? outcome.failure : undefined;
		const wasCancelled = found === undefined || this.client.signal?.aborted === true;
		const failure = wasCancelled ? cancelled(found?.details.uncertain) : found;
		const place = this.placeOf(index);
		return nodeError(failure, place, place.oneOfMany ? account : '');
	}

	private failedItem(failure: Failure, index: number): INodeExecutionData {
		return failedItem(failure, this.placeOf(index), this.items[index] ?? { json: {} });
	}

	private placeOf(index: number): Place {
		return { node: this.functions.getNode(), index, oneOfMany: this.items.length > 1 };
	}
}

async function attempt<T>(work: () => Promise<T>): Promise<T | { readonly failure: Failure }> {
	try {
		return await work();
	} catch (error) {
		return { failure: asFailure(error) };
	}
}

function pairedIndex(item: INodeExecutionData | undefined): number | undefined {
	const pair = item?.pairedItem;
	return typeof pair === 'object' && !Array.isArray(pair) ? pair.item : undefined;
}

function paired(
	{ json, binary }: OutputItem,
	pairedItem: NonNullable<INodeExecutionData['pairedItem']>,
): INodeExecutionData {
	return binary === undefined ? { json, pairedItem } : { json, binary, pairedItem };
}
