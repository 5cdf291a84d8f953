import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../common/failure';
import type { Run } from '../common/operation';
import { isRecord } from '../common/record';
import type { ApiClient } from '../common/request';
import { rowsOf } from './answer';

/** What Braze takes as names of catalogs and fields, and as IDs of items. */
export const CATALOG_NAME = /^[\w-]{1,250}$/;

/** What to do about another name or ID. */
export const CATALOG_NAME_REMEDY = 'Use only letters, digits, hyphens and underscores, at most 250 of them.';

/** All catalogs of the workspace; Braze gives them in one answer. */
export async function readCatalogs(client: ApiClient): Promise<IDataObject[]> {
	const response = await client.send({ method: 'GET', path: '/catalogs' });
	return rowsOf(response, 'catalogs').filter(isRecord);
}

/**
 * One catalog; Braze has no request for a single one, so all are listed, once a run.
 * @throws {Failure} when there is none of that name
 */
export async function readCatalog(run: Run, name: string): Promise<IDataObject> {
	const catalogs = await run.once('catalogs', async () => await readCatalogs(run.client));
	const found = catalogs.find((catalog) => catalog.name === name);
	if (found !== undefined) return found;
	throw new Failure({ message: `Braze has no catalog "${name}"`, description: 'Names are case-sensitive.' });
}
