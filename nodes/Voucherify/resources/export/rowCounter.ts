const LF = 0x0a;
const QUOTE = 0x22;

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

	/** Counts what passes by. */
	async *counting(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		for await (const chunk of chunks) {
			this.count(chunk);
			yield chunk;
		}
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
