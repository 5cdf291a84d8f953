import type { IDataObject } from 'n8n-workflow';
import { transformed } from '../../../common/files';
import { joinedChunks } from '../../../common/joinedChunks';
import type { OutputItem, Run } from '../../../common/operation';
import { isVoucherifyHost } from '../../transport';
import { RowCounter } from './rowCounter';

/** A file on its way from Voucherify into a binary field. */
export interface ExportFile {
	readonly address: string;
	readonly name: string;
	readonly outputField: string;
	/** What else is to be said of it. */
	readonly about: IDataObject;
}

/** Passes the file of an export on into a binary field, without holding it. */
export async function saved(
	run: Run,
	{ address, name, outputField, about }: ExportFile,
): Promise<OutputItem & { readonly rows: number }> {
	const counter = new RowCounter();
	const source = await run.client.download(address, isVoucherifyHost);
	const bytes = transformed(source, (chunks) => joinedChunks(counter.counting(chunks)));
	const binary = await run.files.write(bytes, name, 'text/csv');
	const rows = Math.max(0, counter.rows - 1);
	return {
		json: { ...about, rows, size: counter.bytes, fileName: name },
		binary: { [outputField]: binary },
		rows,
	};
}
