import assert from 'node:assert/strict';
import { CsvError, parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine } from '../../nodes/common/csvText';
import { CsvRows } from '../../nodes/common/csvRows';
import { LONGEST_ROW, type FileRow, type RowReader } from '../../nodes/common/fileRows';
import { NdjsonRows } from '../../nodes/common/ndjsonRows';
import { Ledger } from '../../nodes/Braze/trackFile/ledger';
import { CsvReader, EVERY_COLUMN } from '../../nodes/common/csvReader';
import { Failure } from '../../nodes/common/failure';
import { MANY_CASES } from './many-cases.mts';
import { inPieces } from './pieces.mts';

/** The rows of a file, cut into pieces of these lengths. */
function rowsOf(reader: RowReader, bytes: Buffer, lengths: Iterable<number> = [bytes.length]): FileRow[] {
	const rows = inPieces(bytes, lengths).flatMap((piece) => reader.read(piece));
	return [...rows, ...reader.end()];
}

const csvRows = (text: string | Buffer, delimiter = ',') =>
	rowsOf(new CsvRows(delimiter.charCodeAt(0)), Buffer.from(text));

const awkward = fc.string({
	unit: fc.constantFrom('A', 'b', '7', ' ', ',', ';', '"', '\n', '\r', '\t', 'é', '€', '😀', '\u0000'),
});
const lengths = fc.infiniteStream(fc.integer({ min: 1, max: 9 }));
const table = fc
	.integer({ min: 1, max: 4 })
	.chain((width) => fc.array(fc.array(awkward, { minLength: width, maxLength: width }), { maxLength: 12 }));

describe('The rows of a CSV file', () => {
	it('are read as csv-parse reads them, wherever the pieces of the file are cut', () => {
		fc.assert(
			fc.property(
				table,
				fc.constantFrom('\n', '\r\n', '\r'),
				fc.constantFrom(',', ';', '\t'),
				fc.boolean(),
				lengths,
				(rows, end, delimiter, endsWithLineEnd, cuts) => {
					const width = rows[0]?.length ?? 1;
					const header = Array.from({ length: width }, (_, column) => `column ${column}`);
					const text = [header, ...rows].map((row) => csvLine(row, delimiter)).join(end);
					const file = endsWithLineEnd ? text + end : text;
					const expected: string[][] = parse(file, {
						delimiter,
						record_delimiter: ['\r\n', '\n', '\r'],
						skip_empty_lines: true,
					});
					const reader = new CsvRows(delimiter.charCodeAt(0));
					const read = rowsOf(reader, Buffer.from(file), cuts);
					assert.deepEqual(
						[reader.header, ...read.map(({ cells }) => cells)],
						expected.filter((row) => row.length > 1 || row[0] !== ''),
					);
					assert(read.every(({ problem }) => problem === undefined));
				},
			),
			MANY_CASES,
		);
	});

	it('come back as they were from the line that is written of them', () => {
		fc.assert(
			fc.property(
				fc.array(awkward, { minLength: 2, maxLength: 5 }),
				fc.constantFrom(',', ';', '\t'),
				(cells, delimiter) => {
					assert.deepEqual(parse(csvLine(cells, delimiter), { delimiter }), [cells]);
				},
			),
			MANY_CASES,
		);
	});

	it('that were rejected come back as they were from the file of rejected rows, with the reason', () => {
		const text = fc.oneof(awkward, fc.string({ unit: 'grapheme' }));
		const row = fc.record({
			cells: fc.array(text, { minLength: 2, maxLength: 2 }),
			reason: text,
			code: text,
		});
		fc.assert(
			fc.property(
				fc.array(row, { minLength: 1, maxLength: 5 }),
				fc.constantFrom(',', ';', '\t'),
				lengths,
				(rows, delimiter, cuts) => {
					const ledger = new Ledger(delimiter);
					rows.forEach(({ cells, reason, code }, n) =>
						ledger.refuse(n + 2, cells, new Failure({ message: reason, code })),
					);
					const header = csvLine(['row', 'reason', 'code', 'a', 'b'], delimiter);
					const file = `${header}\r\n${ledger.takeAll()}`;
					const expected = rows.map(({ cells, reason, code }, n) => [String(n + 2), reason, code, ...cells]);
					assert.deepEqual(parse(file, { delimiter, from: 2 }), expected);
					const read = rowsOf(new CsvRows(delimiter.charCodeAt(0)), Buffer.from(file), cuts);
					assert.deepEqual(
						read.map(({ cells }) => cells),
						expected,
					);
				},
			),
			MANY_CASES,
		);
	});

	it('have the number that a spreadsheet shows, and empty ones are passed over', () => {
		expect(csvRows('a,b\n1,2\n\n\n"3\n3",4\n5,6').map(({ number, cells }) => [number, ...cells])).toEqual([
			[2, '1', '2'],
			[5, '3\n3', '4'],
			[6, '5', '6'],
		]);
	});

	it('of another width, with text after a closing quote, or not in UTF-8 have a problem, and no other row does', () => {
		const text = Buffer.concat([
			Buffer.from('a,b\n1\n1,2\n1,2,3\n"1"x,2\n1,'),
			Buffer.of(0xe4),
			Buffer.from('\n1,2\n'),
		]);
		expect(csvRows(text).map(({ problem }) => problem)).toEqual([
			'The row has 1 cell, and the header 2',
			undefined,
			'The row has 3 cells, and the header 2',
			'A cell goes on after its closing quote. A quote within a cell has to be doubled',
			'The row is not in UTF-8, so that some characters are lost',
			undefined,
		]);
	});

	it('keep characters whole that are cut in two between pieces', () => {
		const bytes = Buffer.from('a,b\nZoë,"😀"\n');
		for (let cut = 1; cut < bytes.length; cut++)
			expect(rowsOf(new CsvRows(0x2c), bytes, [cut])[0]?.cells).toEqual(['Zoë', '😀']);
	});

	it.each([
		['one cell', `"${'x'.repeat(LONGEST_ROW)}`],
		['one cell in quotes', `"a${'""'.repeat(LONGEST_ROW)}`],
		['many cells', 'xxxxxxxxx,'.repeat(LONGEST_ROW / 8)],
	])('that never end are refused long before the file does: %s', (_, row) => {
		const reader = new CsvRows(0x2c);
		let read = 0;
		const endless = Buffer.from(row.slice(0, 64 * 1024));
		expect(() => {
			reader.read(Buffer.from('a,b\n'));
			for (; read < 100 * LONGEST_ROW; read += endless.length) reader.read(endless);
		}).toThrow(/Row 2 (of the file is longer than 1024 KB|has more than 4096 columns)/);
		expect(read).toBeLessThan(2 * LONGEST_ROW);
	});

	it.each([
		['a,,b\n', 'Column 2 of the file has no name'],
		['a,b, a \n', 'The file has two columns "a"'],
		['', 'The file is empty'],
		['\n\n', 'The file is empty'],
		['a,"b"x\n', "The header of the file can't be read"],
		['a\n"b', 'ends within quotes that open in row 2'],
	])('%j is refused as a whole', (text, problem) => {
		expect(() => csvRows(text)).toThrow(problem);
	});
});

