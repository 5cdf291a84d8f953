const LF = 0x0a;
const QUOTE = 0x22;

/** Chunks are joined up to so many bytes. */
const JOINED = 256 * 1024;

/** Counts the rows and bytes of a CSV file that passes by. */
export class RowCounter {
	/** In bytes. */
	bytes = 0;
	private ended = 0;
	private inQuotes = false;
	private last = LF;

	/** Rows so far, the header and an unfinished last row among them. */
	get rows(): number {
		return this.last === LF ? this.ended : this.ended + 1;
	}

	/** Counts, and joins small chunks to larger ones: n8n writes each chunk by itself, which takes far longer than copying it. */
	async *counting(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		let joined = Buffer.allocUnsafe(JOINED);
		let length = 0;
		for await (const chunk of chunks) {
			this.count(chunk);
			if (length > 0 && length + chunk.length > JOINED) {
				yield joined.subarray(0, length);
				joined = Buffer.allocUnsafe(JOINED);
				length = 0;
			}
			if (chunk.length > JOINED) yield chunk;
			else length += chunk.copy(joined, length);
		}
		if (length > 0) yield joined.subarray(0, length);
	}

	/** A doubled quote within quotes closes and opens them again, which comes to the same. */
	private count(chunk: Buffer): void {
		let { ended, inQuotes } = this;
		for (let at = 0; at < chunk.length; at++) {
			const byte = chunk[at];
			if (byte === QUOTE) inQuotes = !inQuotes;
			else if (byte === LF && !inQuotes) ended++;
		}
		this.ended = ended;
		this.inQuotes = inQuotes;
		this.bytes += chunk.length;
		this.last = chunk[chunk.length - 1] ?? this.last;
	}
}
