import type {
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { Slots } from './concurrency';
import type { Failure } from './failure';
import type { Files } from './files';
import type { Limits, Part } from './packing';
import type { ItemParameters } from './parameters';
import type { ApiClient } from './request';

/** An item that an operation makes; `execute` pairs it with the input it came from. */
export interface OutputItem {
	readonly json: IDataObject;
	readonly binary?: IBinaryKeyData | undefined;
}

/** How one object, or one input item, ended. */
export type Outcome = { readonly items: readonly OutputItem[] } | { readonly failure: Failure };

/** When requests may be started. */
export interface Pace {
	/** Places for requests that are under way. */
	readonly slots: Slots;
	/** Whether more may be started; asked before each. */
	mayGoOn(): boolean;
}

/** What an operation works with while it runs. */
export interface Run {
	readonly client: ApiClient;
	readonly files: Files;
	/** The pace of requests that are sent in numbers; all items share its places. */
	readonly pace: Pace;
	/** Aborted when the user cancels the execution. */
	readonly signal: AbortSignal | undefined;
	/** Identifies this execution across its retries, among those of the same n8n instance. */
	readonly executionId: string;
	/** Identifies the n8n instance; its workers have the same. */
	readonly instanceId: string;
	/** Makes something once a run and hands the same to every item that asks, e.g. the campaign that all items name. */
	once<T>(key: string, make: () => Promise<T>): Promise<T>;
	/** Adds to a figure of the hint at the end, e.g. `count('data points', 75)`. */
	count(what: string, howMany: number): void;
	/** Adds a sentence to the hint at the end; the same sentence is said once. */
	note(sentence: string): void;
	/** Writes a line to n8n's log, for work that takes long. */
	log(line: string): void;
	/** Writes a line about how far work has come to n8n's log, unless there was one in the last seconds. */
	progress(line: () => string): void;
}

interface Described {
	/** The value of the operation parameter, e.g. `create`. */
	readonly name: string;
	/** As the operation list shows it, e.g. "Create or Update". */
	readonly displayName: string;
	/** In sentence case with its object, e.g. "Create a publication". */
	readonly action: string;
	readonly description: string;
	/** The form: what a user fills in. */
	readonly fields: readonly INodeProperties[];
	/** Sends no request, so it has no request settings and needs no credential. */
	readonly offline?: true;
}

/** An operation that handles each item by itself, with one or more requests. */
export interface PerItem<Input> extends Described {
	readonly kind: 'perItem';
	/** Reads and checks one item's parameters; nothing is sent before all items are read. */
	read(item: ItemParameters): Input;
	/** Does it, and makes the items that come out. */
	run(input: Input, run: Run): Promise<readonly OutputItem[]>;
}

/** What a preparation makes of one object: it or another in its place is sent, nothing is, or its item fails. */
export type Prepared =
	| { readonly kind: 'send'; readonly part: Part }
	| { readonly kind: 'unneeded' }
	| { readonly kind: 'failed'; readonly failure: Failure };

/** How an operation puts many items into one request. */
export interface Batching {
	readonly limits: Limits;
	/** Reads and checks the objects that one item owns; nothing is sent before all items are read. */
	read(item: ItemParameters): readonly Part[];
	/**
	 * Looks at all objects before they are packed, e.g. to leave out what a profile has already. Gives for each, in order, what becomes
	 * of it; `undefined` where the run stopped before that was known. A thrown failure concerns all of them.
	 */
	readonly prepare?:
		| ((parts: readonly Part[], run: Run, pace: Pace) => Promise<ReadonlyArray<Prepared | undefined>>)
		| undefined;
	/** Sends one request and tells which of its objects failed, in their order; a thrown failure concerns all of them. */
	send(parts: readonly Part[], run: Run): Promise<ReadonlyArray<Failure | undefined>>;
	/** Whether a thrown failure may be the fault of one object alone, so that the others pass in smaller requests; never unless given. */
	readonly isOfOne?: ((failure: Failure) => boolean) | undefined;
	/** What comes out for an input item whose objects were all taken; unless given, the item itself. */
	readonly output?: ((item: INodeExecutionData, index: number) => readonly OutputItem[]) | undefined;
	/** Makes one item of the whole run instead of one an input item. */
	readonly summary?: ((tally: Tally) => IDataObject) | undefined;
}

/** An operation that puts many items into one request. */
export interface InBatches extends Described {
	readonly kind: 'inBatches';
	/** Reads what holds for the whole run; what a user chose may have to be done once, however many items there are. */
	open(fixed: ItemParameters): Batching | Together<unknown>;
}

/** What is done once for all items. */
export interface Together<Input> {
	read(item: ItemParameters): Input;
	/** @param inputs one for each item that could be read, in input order */
	run(inputs: readonly Input[], fixed: ItemParameters, run: Run): Promise<readonly OutputItem[]>;
}

/** An operation that makes one result of all items together. */
export interface OfAllItems<Input> extends Described, Together<Input> {
	readonly kind: 'ofAllItems';
}

/** What a run came to, in items. */
export interface Tally {
	readonly items: number;
	readonly succeeded: number;
	readonly failed: number;
	readonly requests: number;
	/** The operation's own figures, as given to `Run.count`. */
	readonly counts: ReadonlyMap<string, number>;
}

/** Any operation; its input is known to itself alone. */
export type Operation = PerItem<unknown> | InBatches | OfAllItems<unknown>;

/** A resource and what can be done with it. */
export interface Resource {
	readonly name: string;
	readonly displayName: string;
	readonly operations: readonly Operation[];
}

/** Defines an operation on single items; its input type stays inside. */
export function perItem<Input>(definition: Omit<PerItem<Input>, 'kind'>): PerItem<unknown> {
	return {
		...definition,
		kind: 'perItem',
		run: async (input, run) => await definition.run(input as Input, run),
	};
}

/** Defines an operation that packs items into requests. */
export function inBatches(definition: Omit<InBatches, 'kind'>): InBatches {
	return { ...definition, kind: 'inBatches' };
}

/** Defines an operation that makes one result of all items. */
export function ofAllItems<Input>(definition: Omit<OfAllItems<Input>, 'kind'>): OfAllItems<unknown> {
	return {
		...definition,
		kind: 'ofAllItems',
		run: async (inputs, fixed, run) => await definition.run(inputs as readonly Input[], fixed, run),
	};
}

/** The choice of an operation as n8n lists it. */
export function operationOption({ name, displayName, action, description }: Operation): INodePropertyOptions {
	return { name: displayName, value: name, action, description };
}
