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
	/** Size of all objects and what stands around them, in bytes. */
	readonly bytes: number;
}

/** The objects of one request. */
export interface Batch {
	readonly parts: readonly Part[];
	/** Indices of earlier batches that must be done before this one is sent: they hold objects with the same key. */
	readonly after: readonly number[];
}

/** Room for the names of the lanes, brackets and other fields of a request, in bytes. */
const ENVELOPE = 1024;

/** A batch that is being filled. */
interface OpenBatch {
	/** Its place among all batches. */
	readonly index: number;
	readonly parts: Part[];
	readonly after: Set<number>;
	readonly lanes: Map<string, number>;
	bytes: number;
}

/**
 * Packs objects in input order into as few requests as the limits allow: a request is closed only when the next object doesn't fit.
 * Objects of each envelope fill requests of their own. An object larger than the limit travels alone, for the service to judge.
 */
export function pack(parts: readonly Part[], limits: Limits): Batch[] {
	const batches: OpenBatch[] = [];
	const open = new Map<string | undefined, OpenBatch>();
	const lastBatchOf = new Map<string, number>();
	for (const part of parts) {
		const size = Buffer.byteLength(part.text) + 1;
		const earlier = part.key === undefined ? undefined : lastBatchOf.get(part.key);
		let batch = open.get(part.envelope);
		// An older request that is still open would be sent before the one that holds the key's last object.
		if (batch === undefined || isFull(batch, part, size, limits) || batch.index < (earlier ?? 0)) {
			batch = emptyBatch(batches.length, part);
			batches.push(batch);
			open.set(part.envelope, batch);
		}
		if (earlier !== undefined && earlier !== batch.index) batch.after.add(earlier);
		if (part.key !== undefined) lastBatchOf.set(part.key, batch.index);
		batch.parts.push(part);
		batch.bytes += size;
		batch.lanes.set(part.lane, (batch.lanes.get(part.lane) ?? 0) + 1);
	}
	return batches.map((batch) => ({ parts: batch.parts, after: [...batch.after] }));
}

function emptyBatch(index: number, { envelope = '' }: Part): OpenBatch {
	const bytes = ENVELOPE + Buffer.byteLength(envelope);
	return { index, parts: [], after: new Set(), lanes: new Map(), bytes };
}

function isFull({ parts, lanes, bytes }: OpenBatch, part: Part, size: number, limits: Limits): boolean {
	return (
		parts.length >= limits.combined ||
		(lanes.get(part.lane) ?? 0) >= limits.perLane ||
		(bytes + size > limits.bytes && parts.length > 0)
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