describe('Any text at all', () => {
	/** All cells of a text that is cut into pieces of these lengths, and in which rows there is text after a closing quote. */
	function cellsOf(
		text: string,
		delimiter: string,
		cuts: Iterable<number>,
	): { rows: string[][]; strays: number } {
		const rows: string[][] = [];
		let row: string[] = [];
		const sink = {
			cell: (bytes: Buffer, start: number, end: number) => row.push(bytes.toString('utf8', start, end)),
			endRow: () => {
				rows.push(row);
				row = [];
				return EVERY_COLUMN;
			},
		};
		const reader = new CsvReader(sink, delimiter.charCodeAt(0), LONGEST_ROW);
		for (const piece of inPieces(Buffer.from(text), cuts)) reader.read(piece);
		reader.end();
		return { rows, strays: reader.strays };
	}

	function attempted<Result>(work: () => Result): Result | 'refused' {
		try {
			return work();
		} catch (error) {
			assert(error instanceof Failure || error instanceof CsvError);
			return 'refused';
		}
	}

	it('is read as csv-parse reads it where that does, and always the same, wherever it is cut', () => {
		let accepted = 0;
		let refused = 0;
		fc.assert(
			fc.property(
				fc.string({
					unit: fc.constantFrom('a', 'é', '😀', ' ', ',', ';', '"', '"', '\n', '\r', '\r\n', '",'),
					maxLength: 30,
				}),
				fc.constantFrom(',', ';'),
				lengths,
				(text, delimiter, cuts) => {
					const expected = attempted((): string[][] =>
						parse(text, { delimiter, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true }),
					);
					const whole = attempted(() => cellsOf(text, delimiter, [text.length * 4]));
					assert.deepEqual(
						attempted(() => cellsOf(text, delimiter, cuts)),
						whole,
					);
					if (expected === 'refused') {
						refused++;
						return;
					}
					accepted++;
					assert.deepEqual(whole, { rows: expected, strays: 0 });
				},
			),
			MANY_CASES,
		);
		expect(Math.min(accepted, refused)).toBeGreaterThan(300);
	});
});

describe('The lines of an NDJSON file', () => {
	it('are read wherever the pieces of the file are cut, empty ones passed over, each with its number', () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.json(), fc.constantFrom('', ' ', '{"é": "😀"}'))),
				fc.constantFrom('\n', '\r\n'),
				fc.boolean(),
				lengths,
				(lines, end, endsWithLineEnd, cuts) => {
					const bytes = Buffer.from(lines.join(end) + (endsWithLineEnd ? end : ''));
					const expected = lines.flatMap((line, index) =>
						line.trim() === '' ? [] : [{ number: index + 1, cells: [line], problem: undefined }],
					);
					expect(rowsOf(new NdjsonRows(), bytes, cuts)).toEqual(expected);
				},
			),
		);
	});

	it('that are too long are shown by their start, and those after them are read', () => {
		const long = 'x'.repeat(2 * LONGEST_ROW);
		const rows = rowsOf(new NdjsonRows(), Buffer.from(`${long}\n{}\n`), [500_000, 500_000, 500_000]);
		expect(rows.map(({ number, problem, cells }) => [number, problem, cells[0]?.length])).toEqual([
			[1, 'The line is longer than 1024 KB', 1024],
			[2, undefined, 2],
		]);
	});

	it('that are not in UTF-8 have a problem', () => {
		expect(rowsOf(new NdjsonRows(), Buffer.of(0x7b, 0xff, 0x7d))[0]?.problem).toContain('not in UTF-8');
	});
});
