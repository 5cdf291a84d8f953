import { addCell, CsvReader, EVERY_COLUMN, type CellSink } from './csvReader';
import { Failure } from './failure';
import {
	checkHeader,
	encodingProblem,
	LONGEST_ROW,
	widthProblem,
	type FileRow,
	type RowReader,
} from './fileRows';

/** Reads the rows of a CSV file with a header. Rows without any cell are passed over; one that breaks the form has a problem. */
export class CsvRows implements RowReader, CellSink {
	private readonly reader: CsvReader;
	private names: readonly string[] | undefined;
	private cells: string[] = [];
	private problem: string | undefined;
	/** Of the row so far. */
	private bytes = 0;
	private strays = 0;
	private ready: FileRow[] = [];
	private chunk: Buffer | undefined;
	/** The chunk as text, a character a byte: cutting plain cells from it takes a fraction of the time that decoding each would. */
	private text = '';

	/** @param delimiter as a byte */
	constructor(delimiter: number) {
		this.reader = new CsvReader(this, delimiter, LONGEST_ROW + 1);
	}

	/** The names of the columns, once the first row has been read. */
	get header(): readonly string[] | undefined {
		return this.names;
	}

	get rows(): number {
		return this.reader.rows;
	}

	/** @throws {Failure} for a header that can't be used, and for what is no CSV */
	read(chunk: Buffer): readonly FileRow[] {
		this.chunk = chunk;
		this.text = chunk.toString('latin1');
		this.reader.read(chunk);
		if (this.reader.held > LONGEST_ROW) throw this.tooLong();
		return this.take();
	}

	/** @throws {Failure} when a quoted cell is left open, and for a file without a header */
	end(): readonly FileRow[] {
		this.reader.end();
		if (this.names === undefined) {
			throw new Failure({
				message: 'The file is empty',
				description: 'A CSV file starts with a row that names its columns.',
			});
		}
		return this.take();
	}

	cell(bytes: Buffer, start: number, end: number, plain: boolean): void {
		this.bytes += end - start;
		if (this.bytes > LONGEST_ROW) throw this.tooLong();
		const text =
			plain && bytes === this.chunk ? this.text.slice(start, end) : bytes.toString('utf8', start, end);
		if (!plain) this.problem ??= encodingProblem(text);
		addCell(this.cells, text, this.reader.rows + 1);
	}

	endRow(): number {
		const { cells } = this;
		const stray =
			this.reader.strays > this.strays
				? 'A cell goes on after its closing quote. A quote within a cell has to be doubled'
				: undefined;
		const problem = this.problem ?? stray;
		this.cells = [];
		this.problem = undefined;
		this.bytes = 0;
		this.strays = this.reader.strays;
		if (cells.length === 1 && cells[0] === '') return EVERY_COLUMN;
		if (this.names === undefined) this.names = header(cells, problem);
		else {
			this.ready.push({
				number: this.reader.rows + 1,
				cells,
				problem: problem ?? widthProblem(cells.length, this.names.length),
			});
		}
		return EVERY_COLUMN;
	}

	private take(): readonly FileRow[] {
		const { ready } = this;
		this.ready = [];
		this.chunk = undefined;
		this.text = '';
		return ready;
	}

	private tooLong(): Failure {
		return new Failure({
			message: `Row ${this.reader.rows + 1} of the file is longer than ${LONGEST_ROW / 1024} KB`,
			description: 'Probably a quote opens there that is never closed. Check the file around that row.',
		});
	}
}

function header(cells: readonly string[], problem: string | undefined): readonly string[] {
	if (problem !== undefined)
		throw new Failure({ message: `The header of the file can't be read: ${problem}` });
	const names = cells.map((cell) => cell.trim());
	checkHeader(names);
	return names;
}
