import { Failure } from './failure';

/** What the first bytes of a file say about it when it can't be read as text; longest first where one starts another. */
const NOT_UTF8: ReadonlyArray<{ readonly start: readonly number[]; readonly is: string }> = [
	{ start: [0xff, 0xfe], is: 'in UTF-16' },
	{ start: [0xfe, 0xff], is: 'in UTF-16' },
	{ start: [0x50, 0x4b, 0x03, 0x04], is: 'a ZIP archive or an Excel workbook' },
	{ start: [0x1f, 0x8b], is: 'compressed (gzip)' },
];

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** So many bytes tell what a file is. */
const TELLING = 4;

/**
 * The bytes of a text file in UTF-8, without a byte-order mark.
 * @throws {Failure} for a file in UTF-16, and for what is no text at all
 */
export async function* plainText(
	source: AsyncIterable<Buffer>,
	name: string | undefined,
): AsyncGenerator<Buffer> {
	let start: Buffer | undefined = Buffer.alloc(0);
	for await (const chunk of source) {
		if (start === undefined) {
			yield chunk;
			continue;
		}
		start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
		if (start.length < TELLING) continue;
		yield withoutMark(start, name);
		start = undefined;
	}
	if (start !== undefined && start.length > 0) yield withoutMark(start, name);
}

function withoutMark(start: Buffer, name: string | undefined): Buffer {
	const problem = problemOf(start);
	if (problem === undefined)
		return startsWith(start, BYTE_ORDER_MARK) ? start.subarray(BYTE_ORDER_MARK.length) : start;
	throw new Failure({
		message: `The file${name === undefined ? '' : ` "${name}"`} is ${problem} and can't be read as text`,
		description: 'Save it in UTF-8 and uncompressed, for example as "CSV UTF-8".',
	});
}

function problemOf(start: Buffer): string | undefined {
	const known = NOT_UTF8.find((kind) => startsWith(start, kind.start));
	if (known !== undefined) return known.is;
	// UTF-16 without a mark: every other byte of plain English text is zero.
	return start.subarray(0, TELLING).includes(0) ? 'no text in UTF-8' : undefined;
}

function startsWith(bytes: Buffer, start: readonly number[]): boolean {
	return start.every((byte, index) => bytes[index] === byte);
}
