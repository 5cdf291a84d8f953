import { cutOff, damaged, notUnpacked } from './archiveFailure';
import type { ByteSource } from './byteSource';
import { crc32 } from './crc32';
import { shown } from './failure';
import { inflated } from './inflate';
import { untilDescriptor, type Descriptor } from './zipDescriptor';

/** A file of an archive. Its content has to be read before the next file. */
export interface ArchivedFile {
	/** Only a label: it may name folders, or anything else. */
	readonly name: string;
	readonly content: AsyncIterable<Buffer>;
}

/** First four bytes of the parts of an archive (APPNOTE.TXT of PKWARE, 4.3), read as little-endian numbers. */
const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const ZIP64_END = 0x06064b50;
const ZIP64_LOCATOR = 0x07064b50;
const END = 0x06054b50;

/** Lengths of what comes before the parts of variable length, in bytes. */
const LOCAL_LENGTH = 30;
const CENTRAL_LENGTH = 46;
const ZIP64_LOCATOR_LENGTH = 20;
const END_LENGTH = 22;

/** Bits of an entry's flags. */
const ENCRYPTED = 0x0001;
const SIZES_FOLLOW = 0x0008;
const STRONGLY_ENCRYPTED = 0x2040;

const STORED = 0;
const DEFLATED = 8;

/** Names of other methods that archivers use. */
const METHODS: Readonly<Record<number, string>> = {
	9: 'Deflate64',
	12: 'bzip2',
	14: 'LZMA',
	93: 'Zstandard',
	95: 'xz',
	98: 'PPMd',
};

/** A 32-bit field that is full: the true value stands in the zip64 extra field, or nowhere. */
const IN_ZIP64 = 0xffffffff;
const IN_ZIP64_SHORT = 0xffff;
const ZIP64_EXTRA = 0x0001;

interface Entry {
	readonly name: string;
	readonly method: number;
	/** Sizes and CRC-32, unless they are told after the content. */
	readonly known: Descriptor | undefined;
}

/**
 * The files of a ZIP archive, one after the other as its bytes come in. Folders are left out.
 *
 * The directory at the end is of use only to those who have the whole archive; here it tells that nothing is missing.
 * @throws {Failure} for an archive that is damaged, cut off, encrypted, or compressed in a way other than deflate
 */
export async function* filesOfZip(source: ByteSource): AsyncGenerator<ArchivedFile> {
	let entries = 0;
	// Whatever the order of the directory: the sum of all CRC-32 is the same.
	let checksum = 0;
	for (;;) {
		const signature = await signatureOf(source);
		if (signature !== LOCAL_HEADER) break;
		const entry = await readLocalHeader(source);
		const content = new Content(source, entry);
		if (!entry.name.endsWith('/')) yield { name: entry.name, content: content.bytes() };
		await content.finish();
		entries++;
		checksum = (checksum + content.crc) >>> 0;
	}
	await checkDirectory(source, entries, checksum);
}

/** The content of an entry: unpacked, and checked against what the archive says of it. */
class Content {
	crc = 0;
	private state: 'untouched' | 'begun' | 'read' = 'untouched';

	constructor(
		private readonly source: ByteSource,
		private readonly entry: Entry,
	) {}

	async *bytes(): AsyncGenerator<Buffer> {
		this.state = 'begun';
		const { name, method, known } = this.entry;
		let told = known;
		const packed =
			known === undefined
				? untilDescriptor(this.source, method === STORED, (descriptor) => (told = descriptor))
				: exactly(this.source, known.compressed);
		let size = 0;
		for await (const piece of method === STORED ? packed : inflated(packed)) {
			size += piece.length;
			this.crc = crc32(piece, this.crc);
			yield piece;
		}
		if (told?.size !== size || told.crc !== this.crc)
			throw damaged(`its file ${shown(name)} does not have the size and the checksum that it should have`);
		this.state = 'read';
	}

	/** Passes over what was not read. */
	async finish(): Promise<void> {
		if (this.state === 'begun') throw new Error('A file of an archive has to be read to its end');
		if (this.state === 'read') return;
		const bytes = this.bytes();
		while ((await bytes.next()).done !== true);
	}
}

async function* exactly(source: ByteSource, length: number): AsyncGenerator<Buffer> {
	const end = source.position + length;
	yield* source.pieces(length);
	if (source.position < end) throw cutOff();
}

