import { csvLine } from '../../common/csvText';
import type { Failure } from '../../common/failure';
import type { FileRow } from '../../common/fileRows';
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
	/** From the first row on whose end is not known, with gaps where a row need not be waited for. */
	private entries: Entry[] = [];
	private head = 0;

	/** @param delimiter of the file of rejected rows */
	constructor(private readonly delimiter: string) {}

	/** Rows that are held. */
	get size(): number {
		return this.entries.length - this.head;
	}

	/** The first row that has not ended, if any. */
	get firstOpen(): number | undefined {
		return this.held().find(({ state }) => state === 'open')?.number;
	}

	/** Rows after the first open one that were accepted. */
	get acceptedBeyond(): number[] {
		const { firstOpen } = this;
		return this.held().flatMap(({ state, number }) =>
			state === 'accepted' && firstOpen !== undefined && number > firstOpen ? [number] : [],
		);
	}

	/** A row that is on its way. */
	begin({ number, cells }: FileRow): void {
		const entry: Entry = { number, cells, state: 'open', reason: '', code: '' };
		this.entries.push(entry);
		this.open.set(number, entry);
	}

	/** A row that is rejected as it is read. */
	refuse({ number, cells }: FileRow, failure: Failure): void {
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
		let text = '';
		for (; this.head < this.entries.length; this.head++) {
			const entry = this.entries[this.head];
			if (entry === undefined || entry.state === 'open') break;
			const { state, number, reason, code, cells } = entry;
			if (state === 'rejected') text += csvLine([String(number), reason, code, ...cells], this.delimiter);
		}
		this.entries = this.held();
		this.head = 0;
		return text;
	}

	/** The same for all rows, those behind one that has not ended too. */
	takeAll(): string {
		this.entries = this.held().filter(({ state }) => state === 'rejected');
		this.head = 0;
		return this.take();
	}

	private held(): Entry[] {
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
