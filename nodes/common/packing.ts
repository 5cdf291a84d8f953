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

/**
 * Packs objects in input order into as few requests as the limits allow, as they come: a request is closed only when the next object
 * doesn't fit. An object larger than the limit travels alone, for the service to judge.
 */
export class Packer {
	private batches = 0;
	/** Those that are not done, the latest first. */
	private readonly notDone: KeysOfBatch[] = [];
	private open: Part[] = [];
	private after = new Set<number>();
	private bytes = ENVELOPE;
	private lanes = new Map<string, number>();
	private keys = new Map<string, number>();

	constructor(private readonly limits: Limits) {}

	/** Takes in an object, and gives the batch that it did not fit into any more. */
	add(part: Part): Batch | undefined {
		const { limits } = this;
		const { key } = part;
		const size = Buffer.byteLength(part.text) + 1;
		const inLane = this.lanes.get(part.lane) ?? 0;
		const full =
			this.open.length >= limits.combined ||
			inLane >= limits.perLane ||
			(key !== undefined && (this.keys.get(key) ?? 0) >= (limits.perKey ?? Infinity)) ||
			this.bytes + size > limits.bytes;
		const closed = full ? this.end() : undefined;
		if (key !== undefined) {
			const ofKey = this.keys.get(key) ?? 0;
			// Later objects of a key go the way of its first.
			const earlier = ofKey === 0 ? this.notDone.find(({ keys }) => keys.has(key)) : undefined;
			if (earlier !== undefined) this.after.add(earlier.index);
			this.keys.set(key, ofKey + 1);
		}
		this.open.push(part);
		this.bytes += size;
		this.lanes.set(part.lane, (this.lanes.get(part.lane) ?? 0) + 1);
		return closed;
	}

	/** Closes the batch in the making, and gives it unless it is empty. */
	end(): Batch | undefined {
		if (this.open.length === 0) return undefined;
		const index = this.batches++;
		const batch = { index, parts: this.open, after: [...this.after] };
		this.notDone.unshift({ index, keys: this.keys });
		this.open = [];
		this.after = new Set();
		this.bytes = ENVELOPE;
		this.lanes = new Map();
		this.keys = new Map();
		return batch;
	}

	/** Forgets a batch that is done: no later one has to wait for it. */
	done({ index }: Batch): void {
		const at = this.notDone.findIndex((batch) => batch.index === index);
		if (at >= 0) this.notDone.splice(at, 1);
	}
}

/** How many objects of each key a batch holds. */
interface KeysOfBatch {
	readonly index: number;
	readonly keys: ReadonlyMap<string, number>;
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
	const fields = Object.entries(rest).flatMap(([name, value]) =>
		value === undefined ? [] : [`${JSON.stringify(name)}:${JSON.stringify(value)}`],
	);
	// Joined once: what is put together in steps is copied in each of them.
	const pieces: string[] = ['{'];
	const start = (text: string): unknown => pieces.push(pieces.length > 1 ? ',' : '', text);
	for (const field of fields) start(field);
	for (const [lane, objects] of byLane(parts)) {
		start(`${JSON.stringify(lane)}:[`);
		for (const [index, { text }] of objects.entries()) pieces.push(index > 0 ? ',' : '', text);
		pieces.push(']');
	}
	pieces.push('}');
	return pieces.join('');
}

/** A request's JSON body that is nothing but its parts, whatever their lanes: `[…]`. */
export function arrayOf(parts: readonly Part[]): string {
	return `[${parts.map(({ text }) => text).join(',')}]`;
}
