import { Random } from '../common/random.mts';

/** 32 characters, none of which is taken for another one. */
export const CODE_CHARSET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** Characters of a code behind its prefix: 40 bits, two halves of 20. */
export const CODE_LENGTH = 8;

/** Codes as a function of their number. */
export interface Codes {
	/** How many different codes there can be. */
	readonly capacity: number;
	/** The code with this number, counted from 0. */
	code(index: number): string;
	/** The number of a code, or undefined when it is none of these. */
	index(code: string): number | undefined;
}

const HALF_BITS = 20;
const HALF_MASK = 2 ** HALF_BITS - 1;
const PAIR_BITS = 10;
const PAIR_MASK = 2 ** PAIR_BITS - 1;
const ROUNDS = 4;

const PAIRS = Array.from(
	{ length: 2 ** PAIR_BITS },
	(_, i) => CODE_CHARSET.charAt(i >> 5) + CODE_CHARSET.charAt(i & 31),
);

/**
 * The codes of a campaign as a function of their number, so that 20 million codes take no memory. A keyed permutation
 * (a Feistel network) of all 2^40 values makes them look drawn by lot, never repeats, and can be run backwards.
 */
export class CodeSequence implements Codes {
	readonly capacity = 2 ** (2 * HALF_BITS);
	readonly #keys: readonly number[];

	/** @param name tells the sequences of one seed apart */
	constructor(
		readonly prefix: string,
		seed: number,
		name: string,
	) {
		const random = new Random(seed, `codes of ${name}`);
		this.#keys = Array.from({ length: ROUNDS }, () => random.integer(1, 2 ** 31 - 1));
	}

	/** The code with this number, counted from 0. */
	code(index: number): string {
		let left = Math.floor(index / 2 ** HALF_BITS) & HALF_MASK;
		let right = index & HALF_MASK;
		for (let round = 0; round < ROUNDS; round++) {
			const next = left ^ this.#scramble(right, round);
			left = right;
			right = next;
		}
		return this.prefix + fourCharacters(left) + fourCharacters(right);
	}

	/** The number of a code, or undefined when the sequence cannot contain it. */
	index(code: string): number | undefined {
		if (!code.startsWith(this.prefix) || code.length !== this.prefix.length + CODE_LENGTH) return undefined;
		let left = 0;
		let right = 0;
		for (let i = 0; i < CODE_LENGTH; i++) {
			const digit = CODE_CHARSET.indexOf(code.charAt(this.prefix.length + i));
			if (digit === -1) return undefined;
			if (i < CODE_LENGTH / 2) left = left * 32 + digit;
			else right = right * 32 + digit;
		}
		for (let round = ROUNDS - 1; round >= 0; round--) {
			const previous = right ^ this.#scramble(left, round);
			right = left;
			left = previous;
		}
		return left * 2 ** HALF_BITS + right;
	}

	#scramble(half: number, round: number): number {
		let value = Math.imul(half ^ (this.#keys[round] ?? 0), 0x9e3779b1);
		value = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
		return (value ^ (value >>> 13)) & HALF_MASK;
	}
}

function fourCharacters(half: number): string {
	return (PAIRS[half >> PAIR_BITS] ?? '') + (PAIRS[half & PAIR_MASK] ?? '');
}
