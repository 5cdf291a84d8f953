import { addCell, CsvReader, EVERY_COLUMN, type CellSink } from './csvReader';

/** What takes in the cells of one column. */
export interface ColumnSink {
	/** Takes in the cells of the first row, header or not, and says which column to read from the rows that follow, from 0 on. */
	firstRow(cells: readonly string[]): number;
	/** Takes in a cell as `CellSink` does, one for each row after the first; empty when the row has no such column. */
	cell: CellSink['cell'];
}

/** A cell is cut off after so many bytes: nothing that is looked for in a column is that long. */
const LONGEST_CELL = 4096;

const COMMA = 0x2c;
const NOTHING = Buffer.alloc(0);

/** Reads one column of a CSV file as its bytes come in, and hands on its cells where they lie. */
export class CsvColumn implements CellSink {
	private readonly reader: CsvReader;
	private column = EVERY_COLUMN;
	private first: string[] | undefined = [];
	private handedOn = false;

	constructor(
		private readonly sink: ColumnSink,
		delimiter = COMMA,
	) {
		this.reader = new CsvReader(this, delimiter, LONGEST_CELL);
	}

	/** Rows that have come to their end, the first row among them. While a cell is handed on, the number of its row, from 0 on. */
	get rows(): number {
		return this.reader.rows;
	}

	/** Reads the next piece of the file. */
	read(chunk: Buffer): void {
		this.reader.read(chunk);
	}

	/**
	 * Ends the file.
	 * @throws {Failure} when a quoted cell is left open
	 */
	end(): void {
		this.reader.end();
	}

	cell(bytes: Buffer, start: number, end: number, plain: boolean): void {
		if (this.first === undefined) {
			this.handedOn = true;
			this.sink.cell(bytes, start, end, plain);
			return;
		}
		addCell(this.first, bytes.toString('utf8', start, end), 1);
	}

	endRow(): number {
		if (this.first !== undefined) {
			const cells = this.first;
			this.first = undefined;
			this.column = this.sink.firstRow(cells);
		} else if (!this.handedOn) {
			this.sink.cell(NOTHING, 0, 0, true);
		}
		this.handedOn = false;
		return this.column;
	}
}
