import { damaged } from './archiveFailure';

/**
 * Decompresses what deflate has compressed (RFC 1951), in pieces, with no more memory than a few of them take.
 * @param compressed read to its end, where the compressed data has to end too
 * @throws {Failure} for what is no such data, is cut off, or goes on after its end
 */
export async function* inflated(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	const { readable, writable } = new DecompressionStream('deflate-raw');
	const writer = writable.getWriter();
	const reader: ReadableStreamDefaultReader<Uint8Array> = readable.getReader();
	const feed = new Feed(compressed, writer);
	// Goes on beside the reading, which is told of whatever goes wrong there.
	feed.run().catch(ignore);
	try {
		for (;;) {
			const next = await reader.read().catch(() => undefined);
			if (next === undefined) throw feed.problem ?? damaged('its compressed data is damaged or cut off');
			if (next.done) break;
			yield Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
		}
		if (!feed.isDone) throw damaged('its compressed data ends too early');
	} finally {
		// Not waited for: what can't be decompressed any more would never be done with.
		reader.cancel().catch(ignore);
		writer.abort().catch(ignore);
	}
}

/** Puts compressed data into a decompression, as fast as that takes it. */
class Feed {
	/** What went wrong with the source of the data. */
	problem: unknown;
	isDone = false;
	private readonly chunks: AsyncIterator<Buffer>;

	constructor(
		compressed: AsyncIterable<Buffer>,
		private readonly writer: WritableStreamDefaultWriter<Uint8Array>,
	) {
		this.chunks = compressed[Symbol.asyncIterator]();
	}

	async run(): Promise<void> {
		for (;;) {
			const next = await this.chunks.next().catch((error: unknown) => ({ error }));
			if ('error' in next) {
				this.problem = next.error;
				return await this.writer.abort(next.error);
			}
			if (next.done === true) break;
			await this.writer.write(next.value);
		}
		this.isDone = true;
		await this.writer.close();
	}
}

function ignore(): void {}
