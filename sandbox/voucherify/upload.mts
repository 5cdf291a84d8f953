import type { FastifyRequest } from 'fastify';
import { parse } from 'csv-parse/sync';
import { invalid } from './errors.mts';

/** A row of an uploaded file: column names in lower case with underscores, for instance `source_id`, and their texts. */
export type CsvRow = Readonly<Record<string, string>>;

/** An uploaded file and the other fields of its form. */
export interface Upload {
	readonly rows: readonly CsvRow[];
	readonly fields: Readonly<Record<string, string>>;
}

/** Reads a form with a CSV file (UTF-8, comma, first line the names) in its field `file`. Throws 400. */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
	const type = request.headers['content-type'] ?? '';
	if (!type.startsWith('multipart/form-data') || typeof request.body !== 'string') {
		throw wrong('The body should be multipart/form-data');
	}
	let form: FormData;
	try {
		form = await new Response(request.body, { headers: { 'content-type': type } }).formData();
	} catch {
		throw wrong('The form could not be read');
	}
	const file = form.get('file');
	if (file === null) throw wrong('Field file is required');
	const fields: Record<string, string> = {};
	for (const [name, value] of form) if (typeof value === 'string' && name !== 'file') fields[name] = value;
	return { rows: readCsv(typeof file === 'string' ? file : await file.text()), fields };
}

function readCsv(text: string): CsvRow[] {
	try {
		return parse<CsvRow>(text, {
			bom: true,
			columns: (names: string[]) => names.map((name) => name.trim().toLowerCase().replaceAll(' ', '_')),
			skip_empty_lines: true,
		});
	} catch (error) {
		throw invalid('invalid_csv', 'Invalid CSV file', error instanceof Error ? error.message : String(error));
	}
}

function wrong(details: string): Error {
	return invalid('invalid_payload', 'Invalid payload', details);
}
