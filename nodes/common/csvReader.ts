import { Failure } from './failure';

/** What takes in the cells of a CSV file, row by row. */
export interface CellSink {
	/**
	 * Takes in a cell that is wanted.
	 * @param bytes holds the cell from `start` to `end`, and keeps it only until the call returns unless it is the chunk being read
	 * @param plain the cell holds nothing but printable ASCII other than quotes and commas
	 */
	cell(bytes: Buffer, start: number, end: number, plain: boolean): void;
	/** Ends a row, and says which column of the next one is wanted, from 0 on, or `EVERY_COLUMN`. */
	endRow(): number;
}

/** Stands for all columns of a row; those of the first row are all handed on. */
export const EVERY_COLUMN = -1;

/** The most columns that a file may have. What has more is no CSV. */
const MOST_COLUMNS = 4096;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;

/** Room for a cell that has to be copied, at the start, in bytes. */
const SHORT_CELL = 4096;

const ENDS_CELL = 2;
const NOT_PLAIN = 1;

/**
 * Where the reader is: in an unquoted cell or at the start of any, in a quoted part of a cell, or in one and right after a quote, which
 * either ends it or is the first of two that stand for one.
 */
type Place = 'cell' | 'quotes' | 'quoteInQuotes';

/**
 * Reads a CSV file (RFC 4180) as its bytes come in, in whatever pieces: cells are handed on where they lie, and copied only when quoted or
 * cut up between two pieces. Rows end with LF, CR LF or CR. Holds one cell at most, whatever the file is like.
 */
export class CsvReader {
	private readonly kinds: Uint8Array;
	private place: Place = 'cell';
	private afterCr = false;
	private column = 0;
	private wanted = EVERY_COLUMN;
	/** What was copied of the current cell. */
	private kept = Buffer.allocUnsafe(SHORT_CELL);
	private length = 0;
	private keptPlain = true;
	/** Some of the current cell has been read. */
	private begun = false;
	private rowsRead = 0;
	private strayTexts = 0;

	/**
	 * @param delimiter as a byte
	 * @param longestCell in bytes; what a cell has beyond is cut off
	 */
	constructor(
		private readonly sink: CellSink,
		private readonly delimiter: number,
		private readonly longestCell: number,
	) {
		this.kinds = Uint8Array.from({ length: 256 }, (_, byte) => kindOf(byte, delimiter));
	}

	/** Rows that have come to their end, the first row among them. While a cell is handed on, the number of its row, from 0 on. */
	get rows(): number {
		return this.rowsRead;
	}

	/** Bytes held of a cell that has not come to its end. */
	get held(): number {
		return this.length;
	}

	/** Cells so far with text between a closing quote and their end, which RFC 4180 does not allow. */
	get strays(): number {
		return this.strayTexts;
	}

	/** Reads the next piece of the file. */
	read(chunk: Buffer): void {
		const { kinds } = this;
		const end = chunk.length;
		let at = 0;
		if (this.afterCr && end > 0) {
			this.afterCr = false;
			if (chunk[0] === LF) at = 1;
		}
		while (at < end) {
			if (this.place !== 'cell') {
				at = this.readQuoted(chunk, at);
				continue;
			}
			if (chunk[at] === QUOTE && !this.begun) {
				this.place = 'quotes';
				this.begun = true;
				at++;
				continue;
			}
			const start = at;
			let kind = 0;
			let seen = 0;
			for (; at < end; at++) {
				kind = kinds[chunk[at] ?? 0] ?? 0;
				if (kind === ENDS_CELL) break;
				seen |= kind;
			}
			if (at === end) {
				this.begun = true;
				this.keep(chunk, start, end, seen === 0);
				return;
			}
			this.endCell(chunk, start, at, seen === 0);
			const ending = chunk[at];
			at++;
			if (ending === this.delimiter) {
				this.column++;
				continue;
			}
			this.endRow();
			if (ending !== CR) continue;
			if (at === end) this.afterCr = true;
			else if (chunk[at] === LF) at++;
		}
	}

