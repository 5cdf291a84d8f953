import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../common/failure';
import type { Run } from '../../../common/operation';
import { untilDone } from '../../../common/polling';
import { asRecord } from '../../../common/record';
import { redactJson, redactor } from '../../../common/redaction';
import { path } from '../../../common/urlPath';
import { objectOf, textOf } from '../../answer';
import type { ExportedObject } from './exportable';

/** What an export is to hold. */
export interface ExportOrder {
	readonly object: ExportedObject;
	/** Columns; none for Voucherify's own choice. */
	readonly fields: readonly string[];
	/** Empty for Voucherify's own. */
	readonly order: string;
	readonly filters: IDataObject;
	readonly campaignId?: string | undefined;
}

/**
 * Asks Voucherify for an export. The request has no key by which a repetition could be told; it is sent again all the same when its
 * answer is lost, because an export too many changes nothing and goes away by itself.
 */
export async function createExport(run: Run, ordered: ExportOrder): Promise<IDataObject> {
	const { object, fields, order, filters, campaignId } = ordered;
	const response = await run.client.send({
		method: 'POST',
		path: '/v1/exports',
		body: {
			exported_object: object,
			parameters: {
				...(order === '' ? {} : { order }),
				...(fields.length === 0 ? {} : { fields: [...fields] }),
				...(Object.keys(filters).length === 0 ? {} : { filters }),
				...(campaignId === undefined ? {} : { campaign_id: campaignId }),
			},
		},
		repeatable: true,
	});
	return objectOf(response);
}

/** An export as it is by now. */
export async function getExport(run: Run, id: string): Promise<IDataObject> {
	return objectOf(await run.client.send({ method: 'GET', path: path`/v1/exports/${id}` }));
}

/**
 * Removes an export and its file.
 * @throws {Failure} when there is no such export, unless the request was sent again: then the first one has removed it
 */
export async function deleteExport(run: Run, id: string): Promise<void> {
	const { retries } = run.client.traffic;
	const response = await run.client.send({
		method: 'DELETE',
		path: path`/v1/exports/${id}`,
		repeatable: true,
		accept: ['not_found', 'resource_not_found'],
	});
	if (response.errorCode === undefined || run.client.traffic.retries > retries) return;
	throw new Failure({
		message: `Voucherify has no export "${id}"`,
		description: 'It may have been deleted already.',
		status: response.status,
		code: response.errorCode,
	});
}

/**
 * Waits until an export is done.
 * @param longestWait in ms
 * @throws {Failure} when the export fails, or takes longer
 */
export async function whenDone(run: Run, id: string, longestWait: number): Promise<IDataObject> {
	const look = async (): Promise<IDataObject | undefined> => {
		const job = await getExport(run, id);
		return isDone(job) ? job : undefined;
	};
	const remedy = 'Raise "Wait at Most", or get the file later with the operation Download and this ID.';
	return await untilDone(run, { name: `export ${id}`, look, remedy }, longestWait);
}

/**
 * Whether an export is ready to be downloaded.
 * @throws {Failure} when it ended without a file
 */
export function isDone({ id, status }: IDataObject): boolean {
	if (status !== 'ERROR') return status === 'DONE';
	throw new Failure({
		message: `Voucherify could not make the export ${String(id)}`,
		description:
			'It ended with an error, of which Voucherify says nothing more. Check the filters, and try again.',
		code: 'export_failed',
	});
}

/** The address of an export's file, which opens it to whoever has it. */
export function fileAddress(job: IDataObject): string {
	const address = textOf(asRecord(job.result)?.url);
	if (address !== undefined) return address;
	throw new Failure({
		message: `Voucherify says that the export ${String(job.id)} is done, but not where its file is`,
	});
}

/** An export as it may be shown: the address of its file without the token that opens it. */
export function shownExport(job: IDataObject): IDataObject {
	return asRecord(redactJson(job, redactor([]))) ?? {};
}

/** The ID of an export. */
export function idOf(job: IDataObject): string {
	const id = textOf(job.id);
	if (id !== undefined) return id;
	throw new Failure({ message: 'Voucherify took the export on, but did not say under which ID' });
}
