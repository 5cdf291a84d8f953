import { randomBytes } from 'crypto';
import { Chaskey, packed } from './chaskey';
import { CodeTable } from './codeTable';

/** Codes up to this many bytes are held as they are. */
const LONGEST_EXACT = 12;

/** Tables that the codes are spread over, a power of two: growing one of them holds everything else up for an eighth of the time. */
const TABLES = 8;

/** A forecast higher than this is not taken at its word. */
const MOST_EXPECTED = 1e9;

/**
 * A set of codes for the duplicate check, at 15 to 19 bytes a code from 100,000 codes on (twice that at most when a forecast was wrong).
 * Letter case counts, as it does for Voucherify.
 *
 * Codes of up to 12 bytes are held exactly. A longer one is held as a digest of 96 bits under a key that is drawn for each set, so that
 * nobody can prepare codes that clash; the chance that two different ones among n are taken for the same is n² / 2^97, which is
 * 1 in 400,000,000,000,000 for 20,000,000 codes.
 */
export class CodeSet {
	private readonly tables = Array.from({ length: TABLES }, () => new CodeTable());
	private readonly chaskey: Chaskey;
	private readonly key: Int32Array;
	private count = 0;

	constructor() {
		const random = randomBytes(32);
		const word = (index: number): number => random.readInt32LE(index * 4);
		this.chaskey = new Chaskey([word(0), word(1), word(2), word(3)]);
		this.key = Int32Array.of(word(4), word(5), word(6), word(7));
	}

	/** How many codes it holds. */
	get size(): number {
		return this.count;
	}

	/** Memory taken by the codes, in bytes. */
	get bytes(): number {
		return this.tables.reduce((sum, table) => sum + table.bytes, 0);
	}

	/** Prepares for so many codes in all; only a forecast, which may change as codes come in. */
	expect(count: number): void {
		// A table gets an eighth, give or take a little.
		const each = Math.ceil((Math.min(count, MOST_EXPECTED) / TABLES) * 1.03);
		for (const table of this.tables) table.expected = each;
	}

	/**
	 * Adds the code that lies in part of a buffer; false when it is there already.
	 * @param bytes UTF-8 without zero bytes: short codes are told apart from what fills them up by that
	 */
	add(bytes: Uint8Array, start: number, end: number): boolean {
		const isNew = this.look(bytes, start, end, true);
		if (isNew) this.count++;
		return isNew;
	}

	/** Whether it holds the code that lies in part of a buffer. */
	has(bytes: Uint8Array, start: number, end: number): boolean {
		return !this.look(bytes, start, end, false);
	}

	/** Whether a code is new; then it is put there, if `adds`. */
	private look(bytes: Uint8Array, start: number, end: number, adds: boolean): boolean {
		return end - start <= LONGEST_EXACT
			? this.lookExactly(bytes, start, end, adds)
			: this.lookByDigest(bytes, start, end, adds);
	}

	private lookByDigest(bytes: Uint8Array, start: number, end: number, adds: boolean): boolean {
		this.chaskey.digest(bytes, start, end);
		const { words } = this.chaskey;
		return this.isNew(words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, adds);
	}

	/**
	 * Real codes are far from random, and tables want random keys: four keyed rounds, each of which changes one word by what the other two
	 * say and can therefore be undone, make them so without making two codes equal.
	 */
	private lookExactly(bytes: Uint8Array, start: number, end: number, adds: boolean): boolean {
		let a = packed(bytes, start, end);
		let b = packed(bytes, start + 4, end);
		let c = packed(bytes, start + 8, end);
		const { key } = this;
		c ^= mixed(a, b, key[0] ?? 0);
		a ^= mixed(b, c, key[1] ?? 0);
		b ^= mixed(c, a, key[2] ?? 0);
		a ^= mixed(c, b, key[3] ?? 0);
		return this.isNew(a, b, c, adds);
	}

	private isNew(a: number, b: number, c: number, adds: boolean): boolean {
		const table = this.tables[b & (TABLES - 1)];
		if (table === undefined) return false;
		return adds ? table.add(a, b, c) : !table.has(a, b, c);
	}
}

// Where scripts run in a context of their own, as tests do, looking up a global takes longer than the rest of the check.
const { imul } = Math;

function mixed(x: number, y: number, key: number): number {
	let word = imul(x ^ key, 0x9e3779b1);
	word = imul(word ^ (word >>> 15) ^ y, 0x85ebca77);
	word = imul(word ^ (word >>> 13), 0xc2b2ae3d);
	return word ^ (word >>> 16);
}