	/**
	 * Ends the file.
	 * @throws {Failure} when a quoted cell is left open
	 */
	end(): void {
		if (this.place === 'quotes') {
			throw new Failure({
				message: `The CSV file ends within quotes that open in row ${this.rowsRead + 1}`,
				description:
					'A quote that belongs to a cell has to be doubled, and the cell put in quotes. Check the file around that row.',
			});
		}
		this.place = 'cell';
		if (this.column === 0 && !this.begun) return;
		this.endCell(this.kept, 0, 0, true);
		this.endRow();
	}

	private readQuoted(chunk: Buffer, from: number): number {
		if (this.place === 'quoteInQuotes') {
			if (chunk[from] === QUOTE) {
				this.keep(chunk, from, from + 1, false);
				this.place = 'quotes';
				return from + 1;
			}
			this.place = 'cell';
			// What follows a closing quote belongs there as little as the quote itself, which is kept for a sign of it.
			if (this.kinds[chunk[from] ?? 0] !== ENDS_CELL) {
				this.keep(QUOTES, 0, 1, false);
				this.strayTexts++;
			}
			return from;
		}
		const quote = chunk.indexOf(QUOTE, from);
		const to = quote === -1 ? chunk.length : quote;
		this.keep(chunk, from, to, this.isPlain(chunk, from, to));
		if (quote === -1) return to;
		this.place = 'quoteInQuotes';
		return quote + 1;
	}

	private isPlain(chunk: Buffer, start: number, end: number): boolean {
		if (!this.isWanted()) return false;
		for (let at = start; at < end; at++) if (this.kinds[chunk[at] ?? 0] !== 0) return false;
		return true;
	}

	private isWanted(): boolean {
		return this.wanted === EVERY_COLUMN || this.column === this.wanted;
	}

	private keep(bytes: Buffer, start: number, end: number, plain: boolean): void {
		if (!this.isWanted()) return;
		const to = Math.min(end, start + this.longestCell - this.length);
		const needed = this.length + to - start;
		if (needed > this.kept.length) this.grow(needed);
		this.length += bytes.copy(this.kept, this.length, start, to);
		this.keptPlain = this.keptPlain && plain;
	}

	private grow(needed: number): void {
		const larger = Buffer.allocUnsafe(Math.min(this.longestCell, Math.max(needed, 2 * this.kept.length)));
		this.kept.copy(larger, 0, 0, this.length);
		this.kept = larger;
	}

	/** Ends a cell whose last part, or whole, lies in `bytes`. */
	private endCell(bytes: Buffer, start: number, end: number, plain: boolean): void {
		if (this.isWanted()) {
			if (this.begun) {
				this.keep(bytes, start, end, plain);
				this.sink.cell(this.kept, 0, this.length, this.keptPlain);
			} else {
				this.sink.cell(bytes, start, Math.min(end, start + this.longestCell), plain);
			}
		}
		this.length = 0;
		this.keptPlain = true;
		this.begun = false;
	}

	private endRow(): void {
		this.wanted = this.sink.endRow();
		this.column = 0;
		this.rowsRead++;
	}
}

/**
 * Adds a cell to those of its row.
 * @throws {Failure} when there are more than any CSV file has
 */
export function addCell(cells: string[], cell: string, row: number): void {
	if (cells.length >= MOST_COLUMNS) {
		throw new Failure({
			message: `Row ${row} has more than ${MOST_COLUMNS} columns`,
			description: 'This is probably no CSV file, or its columns are not separated by what the options say.',
		});
	}
	cells.push(cell);
}

const QUOTES = Buffer.from('"');

function kindOf(byte: number, delimiter: number): number {
	if (byte === LF || byte === CR || byte === delimiter) return ENDS_CELL;
	const printable = byte >= 0x20 && byte < 0x7f;
	return printable && byte !== QUOTE && byte !== COMMA ? 0 : NOT_PLAIN;
}
