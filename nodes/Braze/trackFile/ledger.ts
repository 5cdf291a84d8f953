import { csvLine } from '../../common/csvText';
import type { Failure } from '../../common/failure';
import { doubt } from '../../common/nodeError';

/** So many rejected rows are told of when a file fails as a whole. */
const EXAMPLES = 100;

/** One row, from when it is read until it and all before it have ended. A class for the reason that `RowPart` is one. */
class HeldRow {
	outcome: 'open' | 'ended' | { readonly reason: string; readonly code: string } = 'open';

	/**
	 * @param number of the row
	 * @param line as it goes into the file of rejected rows: one text takes a third of the memory of its cells. Empty once it is accepted.
	 */
	constructor(
		readonly number: number,
		public line: string,
	) {}
}

/** A rejected row, for people who look at a few. */
export interface RejectedRow {
	readonly row: number;
	readonly reason: string;
	readonly code?: string;
}

/**
 * Keeps account of the rows of a file: which are on their way, accepted, or rejected and why. The rejected ones come out in the order of
 * the file; of all others nothing is held once they have ended.
 */
export class Ledger {
	accepted = 0;
	rejected = 0;
	/** Rows that had nothing to send, because the profile has it already. */
	unchanged = 0;
	readonly examples: RejectedRow[] = [];
	/** From the first row on that has not ended. */
	private entries: HeldRow[] = [];
	private head = 0;
	/** Rows that are not held any more. */
	private forgotten = 0;
	/** Lines of rejected rows that nobody has taken. */
	private text = '';

	/** @param delimiter of the file of rejected rows */
	constructor(private readonly delimiter: string) {}

	/** Rows that are held because the first of them has not ended. */
	get held(): number {
		return this.entries.length - this.head;
	}

	/** The first row that has not ended, if any. */
	get firstOpen(): number | undefined {
		return this.waiting().find(({ outcome }) => outcome === 'open')?.number;
	}

	/** Rows after the first open one that were accepted, or had nothing to send. */
	get acceptedBeyond(): number[] {
		const waiting = this.waiting();
		const first = waiting.findIndex(({ outcome }) => outcome === 'open');
		return waiting.flatMap(({ outcome, number }, index) =>
			first >= 0 && index > first && outcome === 'ended' ? [number] : [],
		);
	}

	/** The place of the row that comes next, by which it is settled. */
	get next(): number {
		return this.forgotten + this.entries.length;
	}

	/** A row that is on its way. */
	begin(number: number, cells: readonly string[]): void {
		this.entries.push(new HeldRow(number, csvLine(cells, this.delimiter)));
	}

	/** A row that is rejected as it is read. */
	refuse(number: number, cells: readonly string[], failure: Failure): void {
		const { next } = this;
		this.begin(number, cells);
		this.settle(next, failure);
	}

	/** Ends the row at a place. */
	settle(place: number, outcome: Failure | 'accepted' | 'unchanged'): void {
		const entry = this.entries[place - this.forgotten];
		if (entry?.outcome !== 'open') return;
		if (typeof outcome === 'string') {
			this[outcome]++;
			entry.outcome = 'ended';
			entry.line = '';
		} else this.reject(entry, outcome);
		if (place === this.forgotten + this.head) this.advance();
	}

	/** The rejected rows as lines of CSV, as far as the rows before them have ended. */
	take(): string {
		this.advance();
		const { text } = this;
		this.text = '';
		return text;
	}

	/** The same for all rows, those behind one that has not ended too. */
	takeAll(): string {
		const text = this.take();
		return (
			text +
			this.waiting()
				.map((entry) => this.lineOf(entry))
				.join('')
		);
	}

	private advance(): void {
		for (; this.head < this.entries.length; this.head++) {
			const entry = this.entries[this.head];
			if (entry === undefined || entry.outcome === 'open') break;
			this.text += this.lineOf(entry);
		}
		// Cutting off what has ended takes as long as what is left, so it waits until that is the smaller part.
		if (this.head === 0 || this.head * 2 < this.entries.length) return;
		this.entries.copyWithin(0, this.head);
		this.entries.length -= this.head;
		this.forgotten += this.head;
		this.head = 0;
	}

	/** Nothing unless the row was rejected. */
	private lineOf({ number, line, outcome }: HeldRow): string {
		if (typeof outcome === 'string') return '';
		const { reason, code } = outcome;
		return `${csvLine([String(number), reason, code], this.delimiter)}${this.delimiter}${line}\r\n`;
	}

	private waiting(): HeldRow[] {
		return this.head === 0 ? this.entries : this.entries.slice(this.head);
	}

	private reject(entry: HeldRow, { details }: Failure): void {
		const { message, code, uncertain } = details;
		const reason = [message, doubt(uncertain)].filter(Boolean).join('. ');
		entry.outcome = { reason, code: code ?? '' };
		this.rejected++;
		if (this.examples.length >= EXAMPLES) return;
		const { number: row } = entry;
		this.examples.push(code === undefined ? { row, reason } : { row, reason, code });
	}
}
