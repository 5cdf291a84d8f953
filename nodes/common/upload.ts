import { randomUUID } from 'crypto';
import { transformed, type InputFile } from './files';

/** A file on its way into a form (multipart/form-data), read anew for each try. */
export interface Upload {
	readonly contentType: string;
	/** The body: a Node stream where n8n keeps the file on disk, so that it need not fit into memory; else its bytes. */
	open(): Promise<AsyncIterable<Buffer> | Buffer>;
}

/**
 * A form with a file in its field `file`.
 * @param fields the other fields of the form
 */
export function uploadOf(
	file: InputFile,
	name: string,
	mimeType: string,
	fields: Readonly<Record<string, string>> = {},
): Upload {
	const boundary = `form-${randomUUID()}`;
	const head = Object.entries(fields).map(
		([field, value]) => `${start(boundary, field)}\r\n\r\n${value}\r\n`,
	);
	head.push(`${start(boundary, 'file')}; filename="${quoted(name)}"\r\nContent-Type: ${mimeType}\r\n\r\n`);
	const before = Buffer.from(head.join(''));
	const after = Buffer.from(`\r\n--${boundary}--\r\n`);
	async function* form(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		yield before;
		yield* content;
		yield after;
	}
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		open: async () => {
			const body = transformed(await file.open(), form);
			return 'pipe' in body ? body : await collected(body);
		},
	};
}

function start(boundary: string, field: string): string {
	return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(field)}"`;
}

/** As browsers write names in forms (HTML standard, 4.10.21.8). */
function quoted(name: string): string {
	return name.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22');
}

async function collected(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of bytes) chunks.push(chunk);
	return Buffer.concat(chunks);
}
