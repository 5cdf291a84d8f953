import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { fileField, readFileField } from '../../../common/fileField';
import type { OutputItem, Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { readLongestWait, waitOptionsIfWaiting } from '../../../common/polling';
import { uploadOf } from '../../../common/upload';
import { actionIdOf, endOf, failureOfAction, resultOf } from './asyncActionJob';

/** A CSV file that Voucherify is to import. */
export interface CsvImport {
	readonly index: number;
	/** The binary field of the item. */
	readonly field: string;
	readonly waits: boolean;
	/** In ms. */
	readonly longestWait: number;
}

/** The form fields of every import of a CSV file, with those that one has beside them. */
export function csvImportFields(...own: readonly INodeProperties[]): readonly INodeProperties[] {
	return [
		fileField,
		...own,
		{
			displayName: 'Wait Until Done',
			name: 'waits',
			type: 'boolean',
			default: true,
			description: 'Whether to wait until Voucherify has read the file, and tell which rows it refused',
		},
		waitOptionsIfWaiting,
	];
}

/** Reads the form of an import. */
export function readCsvImport(item: ItemParameters): CsvImport {
	return {
		index: item.index,
		field: readFileField(item),
		waits: item.flag('waits'),
		longestWait: readLongestWait(item),
	};
}

/**
 * Uploads the file of an item, and waits until it is imported if the user wants to.
 * @param repeatable importing it twice has the effect of importing it once
 */
export async function importCsv(
	run: Run,
	{ index, field, waits, longestWait }: CsvImport,
	path: string,
	{
		repeatable,
		fields,
	}: { readonly repeatable: boolean; readonly fields?: Readonly<Record<string, string>> },
): Promise<readonly OutputItem[]> {
	const file = run.files.input(index, field);
	const fileName = file.name ?? 'import.csv';
	const upload = uploadOf(file, fileName, 'text/csv', fields);
	const response = await run.client.send({ method: 'POST', path, upload, repeatable });
	const asyncActionId = actionIdOf(response);
	if (!waits) return [{ json: { fileName, done: false, asyncActionId } }];
	const action = await endOf(run, asyncActionId, longestWait);
	const failure = failureOfAction(action);
	if (failure !== undefined) throw failure;
	const result = resultOf(action);
	noteRefused(run, fileName, result);
	return [{ json: { fileName, done: true, asyncActionId, result } }];
}

function noteRefused(run: Run, fileName: string, { failed_count: count }: IDataObject): void {
	if (typeof count !== 'number' || count === 0) return;
	run.note(`Voucherify refused ${count.toLocaleString('en-US')} rows of "${fileName}"; the item says which`);
}
