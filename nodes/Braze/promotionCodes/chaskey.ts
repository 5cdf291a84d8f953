/** Key of the digest: four random 32-bit words. */
export type DigestKey = readonly [number, number, number, number];

const ROUNDS = 8;

const NO_MASK: DigestKey = [0, 0, 0, 0];

/**
 * The message authentication code Chaskey (Mouha and others, "Chaskey: An Efficient MAC Algorithm for 32-bit Microcontrollers", 2014): a
 * keyed digest of short texts that takes a fraction of what a call of the crypto module does.
 */
export class Chaskey {
	/** The digest that was made last, as four 32-bit words. */
	readonly words = new Int32Array(4);
	private readonly forFull: DigestKey;
	private readonly forPadded: DigestKey;

	constructor(private readonly key: DigestKey) {
		this.forFull = doubled(key);
		this.forPadded = doubled(this.forFull);
	}

	/** Digests part of a buffer; the result is in `words` until the next call. */
	digest(bytes: Uint8Array, start: number, end: number): void {
		let [a, b, c, d] = this.key;
		for (let at = start; ; at += 16) {
			const isLast = end - at <= 16;
			const mask = isLast ? (end - at === 16 ? this.forFull : this.forPadded) : NO_MASK;
			a ^= packed(bytes, at, end) ^ padding(end - at) ^ mask[0];
			b ^= packed(bytes, at + 4, end) ^ padding(end - at - 4) ^ mask[1];
			c ^= packed(bytes, at + 8, end) ^ padding(end - at - 8) ^ mask[2];
			d ^= packed(bytes, at + 12, end) ^ padding(end - at - 12) ^ mask[3];
			for (let round = 0; round < ROUNDS; round++) {
				a = (a + b) | 0;
				b = ((b << 5) | (b >>> 27)) ^ a;
				a = (a << 16) | (a >>> 16);
				c = (c + d) | 0;
				d = ((d << 8) | (d >>> 24)) ^ c;
				a = (a + d) | 0;
				d = ((d << 13) | (d >>> 19)) ^ a;
				c = (c + b) | 0;
				b = ((b << 7) | (b >>> 25)) ^ c;
				c = (c << 16) | (c >>> 16);
			}
			if (!isLast) continue;
			const { words } = this;
			words[0] = a ^ mask[0];
			words[1] = b ^ mask[1];
			words[2] = c ^ mask[2];
			words[3] = d ^ mask[3];
			return;
		}
	}
}

/** Up to four bytes as one word, little-endian, filled up with zeros. */
export function packed(bytes: Uint8Array, start: number, end: number): number {
	let word = 0;
	for (let at = start, shift = 0; at < end && shift < 32; at++, shift += 8) word |= (bytes[at] ?? 0) << shift;
	return word;
}

/** The one bit that follows the message where it ends within a block: in the word in which so many bytes were left. */
function padding(left: number): number {
	return left >= 0 && left < 4 ? 1 << (left << 3) : 0;
}

/** Twice the key in the field of 2 ** 128 elements, by which the last block is told from the others. */
function doubled([a, b, c, d]: DigestKey): DigestKey {
	return [(a << 1) ^ (d < 0 ? 0x87 : 0), (b << 1) | (a >>> 31), (c << 1) | (b >>> 31), (d << 1) | (c >>> 31)];
}
