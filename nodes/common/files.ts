import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { Failure } from './failure';

/** Node's Readable, by way of n8n's own type: nodes must not import the stream module. */
type Readable = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Buffer>;

/** A file in a binary field of an item. */
export interface InputFile {
	readonly name: string | undefined;
	readonly mimeType: string;
	/** Size in bytes, where n8n knows it. */
	readonly size: number | undefined;
	/**
	 * Opens the file from its start; may be called again.
	 * @param chunk how much of it is read at once, in bytes
	 */
	open(chunk?: number): Promise<AsyncIterable<Buffer>>;
	/** Whether n8n keeps it on disk (or in object storage), so that it need not fit into memory. */
	readonly stored: boolean;
}

/** How much of a stored file is read at once, in bytes. */
const CHUNK = 256 * 1024;

/** The binary data of a run: files come in and go out without being held in memory as a whole, where n8n stores them on disk. */
export class Files {
	constructor(private readonly functions: IExecuteFunctions) {}

	/**
	 * The file in a binary field.
	 * @throws {Failure} when the item has no such field
	 */
	input(index: number, field: string): InputFile {
		const item = this.functions.getInputData()[index];
		const data = item?.binary?.[field];
		if (data === undefined) {
			const others = Object.keys(item?.binary ?? {});
			throw new Failure({
				message: `The item has no binary field "${field}"`,
				description:
					others.length === 0
						? 'It carries no file at all. Connect a node that gives one, for example an export or a download.'
						: `Its binary fields are: ${others.join(', ')}.`,
			});
		}
		const { id } = data;
		return {
			name: data.fileName,
			mimeType: data.mimeType,
			size: data.bytes,
			stored: id !== undefined,
			open: async (chunk = CHUNK) => {
				if (id !== undefined) return await this.functions.helpers.getBinaryStream(id, chunk);
				return inChunks(await this.functions.helpers.getBinaryDataBuffer(index, field), chunk);
			},
		};
	}

	/**
	 * Stores a file as it is being made.
	 * @param bytes the content, in chunks
	 * @returns what belongs into the binary field of an output item
	 */
	async write(bytes: AsyncIterable<Buffer>, name: string, mimeType: string): Promise<IBinaryData> {
		return await this.functions.helpers.prepareBinaryData(await this.streamOf(bytes), name, mimeType);
	}

	/** A Node stream of these bytes; where none is at hand to make one with, all of the bytes in one piece. */
	private async streamOf(bytes: AsyncIterable<Buffer>): Promise<Readable | Buffer> {
		if (isReadable(bytes)) return bytes;
		const chunks: Buffer[] = [];
		for await (const chunk of bytes) chunks.push(chunk);
		return Buffer.concat(chunks);
	}
}

/**
 * Passes a file through a transformation, chunk by chunk.
 * @param source as `InputFile.open` or `ApiClient.download` gave it: a Node stream, or what n8n holds in memory
 * @returns a Node stream where the source is one, so that storing it needs no more memory than a chunk
 */
export function transformed(
	source: AsyncIterable<Buffer>,
	transform: (source: AsyncIterable<Buffer>) => AsyncIterable<Buffer>,
): AsyncIterable<Buffer> {
	const result = transform(source);
	if (!isReadable(source)) return result;
	const kind: unknown = source.constructor;
	return isStreamClass(kind) ? kind.from(result, { objectMode: false, highWaterMark: CHUNK }) : result;
}

async function* inChunks(buffer: Buffer, chunk: number): AsyncGenerator<Buffer> {
	for (let at = 0; at < buffer.length; at += chunk) yield buffer.subarray(at, at + chunk);
}

function isReadable(value: AsyncIterable<Buffer>): value is Readable & AsyncIterable<Buffer> {
	return 'pipe' in value && typeof value.pipe === 'function';
}

function isStreamClass(value: unknown): value is {
	from(
		source: AsyncIterable<Buffer>,
		options: { objectMode: boolean; highWaterMark: number },
	): Readable & AsyncIterable<Buffer>;
} {
	return typeof value === 'function' && 'from' in value && typeof value.from === 'function';
}
