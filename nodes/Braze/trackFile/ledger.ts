import { csvLine } from '../../common/csvText';
import type { Failure } from '../../common/failure';
import { doubt } from '../../common/nodeError';

/** So many rejected rows are told of when a file fails as a whole. */
const EXAMPLES = 100;

/** What became of one row, or is becoming of it. */
interface Entry {
	readonly number: number;
	/** Not needed any more once the row is accepted. */
	cells: readonly string[];
	state: 'open' | 'accepted' | 'rejected';
	reason: string;
	code: string;
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
	private readonly open = new Map<number, Entry>();
	/** From the first row on that has not ended. */
	private entries: Entry[] = [];
	private head = 0;
	/** Lines of rejected rows that nobody has taken. */
	private text = '';

	/** @param delimiter of the file of rejected rows */
	constructor(private readonly delimiter: string) {}

	/** Rows that are held because the first of them has not ended. */
	get held(): number {
		this.advance();
		return this.entries.length - this.head;
	}

	/** The first row that has not ended, if any. */
	get firstOpen(): number | undefined {
		return this.waiting().find(({ state }) => state === 'open')?.number;
	}

	/** Rows after the first open one that were accepted. */
	get acceptedBeyond(): number[] {
		const { firstOpen } = this;
		return this.waiting().flatMap(({ state, number }) =>
			state === 'accepted' && firstOpen !== undefined && number > firstOpen ? [number] : [],
		);
	}

	/** A row that is on its way. */
	begin(number: number, cells: readonly string[]): void {
		const entry: Entry = { number, cells, state: 'open', reason: '', code: '' };
		this.entries.push(entry);
		this.open.set(number, entry);
	}

	/** A row that is rejected as it is read. */
	refuse(number: number, cells: readonly string[], failure: Failure): void {
		const entry: Entry = { number, cells, state: 'open', reason: '', code: '' };
		this.entries.push(entry);
		this.reject(entry, failure);
	}

	/** Ends a row that is on its way. */
	settle(number: number, outcome: Failure | 'accepted' | 'unchanged'): void {
		const entry = this.open.get(number);
		if (entry === undefined) return;
		this.open.delete(number);
		if (typeof outcome !== 'string') return this.reject(entry, outcome);
		this[outcome]++;
		entry.state = 'accepted';
		entry.cells = [];
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
		const behind = this.waiting().filter(({ state }) => state === 'rejected');
		return this.take() + behind.map((entry) => this.lineOf(entry)).join('');
	}

	private advance(): void {
		for (; this.head < this.entries.length; this.head++) {
			const entry = this.entries[this.head];
			if (entry === undefined || entry.state === 'open') break;
			if (entry.state === 'rejected') this.text += this.lineOf(entry);
		}
		// Cutting off what has ended takes as long as what is left, so it waits until that is the smaller part.
		if (this.head * 2 < this.entries.length) return;
		this.entries = this.waiting();
		this.head = 0;
	}

	private lineOf({ number, reason, code, cells }: Entry): string {
		return csvLine([String(number), reason, code, ...cells], this.delimiter);
	}

	private waiting(): Entry[] {
		return this.head === 0 ? this.entries : this.entries.slice(this.head);
	}

	private reject(entry: Entry, { details }: Failure): void {
		const { message, code, uncertain } = details;
		entry.state = 'rejected';
		entry.reason = [message, doubt(uncertain)].filter(Boolean).join('. ');
		entry.code = code ?? '';
		this.rejected++;
		if (this.examples.length >= EXAMPLES) return;
		const { number: row, reason } = entry;
		this.examples.push(code === undefined ? { row, reason } : { row, reason, code });
	}
}
