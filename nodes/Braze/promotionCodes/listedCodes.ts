import type { CodeSink } from './codeColumn';
import { CodeSet } from './codeSet';
import { LONGEST_CODE, problemOf } from './problem';

const SPACE = 0x20;

/** The codes of a promotion code list as it was uploaded to Braze: those that Format List would put on it, at 15 to 20 bytes each. */
export class ListedCodes implements CodeSink {
	private readonly codes = new CodeSet();

	/** How many there are. */
	get size(): number {
		return this.codes.size;
	}

	/** Memory that they take, in bytes. */
	get memory(): number {
		return this.codes.bytes;
	}

	/** Says how much of the list has been read, from 0 to 1: what is to come is prepared for. */
	progress(part: number): void {
		if (part > 0) this.codes.expect(this.codes.size / part);
	}

	add(bytes: Buffer, start: number, end: number, plain: boolean): void {
		const code = codeIn(bytes, start, end, plain);
		if (code !== undefined) this.codes.add(code.bytes, code.start, code.end);
	}

	addText(text: string): void {
		const bytes = Buffer.from(text);
		this.add(bytes, 0, bytes.length, false);
	}

	/** What is no code is not on the list. */
	drop(): void {}

	/** Whether a code is on the list. */
	has(bytes: Buffer, start: number, end: number, plain: boolean): boolean {
		const code = codeIn(bytes, start, end, plain);
		return code !== undefined && this.codes.has(code.bytes, code.start, code.end);
	}
}

interface Part {
	readonly bytes: Buffer;
	readonly start: number;
	readonly end: number;
}

/** The code in a cell, without spaces around it; `undefined` for what can't be on a list. */
function codeIn(bytes: Buffer, start: number, end: number, plain: boolean): Part | undefined {
	if (!plain) {
		const code = bytes.toString('utf8', start, end).trim();
		if (problemOf(code) !== undefined) return undefined;
		const encoded = Buffer.from(code);
		return { bytes: encoded, start: 0, end: encoded.length };
	}
	let from = start;
	let to = end;
	while (from < to && bytes[from] === SPACE) from++;
	while (from < to && bytes[to - 1] === SPACE) to--;
	return from === to || to - from > LONGEST_CODE ? undefined : { bytes, start: from, end: to };
}
