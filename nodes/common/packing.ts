/** One object of a request that carries many: serialised once, and owned by one input item. */
export interface Part {
	/** Index of the input item. */
	readonly owner: number;
	/** Name of the array of the request that the object goes into. */
	readonly lane: string;
	/** The object as JSON text. */
	readonly text: string;
	/** What the object costs where a service counts, e.g. Braze's data points. */
	readonly cost?: number | undefined;
	/** Objects with the same key must take effect in input order, e.g. those of one user. */
	readonly key?: string | undefined;
	/** What its request says beside the objects; only objects with the same envelope travel together. */
	readonly envelope?: string | undefined;
}

/** How much one request may hold. */
export interface Limits {
	/** Objects over all lanes. */
	readonly combined: number;
	/** Objects in each lane. */
	readonly perLane: number;
	/** Objects with the same key; no limit unless given. */
	readonly perKey?: number | undefined;
	/** Size of all objects and what stands around them, in bytes. */
	readonly bytes: number;
}

/** The objects of one request. */
export interface Batch {
	/** Its number among those of its packing, from 0 on. */
	readonly index: number;
	readonly parts: readonly Part[];
	/** Indices of earlier batches that must be done before this one is sent: they hold objects with the same key. */
	readonly after: readonly number[];
}

/** Room for the names of the lanes, brackets and other fields of a request, in bytes. */
const ENVELOPE = 1024;

/** A batch that is being filled. */
interface OpenBatch extends Batch {
	readonly parts: Part[];
	readonly after: number[];
	readonly lanes: Map<string, number>;
	readonly keys: Map<string, number>;
	bytes: number;
}

/** What most objects close. */
const NONE: readonly Batch[] = [];

/**
 * Packs objects in input order into as few requests as the limits allow, as they come: a request is closed only when the next object
 * doesn't fit, or belongs to the same key and another envelope. Objects of each envelope fill requests of their own. An object larger
 * than the limit travels alone, for the service to judge.
 */
export class Packer {
	private batches = 0;
	/** The last batch that holds a key, for those that are not done. */
	private readonly lastBatchOf = new Map<string, OpenBatch>();
	private readonly open = new Map<string | undefined, OpenBatch>();

	constructor(private readonly limits: Limits) {}

	/** Takes in an object, and gives the batches that are to be sent before it. */
	add(part: Part): readonly Batch[] {
		const { key, envelope } = part;
		const size = Buffer.byteLength(part.text) + 1;
		const earlier = key === undefined ? undefined : this.lastBatchOf.get(key);
		const before = this.open.get(envelope);
		const full = before !== undefined && isFull(before, part, size, this.limits);
		const batch = before === undefined || full ? emptyBatch(this.batches++, envelope) : before;
		const closed = full ? [before] : NONE;
		if (batch !== before) this.open.set(envelope, batch);
		if (key !== undefined && earlier !== batch) {
			if (earlier !== undefined && !batch.after.includes(earlier.index)) batch.after.push(earlier.index);
			this.lastBatchOf.set(key, batch);
		}
		if (key !== undefined && this.limits.perKey !== undefined)
			batch.keys.set(key, (batch.keys.get(key) ?? 0) + 1);
		batch.parts.push(part);
		batch.bytes += size;
		batch.lanes.set(part.lane, (batch.lanes.get(part.lane) ?? 0) + 1);
		// What this batch waits for must be on its way before it.
		return earlier !== undefined && earlier !== batch && this.isOpen(earlier)
			? [...closed, this.closed(earlier)]
			: closed;
	}

	/** Closes the batches in the making. */
	end(): readonly Batch[] {
		const left = [...this.open.values()];
		this.open.clear();
		return left;
	}

	/** Forgets a batch that is done: no later one has to wait for it. */
	done({ index, parts }: Batch): void {
		for (const { key } of parts)
			if (key !== undefined && this.lastBatchOf.get(key)?.index === index) this.lastBatchOf.delete(key);
	}

	private isOpen(batch: OpenBatch): boolean {
		return this.open.get(batch.parts[0]?.envelope) === batch;
	}

	private closed(batch: OpenBatch): Batch {
		this.open.delete(batch.parts[0]?.envelope);
		return batch;
	}
}

function emptyBatch(index: number, envelope = ''): OpenBatch {
	const bytes = ENVELOPE + Buffer.byteLength(envelope);
	return { index, parts: [], after: [], lanes: new Map(), keys: new Map(), bytes };
}

function isFull(batch: OpenBatch, part: Part, size: number, limits: Limits): boolean {
	const { parts, lanes, keys, bytes } = batch;
	return (
		parts.length >= limits.combined ||
		(lanes.get(part.lane) ?? 0) >= limits.perLane ||
		(part.key !== undefined && (keys.get(part.key) ?? 0) >= (limits.perKey ?? Infinity)) ||
		bytes + size > limits.bytes
	);
}

/** The two halves of a batch that was too large. */
export function halve(parts: readonly Part[]): readonly [readonly Part[], readonly Part[]] {
	const middle = Math.ceil(parts.length / 2);
	return [parts.slice(0, middle), parts.slice(middle)];
}

/** The parts of each lane in the order in which they are sent; an index in an answer counts within its lane. */
export function byLane(parts: readonly Part[]): ReadonlyMap<string, readonly Part[]> {
	const lanes = new Map<string, Part[]>();
	for (const part of parts) {
		const lane = lanes.get(part.lane);
		if (lane) lane.push(part);
		else lanes.set(part.lane, [part]);
	}
	return lanes;
}

/** A request's JSON body made of its parts' texts: `{"attributes":[…],"events":[…], …rest}`. */
export function bodyOf(parts: readonly Part[], rest: Readonly<Record<string, unknown>> = {}): string {
	const lanes = [...byLane(parts)].map(
		([lane, objects]) => `${JSON.stringify(lane)}:[${objects.map(({ text }) => text).join(',')}]`,
	);
	const fields = Object.entries(rest).flatMap(([name, value]) =>
		value === undefined ? [] : [`${JSON.stringify(name)}:${JSON.stringify(value)}`],
	);
	return `{${[...fields, ...lanes].join(',')}}`;
}

/** A request's JSON body that is nothing but its parts, whatever their lanes: `[…]`. */
export function arrayOf(parts: readonly Part[]): string {
	return `[${parts.map(({ text }) => text).join(',')}]`;
}
