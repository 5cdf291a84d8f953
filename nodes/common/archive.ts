import { notUnpacked } from './archiveFailure';
import { ByteSource } from './byteSource';
import { contentOfGzip } from './gzip';
import { filesOfZip, type ArchivedFile } from './zip';

/** How much an archive may unpack to. */
export interface Growth {
	/** So many times the bytes of the archive. */
	readonly times: number;
	/** So many bytes, in any case. */
	readonly free: number;
}

const GZIP = Buffer.from([0x1f, 0x8b]);
const PK = Buffer.from('PK');

/**
 * Unpacks an archive as its bytes come in, in bounded memory: a ZIP archive, or a gzip file as an archive of one file without a name.
 * @throws {Failure} for what is neither, is damaged or encrypted, or unpacks to more than it may
 */
export async function* unpacked(bytes: AsyncIterable<Buffer>, growth: Growth): AsyncGenerator<ArchivedFile> {
	const source = new ByteSource(bytes);
	try {
		const guard = new Guard(source, growth);
		for await (const { name, content } of filesOf(source, (await source.peek(2)).subarray(0, 2)))
			yield { name, content: guard.watching(content) };
	} finally {
		await source.close();
	}
}

function filesOf(source: ByteSource, start: Buffer): AsyncIterable<ArchivedFile> {
	if (start.equals(PK)) return filesOfZip(source);
	if (start.equals(GZIP)) return fileOfGzip(source);
	throw notUnpacked(
		start.length === 0 ? 'it is empty' : 'it is neither a ZIP archive nor a gzip file',
		'Check what was downloaded.',
	);
}

async function* fileOfGzip(source: ByteSource): AsyncGenerator<ArchivedFile> {
	yield { name: '', content: contentOfGzip(source) };
}

/** Stops what unpacks to far more than what it is taken for. */
class Guard {
	private unpacked = 0;

	constructor(
		private readonly source: ByteSource,
		private readonly growth: Growth,
	) {}

	async *watching(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		const { times, free } = this.growth;
		for await (const piece of content) {
			this.unpacked += piece.length;
			if (this.unpacked > free + times * this.source.position) {
				throw notUnpacked(
					`it unpacks to more than ${times} times its size`,
					'No data of this kind compresses so well: it was made to fill the memory or the disk of whoever unpacks it.',
				);
			}
			yield piece;
		}
	}
}
