import { encodingProblem, LONGEST_ROW, type FileRow, type RowReader } from './fileRows';

const LF = 0x0a;
const CR = 0x0d;

/** A line that is too long is shown by its start, in bytes. */
const SHOWN = 1024;

/** Reads the lines of a file of JSON objects, one a line. Empty lines are passed over; one that is too long has a problem. */
export class NdjsonRows implements RowReader {
	private lines = 0;
	/** The start of a line whose end has not come yet. */
	private kept: Buffer[] = [];
	private length = 0;

	get rows(): number {
		return this.lines;
	}

	read(chunk: Buffer): readonly FileRow[] {
		const ready: FileRow[] = [];
		let start = 0;
		for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
			this.keep(chunk.subarray(start, end));
			this.endLine(ready);
			start = end + 1;
		}
		// A copy, so that a short line does not hold a whole chunk.
		if (start < chunk.length) this.keep(Buffer.from(chunk.subarray(start)));
		return ready;
	}

	end(): readonly FileRow[] {
		const ready: FileRow[] = [];
		if (this.length > 0) this.endLine(ready);
		return ready;
	}

	private keep(bytes: Buffer): void {
		if (this.length <= LONGEST_ROW) this.kept.push(bytes);
		this.length += bytes.length;
	}

	private endLine(ready: FileRow[]): void {
		const { kept, length } = this;
		this.kept = [];
		this.length = 0;
		this.lines++;
		const [first] = kept;
		if (first === undefined) return;
		const line = kept.length === 1 ? first : Buffer.concat(kept);
		const number = this.lines;
		if (length > LONGEST_ROW) {
			const problem = `The line is longer than ${LONGEST_ROW / 1024} KB`;
			ready.push({ number, cells: [line.toString('utf8', 0, SHOWN)], problem });
			return;
		}
		const text = line.toString('utf8', 0, line.at(-1) === CR ? line.length - 1 : line.length);
		if (text.trim() !== '') ready.push({ number, cells: [text], problem: encodingProblem(text) });
	}
}
