import { CsvColumn } from '../../common/csvColumn';
import type { InputFile } from '../../common/files';
import { plainText } from '../../common/plainText';
import { breather } from '../../common/wait';
import { CodeColumn, type FirstRow } from './codeColumn';
import type { CodeList, Piece } from './codeList';

/** How a CSV file is to be read. */
export interface CsvForm {
	/** The name of the column, its position from 1 on, or empty for the one that can be told from its name. */
	readonly column: string;
	readonly firstRow: FirstRow;
	/** As a byte. */
	readonly delimiter: number;
}

/** So many items between two looks at the clock. */
const PORTION = 1000;

/**
 * Puts the codes of CSV files on a list, and gives the pieces of the list as they come.
 * @param first the first file, opened already
 * @throws {Failure} for what is no CSV in UTF-8, and when the column can't be told
 */
export async function* piecesOfFiles(
	files: readonly InputFile[],
	first: AsyncIterable<Buffer>,
	list: CodeList,
	form: CsvForm,
	signal: AbortSignal | undefined,
): AsyncGenerator<Piece> {
	const rest = breather(signal);
	const total = files.reduce((sum, { size }) => sum + (size ?? Infinity), 0);
	let read = 0;
	for (const [item, file] of files.entries()) {
		const column = new CsvColumn(new CodeColumn(list, form.column, form.firstRow), form.delimiter);
		const which = files.length > 1 ? { item } : {};
		list.from(() => ({ ...which, row: column.rows + 1 }));
		for await (const chunk of plainText(item === 0 ? first : await file.open(), file.name)) {
			list.open(chunk);
			column.read(chunk);
			read += chunk.length;
			list.progress(Math.min(1, read / total));
			yield* list.close();
			await rest();
		}
		column.end();
	}
	yield* list.end();
}

/** Puts the codes of items on a list, and gives the pieces of the list as they come. */
export async function* piecesOfItems(
	items: ReadonlyArray<{ readonly index: number; readonly codes: readonly string[] }>,
	list: CodeList,
	signal: AbortSignal | undefined,
): AsyncGenerator<Piece> {
	const rest = breather(signal);
	let item = 0;
	list.from(() => ({ item }));
	for (const [done, { index, codes }] of items.entries()) {
		item = index;
		for (const code of codes) list.addText(code);
		if (done % PORTION !== PORTION - 1) continue;
		list.progress((done + 1) / items.length);
		yield* list.close();
		await rest();
	}
	yield* list.end();
}
