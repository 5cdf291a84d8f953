import { CodeSet } from './codeSet';
import { LONGEST_CODE, problemOf } from './problem';
import { Report, type Place, type Reason } from './report';

/** One file of a list. */
export interface CodeFile {
	readonly codes: number;
	/** In bytes. */
	readonly size: number;
}

/** Stands between the pieces of one file and those of the next. */
export const NEXT_FILE = Symbol('next file');

/** A piece of a file, or the border between two files. */
export type Piece = Buffer | typeof NEXT_FILE;

const LF = 0x0a;
const SPACE = 0x20;

/** Pieces that are put together from single codes, in bytes. */
const PIECE = 64 * 1024;

/** Codes that lie together in a piece of the input are passed on uncopied from so many bytes on. */
const WORTH_PASSING_ON = 8 * 1024;

/**
 * A promotion code list in the making: codes go in, each of them once, and the pieces of the files come out, one code a row. Holds the
 * duplicate check and a piece, never the list.
 */
export class CodeList {
	readonly report = new Report();
	/** Codes that lost spaces around them. */
	trimmed = 0;
	private readonly known = new CodeSet();
	private current = { codes: 0, size: 0 };
	private readonly counts = [this.current];
	private chunk: Buffer | undefined;
	private place: () => Place = () => ({});
	/** The codes of the chunk that go out as they lie there. */
	private runStart = -1;
	private runEnd = -1;
	private made: Buffer | undefined;
	private length = 0;
	private ready: Piece[] = [];

	/** @param largestFile in bytes; a code that would make a file larger starts the next one */
	constructor(private readonly largestFile: number) {}

	/** Codes on the list so far. */
	get size(): number {
		return this.known.size;
	}

	/** Memory that the duplicate check takes, in bytes. */
	get memory(): number {
		return this.known.bytes;
	}

	/** The files so far. */
	get files(): readonly CodeFile[] {
		return this.counts;
	}

	/** Says how much of the input has been read, from 0 to 1: the list prepares for the rest to be like it. */
	progress(part: number): void {
		if (part > 0) this.known.expect(this.known.size / part);
	}

	/** Says where the codes that follow come from. */
	from(place: () => Place): void {
		this.place = place;
	}

	/** Says in which buffer the codes that follow lie. It is passed on in part, so it must not change any more. */
	open(chunk: Buffer): void {
		this.chunk = chunk;
	}

	/** Ends what lies in the opened buffer. Returns the pieces that are ready. */
	close(): readonly Piece[] {
		this.endRun();
		this.chunk = undefined;
		return this.take();
	}

	/** Ends the list. Returns the pieces that are left. */
	end(): readonly Piece[] {
		this.endRun();
		this.endPiece();
		return this.take();
	}

	/**
	 * Puts the code that lies in part of a buffer on the list, or into the report.
	 * @param plain nothing but printable ASCII without quotes and commas
	 */
	add(bytes: Buffer, start: number, end: number, plain: boolean): void {
		if (!plain) return this.addText(bytes.toString('utf8', start, end));
		let from = start;
		let to = end;
		while (from < to && bytes[from] === SPACE) from++;
		while (from < to && bytes[to - 1] === SPACE) to--;
		if (from === to) return this.drop('blank', () => '');
		if (to - from !== end - start) this.trimmed++;
		if (to - from > LONGEST_CODE) return this.dropPart('tooLong', bytes, from, to);
		this.put(bytes, from, to);
	}

	/** Puts a code on the list, or into the report. */
	addText(text: string): void {
		const code = text.trim();
		const problem = problemOf(code);
		if (problem !== undefined) return this.drop(problem, () => code);
		if (code.length !== text.length) this.trimmed++;
		const bytes = Buffer.from(code);
		this.put(bytes, 0, bytes.length);
	}

	/** Leaves something out, and says so in the report. */
	drop(reason: Reason, code: () => string): void {
		this.report.drop(reason, this.place, code);
	}

	/** A method of its own: a function within `add` or `put` would cost each code an object, used or not. */
	private dropPart(reason: Reason, bytes: Buffer, start: number, end: number): void {
		this.drop(reason, () => bytes.toString('utf8', start, end));
	}

	private put(bytes: Buffer, start: number, end: number): void {
		if (!this.known.add(bytes, start, end)) return this.dropPart('duplicate', bytes, start, end);
		const size = end - start + 1;
		if (this.current.size + size > this.largestFile) this.nextFile();
		this.current.size += size;
		this.current.codes++;
		const asItLies = bytes === this.chunk && bytes[end] === LF;
		if (!asItLies || start !== this.runEnd) this.endRun();
		if (!asItLies) return this.copy(bytes, start, end);
		if (this.runStart < 0) this.runStart = start;
		this.runEnd = end + 1;
	}

	private nextFile(): void {
		this.endRun();
		this.endPiece();
		this.ready.push(NEXT_FILE);
		this.current = { codes: 0, size: 0 };
		this.counts.push(this.current);
	}

	private endRun(): void {
		const { chunk, runStart, runEnd } = this;
		if (chunk === undefined || runStart < 0) return;
		this.runStart = -1;
		this.runEnd = -1;
		// The last line feed is put there by copying.
		if (runEnd - runStart < WORTH_PASSING_ON) return this.copy(chunk, runStart, runEnd - 1);
		this.endPiece();
		this.ready.push(chunk.subarray(runStart, runEnd));
	}

	/** Copies some bytes to the piece in the making, and a line feed after them. */
	private copy(bytes: Buffer, start: number, end: number): void {
		if (this.length + end - start + 1 > PIECE) this.endPiece();
		const made = (this.made ??= Buffer.allocUnsafe(PIECE));
		this.length += bytes.copy(made, this.length, start, end);
		made[this.length++] = LF;
	}

	private endPiece(): void {
		if (this.made !== undefined && this.length > 0) this.ready.push(this.made.subarray(0, this.length));
		this.made = undefined;
		this.length = 0;
	}

	private take(): readonly Piece[] {
		const { ready } = this;
		this.ready = [];
		return ready;
	}
}
