import type { IDataObject } from 'n8n-workflow';
import { unpacked, type Growth } from '../common/archive';
import { Failure } from '../common/failure';
import type { RowReader } from '../common/fileRows';
import { parseJson } from '../common/json';
import { NdjsonRows } from '../common/ndjsonRows';
import { isRecord } from '../common/record';
import type { ArchivedFile } from '../common/zip';

/**
 * Profiles as lines of JSON compress to a twentieth or a fiftieth. Five times as much is more than any segment of real users comes to, and a
 * quarter of what deflate can do at most (1,032 times), which is what archives that are made to do harm come close to.
 */
const GROWTH: Growth = { times: 250, free: 64 * 1024 * 1024 };

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const BRACE = 0x7b;
const LINE_END = Buffer.from('\n');

/** The files of an archive that Braze made of a segment. */
export function filesOfSegment(archive: AsyncIterable<Buffer>): AsyncIterable<ArchivedFile> {
	return unpacked(archive, GROWTH);
}

/** Makes one file of the files of an archive, one user a line, and counts what passes by. */
export class UsersFile {
	users = 0;
	files = 0;
	/** In bytes. */
	size = 0;
	private atLineStart = true;

	/** @throws {Failure} for lines that are no JSON objects */
	async *joined(files: AsyncIterable<ArchivedFile>): AsyncGenerator<Buffer> {
		for await (const { name, content } of files) {
			this.files++;
			for await (const chunk of content) {
				this.count(chunk, name);
				yield chunk;
			}
			if (this.atLineStart) continue;
			this.atLineStart = true;
			this.size += LINE_END.length;
			yield LINE_END;
		}
	}

	private count(chunk: Buffer, file: string): void {
		this.size += chunk.length;
		for (let at = 0; at < chunk.length;) {
			if (this.atLineStart) {
				const byte = chunk[at];
				if (byte === LF || byte === CR || byte === SPACE) {
					at++;
					continue;
				}
				if (byte !== BRACE) throw noUser(file, 'does not start with a brace');
				this.users++;
				this.atLineStart = false;
			}
			const end = chunk.indexOf(LF, at);
			if (end < 0) return;
			at = end + 1;
			this.atLineStart = true;
		}
	}
}

/**
 * The users of an archive, one after the other.
 * @throws {Failure} for lines that are no JSON objects
 */
export async function* usersOf(files: AsyncIterable<ArchivedFile>): AsyncGenerator<IDataObject> {
	for await (const { name, content } of files) {
		const rows = new NdjsonRows();
		for await (const chunk of content) yield* parsed(rows.read(chunk), name);
		yield* parsed(rows.end(), name);
	}
}

function* parsed(rows: ReturnType<RowReader['end']>, file: string): Generator<IDataObject> {
	for (const { cells, problem } of rows) {
		const line = parseJson(cells[0] ?? '');
		if ('problem' in line) throw noUser(file, problem ?? line.problem);
		if (!isRecord(line.value)) throw noUser(file, 'is no object');
		yield line.value;
	}
}

function noUser(file: string, problem: string): Failure {
	return new Failure({
		message: `The archive from Braze has a line that is no user${file === '' ? '' : `, in its file "${file}"`}`,
		description: `Each line should be a JSON object. This one can't be read: ${problem}.`,
	});
}
