import { parse } from 'csv-parse/sync';

/** Largest file that Braze's dashboard takes, in bytes. */
export const LARGEST_FILE = 100 * 1024 * 1024;
/** Most codes of one list. */
const MOST_CODES = 20_000_000;
const FIRST_CODES = 10;
const NEW_LINE = 10;
const CARRIAGE_RETURN = 13;

/** A list of promotion codes; the codes are kept as the bytes that were uploaded. */
export class PromotionList {
	readonly #chunks: Buffer[] = [];
	readonly first: string[] = [];
	count = 0;
	uploads = 0;

	/** Adds the rows of a file to the end. */
	append(rows: Buffer, count: number): void {
		this.#chunks.push(rows);
		this.count += count;
		this.uploads++;
		for (const code of codesIn(rows)) {
			if (this.first.length >= FIRST_CODES) return;
			this.first.push(code);
		}
	}

	/** All codes in the order of upload, duplicates included. */
	*codes(): Generator<string> {
		for (const chunk of this.#chunks) yield* codesIn(chunk);
	}

	/** Size of everything uploaded, in bytes. */
	get bytes(): number {
		return this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0);
	}

	toJSON(): Record<string, unknown> {
		return { count: this.count, uploads: this.uploads, bytes: this.bytes, first: this.first };
	}
}

/** The workspace's promotion code lists, by name. Braze has no API for them; the dashboard uploads files. */
export class PromotionLists {
	readonly #lists = new Map<string, PromotionList>();

	/** The list of that name, if anything was ever uploaded to it. */
	get(name: string): PromotionList | undefined {
		return this.#lists.get(name);
	}

	/** Every list with its name, in order of their first upload. */
	all(): IterableIterator<[string, PromotionList]> {
		return this.#lists.entries();
	}

	/**
	 * Appends a CSV file as the dashboard does: the first cell of every row is a code, so a header row becomes one, and
	 * a byte-order mark sticks to the first; blank rows are passed over. Answers with the problem when the file is refused.
	 */
	upload(
		name: string,
		file: Buffer,
	): { readonly list: PromotionList; readonly added: number } | { readonly problem: string } {
		if (file.length > LARGEST_FILE) return { problem: 'The file is larger than 100 MB.' };
		const rows = plainRows(file);
		if (rows === undefined) return { problem: 'The file is not a CSV file.' };
		const added = countCodes(rows);
		if (added === 0) return { problem: 'The file holds no code.' };
		const list = this.#lists.get(name) ?? new PromotionList();
		if (list.count + added > MOST_CODES)
			return { problem: 'The list would hold more than 20,000,000 codes.' };
		list.append(rows, added);
		this.#lists.set(name, list);
		return { list, added };
	}

	toJSON(): Record<string, unknown> {
		return Object.fromEntries(this.#lists);
	}
}

/** The file with one bare code a row: as it is when it has no quotes and no second column, which is the usual case. */
function plainRows(file: Buffer): Buffer | undefined {
	if (!file.includes('"') && !file.includes(',')) return file;
	try {
		const rows: string[][] = parse(file, { relax_column_count: true, skip_empty_lines: true });
		return Buffer.from(rows.map(([code = '']) => code).join('\n'));
	} catch {
		return undefined;
	}
}

function countCodes(rows: Buffer): number {
	let count = 0;
	for (let start = 0; start < rows.length; start = rowEnd(rows, start) + 1) {
		if (codeEnd(rows, start) > start) count++;
	}
	return count;
}

function* codesIn(rows: Buffer): Generator<string> {
	for (let start = 0; start < rows.length; start = rowEnd(rows, start) + 1) {
		const end = codeEnd(rows, start);
		if (end > start) yield rows.toString('utf8', start, end);
	}
}

function rowEnd(rows: Buffer, start: number): number {
	const found = rows.indexOf(NEW_LINE, start);
	return found === -1 ? rows.length : found;
}

/** End of the row's code, which is the end of the row without the carriage return of a file from Windows. */
function codeEnd(rows: Buffer, start: number): number {
	const end = rowEnd(rows, start);
	return rows[end - 1] === CARRIAGE_RETURN && end > start ? end - 1 : end;
}
