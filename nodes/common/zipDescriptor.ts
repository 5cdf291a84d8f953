import type { ByteSource } from './byteSource';
import { bytesUntil } from './bytesUntil';
import { crc32 } from './crc32';

/** What a ZIP archive says of an entry's content. */
export interface Descriptor {
	readonly crc: number;
	/** In bytes, as it lies in the archive. */
	readonly compressed: number;
	/** In bytes, unpacked. */
	readonly size: number;
}

const SIGNATURE = 0x08074b50;

/** "PK", which every part of an archive starts with, and what follows it in a part that comes after an entry. */
const PK = Buffer.from('PK');
const NEXT_PARTS: ReadonlySet<number> = new Set([0x0403, 0x0201]);
const PART_SIGNATURE = 4;

/** A descriptor with or without its signature, with sizes of four or eight bytes (APPNOTE.TXT of PKWARE, 4.3.9). */
const FORMS = [
	{ signature: 4, sizes: 4 },
	{ signature: 0, sizes: 4 },
	{ signature: 4, sizes: 8 },
	{ signature: 0, sizes: 8 },
] as const;
const LONGEST = 24;

/**
 * The content of an entry whose size is told after it. Where it ends can only be guessed: before a descriptor that gives the very number
 * of bytes that came by then, and that the next part of the archive follows. A wrong guess is as good as impossible by chance, and is found
 * out by the checksum of the unpacked file.
 * @param stored the content lies there as it is, so that its checksum can be compared at once
 * @param found told the descriptor when its end is reached
 * @throws {Failure} when the archive ends first
 */
export async function* untilDescriptor(
	source: ByteSource,
	stored: boolean,
	found: (descriptor: Descriptor) => void,
): AsyncGenerator<Buffer> {
	let crc = 0;
	let length = 0;
	let end: End | undefined;
	const find = (window: Buffer): number | undefined => {
		end = findEnd(window, length, (descriptor, at) => {
			return !stored || crc32(window.subarray(0, at), crc) === descriptor.crc;
		});
		return end?.at;
	};
	for await (const piece of bytesUntil(source, LONGEST + PART_SIGNATURE - 1, find)) {
		length += piece.length;
		if (stored) crc = crc32(piece, crc);
		yield piece;
	}
	if (end === undefined) return;
	source.skip(end.length);
	found(end.descriptor);
}

interface End {
	/** Where the content ends and the descriptor starts, in the window. */
	readonly at: number;
	readonly length: number;
	readonly descriptor: Descriptor;
}

/** @param before how many bytes of the content came before the window */
function findEnd(
	window: Buffer,
	before: number,
	accepts: (descriptor: Descriptor, at: number) => boolean,
): End | undefined {
	for (let next = window.indexOf(PK); next >= 0; next = window.indexOf(PK, next + 1)) {
		if (next + PART_SIGNATURE > window.length) return undefined;
		if (!NEXT_PARTS.has(window.readUInt16LE(next + 2))) continue;
		for (const { signature, sizes } of FORMS) {
			const length = signature + 4 + 2 * sizes;
			const at = next - length;
			if (at < 0 || (signature > 0 && window.readUInt32LE(at) !== SIGNATURE)) continue;
			const descriptor = read(window, at + signature, sizes);
			if (descriptor.compressed === before + at && accepts(descriptor, at)) return { at, length, descriptor };
		}
	}
	return undefined;
}

function read(window: Buffer, at: number, sizes: 4 | 8): Descriptor {
	const size = (offset: number): number =>
		sizes === 4 ? window.readUInt32LE(offset) : Number(window.readBigUInt64LE(offset));
	return { crc: window.readUInt32LE(at), compressed: size(at + 4), size: size(at + 4 + sizes) };
}
