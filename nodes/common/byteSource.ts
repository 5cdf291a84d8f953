/** Bytes that come in pieces of any size, read in the pieces that a file format has. Holds no more than was asked for and one chunk. */
export class ByteSource {
	private readonly chunks: AsyncIterator<Buffer>;
	private waiting: Buffer = Buffer.alloc(0);
	private consumed = 0;

	constructor(source: AsyncIterable<Buffer>) {
		this.chunks = source[Symbol.asyncIterator]();
	}

	/** Bytes taken so far. */
	get position(): number {
		return this.consumed;
	}

	/** What comes next, left where it is: at least so many bytes, fewer only at the end. */
	async peek(least: number): Promise<Buffer> {
		if (this.waiting.length >= least) return this.waiting;
		const pieces = [this.waiting];
		let length = this.waiting.length;
		while (length < least) {
			const next = await this.chunks.next();
			if (next.done === true) break;
			pieces.push(next.value);
			length += next.value.length;
		}
		this.waiting = pieces.length === 1 ? this.waiting : Buffer.concat(pieces);
		return this.waiting;
	}

	/** Takes exactly so many bytes; `undefined` when there are not as many left. */
	async take(length: number): Promise<Buffer | undefined> {
		if ((await this.peek(length)).length < length) return undefined;
		return this.skip(length);
	}

	/** Takes so many of the bytes that a look has shown. */
	skip(length: number): Buffer {
		const taken = this.waiting.subarray(0, length);
		this.waiting = this.waiting.subarray(taken.length);
		this.consumed += taken.length;
		return taken;
	}

	/** Takes so many bytes in pieces as they come, or all that are left if those are fewer. */
	async *pieces(length: number): AsyncGenerator<Buffer> {
		for (let left = length; left > 0;) {
			const there = await this.peek(1);
			if (there.length === 0) return;
			const piece = this.skip(Math.min(left, there.length));
			left -= piece.length;
			yield piece;
		}
	}

	/** Ends the source, whose rest nobody wants. */
	async close(): Promise<void> {
		await this.chunks.return?.();
	}
}
