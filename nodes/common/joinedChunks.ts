/** Chunks of so many bytes are passed on as they are; smaller ones are joined up to twice that. */
const LARGE = 32 * 1024;
const JOINED = 2 * LARGE;

/** Joins small chunks: n8n writes each chunk by itself, which takes longer than copying a small one. */
export async function* joinedChunks(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	let small: Buffer[] = [];
	let length = 0;
	for await (const chunk of chunks) {
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
