import { Failure } from './failure';
import { plural } from './hint';

/** One row of a file of rows. */
export interface FileRow {
	/** As a spreadsheet or an editor counts, from 1 on, the header of a CSV file included. */
	readonly number: number;
	/** The cells of a row of CSV; the line of NDJSON alone. */
	readonly cells: readonly string[];
	/** Why it can't be used, as a sentence. */
	readonly problem: string | undefined;
}

/** Reads the rows of a file as its bytes come in, in whatever pieces. */
export interface RowReader {
	/** Rows so far, empty ones and a header among them. */
	readonly rows: number;
	/** Reads the next piece, and gives the rows that end in it. */
	read(chunk: Buffer): readonly FileRow[];
	/** Ends the file, and gives what is left. */
	end(): readonly FileRow[];
}

/** Longer rows are no rows: what looks like one is a file of another kind, or a quote that is never closed. In bytes. */
export const LONGEST_ROW = 1024 * 1024;

/** What decoding puts in the place of bytes that are not UTF-8. */
const REPLACEMENT = '\uFFFD';

/** What is wrong with text that was decoded from bytes that are not UTF-8. */
export function encodingProblem(text: string): string | undefined {
	return text.includes(REPLACEMENT) ? 'The row is not in UTF-8, so that some characters are lost' : undefined;
}

/**
 * Refuses the names of columns that could not be told apart.
 * @throws {Failure}
 */
export function checkHeader(names: readonly string[]): void {
	const known = new Set<string>();
	for (const [index, name] of names.entries()) {
		if (name === '') {
			throw new Failure({
				message: `Column ${index + 1} of the file has no name`,
				description: 'The first row has to name every column. Give it a name, or remove it.',
			});
		}
		if (known.has(name)) {
			throw new Failure({
				message: `The file has two columns "${name}"`,
				description: 'Rename or remove one of them.',
			});
		}
		known.add(name);
	}
}

/** What is wrong with a row of so many cells. */
export function widthProblem(cells: number, columns: number): string | undefined {
	return cells === columns ? undefined : `The row has ${plural(cells, 'cell')}, and the header ${columns}`;
}
