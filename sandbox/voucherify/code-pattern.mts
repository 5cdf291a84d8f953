import { createHash } from 'node:crypto';
import type { Codes } from './code-sequence.mts';
import { invalid } from './errors.mts';
import { isObject } from './json.mts';

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DEFAULT_LENGTH = 8;
const LONGEST_CODE = 100;
/** The order of codes is decided in two halves of at most 20 bits each. */
const LARGEST_HALF = 2 ** 20;
const ROUNDS = 4;

/** How random codes look: `pattern` holds a `#` for every character that is drawn from `charset`. */
export interface CodeConfig {
	readonly length: number;
	readonly charset: string;
	readonly prefix: string;
	readonly postfix: string;
	readonly pattern: string;
}

/** Reads a `code_config`. Without a pattern it is prefix, `length` characters, postfix. Throws 400 `invalid_code_config`. */
export function readCodeConfig(given: unknown): CodeConfig {
	const config = given ?? {};
	if (!isObject(config)) throw wrong('Property .code_config should be an object');
	const text = (name: string, fallback: string): string => {
		const value = config[name] ?? fallback;
		if (typeof value !== 'string') throw wrong(`Property .code_config.${name} should be a string`);
		return value;
	};
	const length = config['length'] ?? DEFAULT_LENGTH;
	if (typeof length !== 'number' || !Number.isInteger(length) || length < 1 || length > LONGEST_CODE) {
		throw wrong(`Property .code_config.length should be a whole number from 1 to ${LONGEST_CODE}`);
	}
	const prefix = text('prefix', '');
	const postfix = text('postfix', '');
	const charset = [...new Set(text('charset', '') || ALPHANUMERIC)].join('');
	if (charset.length < 2) throw wrong('Property .code_config.charset should have two characters or more');
	const pattern = text('pattern', '') || prefix + '#'.repeat(length) + postfix;
	if (!pattern.includes('#')) throw wrong('Property .code_config.pattern should contain #');
	return { length: pattern.split('#').length - 1, charset, prefix, postfix, pattern };
}

/** The codes of a pattern in an order that looks drawn by lot: a keyed permutation, so that none comes twice. */
export class PatternCodes implements Codes {
	readonly capacity: number;
	readonly #parts: readonly string[];
	readonly #charset: string;
	readonly #name: string;
	/** Characters of each half; the characters behind both are filled up by a hash of the number. */
	readonly #half: readonly [number, number];
	readonly #sizes: readonly [number, number];

	/** @param name tells the codes of one pattern apart */
	constructor(config: CodeConfig, name: string) {
		this.#parts = config.pattern.split('#');
		this.#charset = config.charset;
		this.#name = name;
		const characters = this.#parts.length - 1;
		const most = Math.floor(Math.log(LARGEST_HALF) / Math.log(config.charset.length));
		const left = Math.min(most, Math.ceil(characters / 2));
		this.#half = [left, Math.min(most, characters - left)];
		this.#sizes = [config.charset.length ** this.#half[0], config.charset.length ** this.#half[1]];
		this.capacity = this.#sizes[0] * this.#sizes[1];
	}

	code(index: number): string {
		let [left, right] = [Math.floor(index / this.#sizes[1]), index % this.#sizes[1]];
		for (let round = 0; round < ROUNDS; round++) {
			if (round % 2 === 0) left = (left + this.#scramble(right, round)) % this.#sizes[0];
			else right = (right + this.#scramble(left, round)) % this.#sizes[1];
		}
		const drawn = this.#digits(left, this.#half[0]) + this.#digits(right, this.#half[1]);
		const characters = drawn + this.#filling(index, this.#parts.length - 1 - drawn.length);
		return this.#parts.map((part, i) => part + characters.charAt(i)).join('');
	}

	index(code: string): number | undefined {
		const drawn = this.#drawnOf(code);
		if (drawn === undefined) return undefined;
		let left = this.#value(drawn.slice(0, this.#half[0]));
		let right = this.#value(drawn.slice(this.#half[0], this.#half[0] + this.#half[1]));
		for (let round = ROUNDS - 1; round >= 0; round--) {
			if (round % 2 === 0) left = modulo(left - this.#scramble(right, round), this.#sizes[0]);
			else right = modulo(right - this.#scramble(left, round), this.#sizes[1]);
		}
		const index = left * this.#sizes[1] + right;
		return this.code(index) === code ? index : undefined;
	}

	/** The drawn characters of a code, or undefined when it does not follow the pattern. */
	#drawnOf(code: string): string | undefined {
		let at = 0;
		let drawn = '';
		for (const [i, part] of this.#parts.entries()) {
			if (!code.startsWith(part, at)) return undefined;
			at += part.length;
			if (i === this.#parts.length - 1) break;
			const character = code.charAt(at++);
			if (character === '' || !this.#charset.includes(character)) return undefined;
			drawn += character;
		}
		return at === code.length ? drawn : undefined;
	}

	#scramble(half: number, round: number): number {
		return this.#hash(`${round}:${half}`).readUIntBE(0, 4);
	}

	#filling(index: number, length: number): string {
		let text = '';
		for (let block = 0; text.length < length; block++) {
			for (const byte of this.#hash(`fill ${index}:${block}`)) {
				text += this.#charset.charAt(byte % this.#charset.length);
			}
		}
		return text.slice(0, length);
	}

	#hash(text: string): Buffer {
		return createHash('sha256').update(`${this.#name}:${text}`).digest();
	}

	#digits(value: number, length: number): string {
		let text = '';
		for (let rest = value, i = 0; i < length; i++, rest = Math.floor(rest / this.#charset.length)) {
			text = this.#charset.charAt(rest % this.#charset.length) + text;
		}
		return text;
	}

	#value(digits: string): number {
		return [...digits].reduce((sum, digit) => sum * this.#charset.length + this.#charset.indexOf(digit), 0);
	}
}

function modulo(value: number, size: number): number {
	return ((value % size) + size) % size;
}

function wrong(details: string): Error {
	return invalid('invalid_code_config', 'Invalid code config', details);
}
