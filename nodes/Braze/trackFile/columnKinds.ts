import type { InputFile } from '../../common/files';
import { CsvRows } from '../../common/csvRows';
import { plainText } from '../../common/plainText';
import type { Run } from '../../common/operation';
import { breather } from '../../common/wait';
import { TEXT_FIELDS } from '../track/standardFields';

/** What the cells of a column become: text as it is, a JSON number, true or false, or the JSON that they hold. */
export type ColumnKind = 'text' | 'number' | 'boolean' | 'json';

/** What is known of a CSV file that has been read once. */
export interface Inspected {
	readonly header: readonly string[];
	/** Of each column, what all its cells are that are not empty. */
	readonly kinds: ReadonlyArray<'text' | 'number' | 'boolean'>;
	/** Rows of the file, the header among them. */
	readonly rows: number;
}

/** A number that is the same text again when it is written: no leading zeros, no more digits than a number can hold. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const MOST_DIGITS = 15;

const BOOLEAN = /^(?:true|false)$/i;

/**
 * Reads a CSV file to its end, so that what is wrong with it as a whole is known before anything is sent, and tells what its columns hold.
 * @throws {Failure} for what is no CSV file with a header, and when cancelled
 */
export async function inspect(file: InputFile, delimiter: number, run: Run): Promise<Inspected> {
	const rows = new CsvRows(delimiter);
	const kinds: Array<Inspected['kinds'][number] | undefined> = [];
	const look = (read: ReturnType<CsvRows['read']>): void => {
		for (const { cells, problem } of read) if (problem === undefined) narrow(kinds, cells);
	};
	const rest = breather(run.signal);
	for await (const chunk of plainText(await file.open(), file.name)) {
		look(rows.read(chunk));
		run.progress(() => `${rows.rows} rows of ${file.name ?? 'the file'} checked`);
		await rest();
	}
	look(rows.end());
	const header = rows.header ?? [];
	return {
		header,
		// However much like a number a text looks; a phone number above all.
		kinds: header.map((name, column) => (TEXT_FIELDS.has(name) ? 'text' : (kinds[column] ?? 'text'))),
		rows: rows.rows,
	};
}

/** Takes the cells of one more row into account: a column that holds two kinds is text. */
function narrow(kinds: Array<Inspected['kinds'][number] | undefined>, cells: readonly string[]): void {
	for (const [column, cell] of cells.entries()) {
		const known = kinds[column];
		if (known === 'text' || cell === '') continue;
		const kind = kindOf(cell);
		kinds[column] = known === undefined || known === kind ? kind : 'text';
	}
}

function kindOf(cell: string): Inspected['kinds'][number] {
	if (NUMBER.test(cell) && cell.replace(/\D/g, '').length <= MOST_DIGITS) return 'number';
	return BOOLEAN.test(cell) ? 'boolean' : 'text';
}