async function readLocalHeader(source: ByteSource): Promise<Entry> {
	const header = await take(source, LOCAL_LENGTH);
	const flags = header.readUInt16LE(6);
	const method = header.readUInt16LE(8);
	const name = (await take(source, header.readUInt16LE(26))).toString('utf8');
	const extra = await take(source, header.readUInt16LE(28));
	if ((flags & (ENCRYPTED | STRONGLY_ENCRYPTED)) !== 0) {
		throw notUnpacked(
			`its file ${shown(name)} is encrypted`,
			'Only archives that need no password can be unpacked.',
		);
	}
	if (method !== STORED && method !== DEFLATED) {
		throw notUnpacked(
			`its file ${shown(name)} is compressed with ${METHODS[method] ?? `the method ${method}`}`,
			'Only files that are stored as they are, or compressed with deflate, can be unpacked.',
		);
	}
	// Some writers leave room for the sizes even where they tell them after the content.
	if ((flags & SIZES_FOLLOW) !== 0) return { name, method, known: undefined };
	const sizes = { compressed: header.readUInt32LE(18), size: header.readUInt32LE(22) };
	return { name, method, known: { crc: header.readUInt32LE(14), ...trueSizes(sizes, extra, name) } };
}

/** Sizes of 4 GB and more stand in an extra field, as far as they don't fit into the header. */
function trueSizes(
	sizes: { readonly compressed: number; readonly size: number },
	extra: Buffer,
	name: string,
): { compressed: number; size: number } {
	if (sizes.compressed !== IN_ZIP64 && sizes.size !== IN_ZIP64) return sizes;
	for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
		if (extra.readUInt16LE(at) !== ZIP64_EXTRA) continue;
		let field = at + 4;
		const end = Math.min(extra.length, field + extra.readUInt16LE(at + 2));
		const next = (told: number): number => {
			if (told !== IN_ZIP64) return told;
			if (field + 8 > end) throw damaged(`its file ${shown(name)} has no size`);
			field += 8;
			return Number(extra.readBigUInt64LE(field - 8));
		};
		const size = next(sizes.size);
		return { size, compressed: next(sizes.compressed) };
	}
	throw damaged(`its file ${shown(name)} has no size`);
}

/** Reads the directory, which ends the archive, and compares it with what was unpacked. */
async function checkDirectory(source: ByteSource, entries: number, checksum: number): Promise<void> {
	let listed = 0;
	let listedChecksum = 0;
	let signature = await signatureOf(source);
	for (; signature === CENTRAL_HEADER; signature = await signatureOf(source)) {
		const header = await take(source, CENTRAL_LENGTH);
		listed++;
		listedChecksum = (listedChecksum + header.readUInt32LE(16)) >>> 0;
		await take(source, header.readUInt16LE(28) + header.readUInt16LE(30) + header.readUInt16LE(32));
	}
	let total: number | undefined;
	if (signature === ZIP64_END) {
		const start = await take(source, 12);
		const rest = await take(source, Math.min(Number(start.readBigUInt64LE(4)), LONGEST_END));
		if (rest.length < 28) throw damaged('its directory has no proper end');
		total = Number(rest.readBigUInt64LE(20));
		signature = await signatureOf(source);
	}
	if (signature === ZIP64_LOCATOR) {
		await take(source, ZIP64_LOCATOR_LENGTH);
		signature = await signatureOf(source);
	}
	if (signature !== END) throw damaged('what follows its files is no directory of them');
	const end = await take(source, END_LENGTH);
	await take(source, end.readUInt16LE(20));
	const short = end.readUInt16LE(10);
	total = short === IN_ZIP64_SHORT ? (total ?? short) : short;
	if (listed !== entries || total !== entries || listedChecksum !== checksum)
		throw damaged(`it holds ${entries} files, and its directory lists others`);
	if ((await source.peek(1)).length > 0) throw damaged('something follows its end');
}

/** The end of the directory is at most so long: nothing that is read of it comes later. */
const LONGEST_END = 64 * 1024;

async function signatureOf(source: ByteSource): Promise<number> {
	const bytes = await source.peek(4);
	if (bytes.length < 4) throw cutOff();
	return bytes.readUInt32LE(0);
}

async function take(source: ByteSource, length: number): Promise<Buffer> {
	const bytes = await source.take(length);
	if (bytes === undefined) throw cutOff();
	return bytes;
}
