import { Failure } from '../../common/failure';
import type { InputFile } from '../../common/files';
import { plainText } from '../../common/plainText';
import type { FileSettings } from './settings';

/** Ends of names, and media types. */
const CSV = /\.(?:csv|tsv|txt)$|^text\/(?:csv|tab-separated-values)$/i;
const NDJSON = /\.(?:ndjson|jsonl)$|^application\/(?:x-)?(?:ndjson|jsonl|jsonlines)$/i;

/**
 * What a file is: what the user says, else what its name or its media type says, else what its first character tells.
 * @throws {Failure} for a JSON array, and for what is no text
 */
export async function formatOf(file: InputFile, { format }: FileSettings): Promise<'csv' | 'ndjson'> {
	if (format !== 'detect') return format;
	for (const said of [file.name ?? '', file.mimeType]) {
		if (NDJSON.test(said)) return 'ndjson';
		if (CSV.test(said)) return 'csv';
	}
	for await (const chunk of plainText(await file.open(), file.name)) {
		const start = chunk.toString('utf8', 0, 1024).trimStart();
		if (start.startsWith('[')) {
			throw new Failure({
				message: 'The file is a JSON array',
				description: 'NDJSON has one object a line, without brackets around them and commas between them.',
			});
		}
		if (start !== '') return start.startsWith('{') ? 'ndjson' : 'csv';
	}
	return 'csv';
}
