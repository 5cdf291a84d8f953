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
	readonly parts: readonly Part[];
	/** Indices of earlier batches that must be done before this one is sent: they hold objects with the same key. */
	readonly after: readonly number[];
}

/** Room for the names of the lanes, brackets and other fields of a request, in bytes. */
const ENVELOPE = 1024;

/**
 * Packs objects in input order into as few requests as the limits allow: a request is closed only when the next object doesn't fit.
 * An object larger than the limit travels alone, for the service to judge.
 */
export function pack(parts: readonly Part[], limits: Limits): Batch[] {
	const batches: Batch[] = [];
	const lastBatchOf = new Map<string, number>();
	let open: Part[] = [];
	let after = new Set<number>();
	let bytes = ENVELOPE;
	let lanes = new Map<string, number>();
	let keys = new Map<string, number>();

	const close = () => {
		batches.push({ parts: open, after: [...after] });
		open = [];
		after = new Set();
		bytes = ENVELOPE;
		lanes = new Map();
		keys = new Map();
	};

	for (const part of parts) {
		const size = Buffer.byteLength(part.text) + 1;
		const inLane = lanes.get(part.lane) ?? 0;
		const ofKey = part.key === undefined ? 0 : (keys.get(part.key) ?? 0);
		const full =
			open.length >= limits.combined ||
			inLane >= limits.perLane ||
			ofKey >= (limits.perKey ?? Infinity) ||
			bytes + size > limits.bytes;
		if (full && open.length > 0) close();
		if (part.key !== undefined) {
			const earlier = lastBatchOf.get(part.key);
			if (earlier !== undefined && earlier !== batches.length) after.add(earlier);
			lastBatchOf.set(part.key, batches.length);
			if (limits.perKey !== undefined) keys.set(part.key, (keys.get(part.key) ?? 0) + 1);
		}
		open.push(part);
		bytes += size;
		lanes.set(part.lane, (lanes.get(part.lane) ?? 0) + 1);
	}
	if (open.length > 0) close();
	return batches;
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
