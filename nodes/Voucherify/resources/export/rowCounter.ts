const LF = 0x0a;
const QUOTE = 0x22;

/** Chunks of so many bytes are passed on as they are; smaller ones are joined up to twice that. */
const LARGE = 32 * 1024;
const JOINED = 2 * LARGE;

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

	/** Counts, and joins small chunks: n8n writes each chunk by itself, which takes longer than copying a small one. */
	async *counting(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		let small: Buffer[] = [];
		let length = 0;
		for await (const chunk of chunks) {
			this.count(chunk);
			const isSmall = chunk.length < LARGE;
			if (isSmall) {
				small.push(chunk);
				length += chunk.length;
			}
			if (length > 0 && (!isSmall || length >= JOINED)) {
				yield Buffer.concat(small);
				small = [];
				length = 0;
			}
			if (!isSmall) yield chunk;
		}
		if (length > 0) yield Buffer.concat(small);
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
