import { within } from './deadline';
import { transformed } from './files';
import { parseJson } from './json';

/** An answer may be as large, in bytes: a page of a list has a few hundred thousand at most. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

/** An error answer is read so far, in bytes. */
const LONGEST_ERROR = 64 * 1024;

/**
 * The bytes of a download, which end with an error that `explain` makes when the connection breaks or nothing comes for too long.
 * @param silence the longest time between two chunks, in ms
 */
export function guarded(
	source: AsyncIterable<Buffer>,
	silence: number,
	explain: (error: unknown) => Error,
): AsyncIterable<Buffer> {
	return transformed(source, (bytes) => watched(bytes, silence, explain));
}

async function* watched(
	bytes: AsyncIterable<Buffer>,
	silence: number,
	explain: (error: unknown) => Error,
): AsyncGenerator<Buffer> {
	const chunks = bytes[Symbol.asyncIterator]();
	let ended = false;
	try {
		for (;;) {
			const next = await within(silence, chunks.next()).catch((error: unknown) => ({ error }));
			if ('error' in next) throw explain(next.error);
			ended = next.done === true;
			if (ended) return;
			yield next.value;
		}
	} finally {
		// The iterator's own end would wait for the chunk that does not come.
		if (!ended) closeConnection(bytes);
	}
}

/** Closes the connection that bytes come from. */
export function closeConnection(bytes: AsyncIterable<Buffer>): void {
	if ('destroy' in bytes && typeof bytes.destroy === 'function') bytes.destroy();
}

/**
 * A whole body: parsed if it is JSON, else as text.
 * @throws {TooLarge} for more than any answer of the services comes near to
 */
export async function readAnswer(body: AsyncIterable<Buffer>): Promise<unknown> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of body) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > LARGEST_ANSWER) throw new TooLarge();
	}
	return parsedOrText(Buffer.concat(chunks));
}

/** An answer that nobody can use. */
export class TooLarge extends Error {
	readonly code = 'ERR_ANSWER_TOO_LARGE';
}

/** The start of a body that should have been a file and is an error: parsed if it is JSON. */
export async function readShort(body: AsyncIterable<Buffer>): Promise<unknown> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of body) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > LONGEST_ERROR) break;
	}
	return parsedOrText(Buffer.concat(chunks));
}

function parsedOrText(bytes: Buffer): unknown {
	const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
	const parsed = parseJson(text);
	return 'value' in parsed ? parsed.value : text;
}
