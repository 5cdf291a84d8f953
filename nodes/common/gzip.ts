import { cutOff, damaged, notUnpacked } from './archiveFailure';
import type { ByteSource } from './byteSource';
import { bytesUntil } from './bytesUntil';
import { crc32 } from './crc32';
import { inflated } from './inflate';

/** What every member starts with: the two bytes of gzip, and the number of deflate, which is the only method there is (RFC 1952, 2.3). */
const START = Buffer.from([0x1f, 0x8b, 8]);
const HEADER = 10;
const TRAILER = 8;

/** Bits of the flags, and those that are zero. */
const HEADER_CRC = 0x02;
const EXTRA = 0x04;
const NAME = 0x08;
const COMMENT = 0x10;
const RESERVED = 0xe0;

/** Values that writers give for how hard they compressed, and the systems that the RFC knows, with "unknown". */
const LEVELS: ReadonlySet<number> = new Set([0, 2, 4]);
const LAST_SYSTEM = 13;
const UNKNOWN_SYSTEM = 255;

/** Longer names and comments are none. */
const LONGEST_TEXT = 64 * 1024;

/** Sizes are told modulo this. */
const SIZES = 2 ** 32;

/**
 * What a gzip file unpacks to, of all its members in a row: newer versions of Node decompress one member and no more.
 *
 * A member does not tell its length. That the next one starts is taken from its header, whose bytes are as good as never met by chance (once
 * in 200 GB); if they were, the checksum would tell.
 * @throws {Failure} for what is damaged or cut off
 */
export async function* contentOfGzip(source: ByteSource): AsyncGenerator<Buffer> {
	do {
		await readHeader(source);
		let crc = 0;
		let size = 0;
		for await (const piece of inflated(bytesUntil(source, TRAILER + HEADER - 1, endOfMember))) {
			crc = crc32(piece, crc);
			size = (size + piece.length) % SIZES;
			yield piece;
		}
		const trailer = await source.take(TRAILER);
		if (trailer === undefined) throw cutOff();
		if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== size)
			throw damaged('it does not have the size and the checksum that it should have');
	} while ((await source.peek(1)).length > 0);
}

/** Where the compressed data of a member ends: before the trailer that the next member, or nothing, follows. */
function endOfMember(window: Buffer, isLast: boolean): number | undefined {
	for (let next = window.indexOf(START, TRAILER); next >= 0; next = window.indexOf(START, next + 1))
		if (next + HEADER <= window.length && isHeader(window, next)) return next - TRAILER;
	return isLast && window.length >= TRAILER ? window.length - TRAILER : undefined;
}

function isHeader(bytes: Buffer, at: number): boolean {
	const [flags = 0, level = 0, system = 0] = [bytes[at + 3], bytes[at + 8], bytes[at + 9]];
	const isKnown = system <= LAST_SYSTEM || system === UNKNOWN_SYSTEM;
	return (flags & RESERVED) === 0 && LEVELS.has(level) && isKnown;
}

async function readHeader(source: ByteSource): Promise<void> {
	const header = await source.take(HEADER);
	if (header === undefined) throw cutOff();
	if (!header.subarray(0, START.length).equals(START))
		throw notUnpacked(
			'it is no gzip file, or something follows its end',
			'Get it again, or check what was downloaded.',
		);
	const flags = header[3] ?? 0;
	if ((flags & EXTRA) !== 0) {
		const length = await source.take(2);
		if (length === undefined || (await source.take(length.readUInt16LE(0))) === undefined) throw cutOff();
	}
	if ((flags & NAME) !== 0) await skipText(source);
	if ((flags & COMMENT) !== 0) await skipText(source);
	if ((flags & HEADER_CRC) !== 0 && (await source.take(2)) === undefined) throw cutOff();
}

/** Passes over text that ends with a zero byte. */
async function skipText(source: ByteSource): Promise<void> {
	for (let known = 1; known <= LONGEST_TEXT; known *= 2) {
		const window = await source.peek(known);
		const end = window.indexOf(0);
		if (end >= 0) {
			source.skip(end + 1);
			return;
		}
		if (window.length < known) throw cutOff();
	}
	throw damaged('its header does not end');
}
