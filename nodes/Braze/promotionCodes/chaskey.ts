/** Key of the digest: four random 32-bit words. */
export type DigestKey = readonly [number, number, number, number];

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
		const { words } = this;
		words.set(this.key);
		let at = start;
		for (; end - at > 16; at += 16) {
			absorb(words, bytes, at, at + 16);
			permute(words);
		}
		const mask = end - at === 16 ? this.forFull : this.forPadded;
		absorb(words, bytes, at, end);
		add(words, mask);
		permute(words);
		add(words, mask);
	}
}

/** Adds up to 16 bytes to the state, little-endian; what is shorter is padded by a one bit. */
function absorb(words: Int32Array, bytes: Uint8Array, start: number, end: number): void {
	const length = end - start;
	for (let index = 0; index < length; index++) {
		words[index >> 2] = (words[index >> 2] ?? 0) ^ ((bytes[start + index] ?? 0) << ((index & 3) << 3));
	}
	if (length < 16) words[length >> 2] = (words[length >> 2] ?? 0) ^ (1 << ((length & 3) << 3));
}

function add(words: Int32Array, [a, b, c, d]: DigestKey): void {
	words[0] = (words[0] ?? 0) ^ a;
	words[1] = (words[1] ?? 0) ^ b;
	words[2] = (words[2] ?? 0) ^ c;
	words[3] = (words[3] ?? 0) ^ d;
}

/** Eight rounds of additions, rotations and exclusive ors. */
function permute(words: Int32Array): void {
	let a = words[0] ?? 0;
	let b = words[1] ?? 0;
	let c = words[2] ?? 0;
	let d = words[3] ?? 0;
	for (let round = 0; round < 8; round++) {
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
	words[0] = a;
	words[1] = b;
	words[2] = c;
	words[3] = d;
}

/** Twice the key in the field of 2 ** 128 elements, by which the last block is told from the others. */
function doubled([a, b, c, d]: DigestKey): DigestKey {
	return [(a << 1) ^ (d < 0 ? 0x87 : 0), (b << 1) | (a >>> 31), (c << 1) | (b >>> 31), (d << 1) | (c >>> 31)];
}
