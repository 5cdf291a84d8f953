import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

const ID_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A repeatable source of chance: the same seed and name give the same sequence, whatever other sources are used. */
export class Random {
	readonly #generator: RandomGenerator;

	/** @param name sets sources of the same seed apart, such as "customer ids" and "codes" */
	constructor(seed: number, name: string) {
		this.#generator = xoroshiro128plus(hash(`${seed}:${name}`));
	}

	/** A whole number from `min` to `max`, both included. */
	integer(min: number, max: number): number {
		return uniformInt(this.#generator, min, max);
	}

	/** One of the items. */
	pick<Item>(items: readonly [Item, ...Item[]]): Item {
		return items[this.integer(0, items.length - 1)] ?? items[0];
	}

	/** `length` letters out of `alphabet`. */
	text(length: number, alphabet: string): string {
		let text = '';
		for (let i = 0; i < length; i++) text += alphabet.charAt(this.integer(0, alphabet.length - 1));
		return text;
	}

	/** An identifier such as `pub_4tHk…`: the prefix and `length` letters and digits. */
	id(prefix: string, length = 24): string {
		return prefix + this.text(length, ID_ALPHABET);
	}

	/** A version 4 UUID. */
	uuid(): string {
		const hex = this.text(32, '0123456789abcdef');
		const variant = this.pick(['8', '9', 'a', 'b']);
		return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
	}
}

/** FNV-1a, 32 bits: spreads short texts well and needs nothing but a multiplication per character. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
	return value | 0;
}
