import type { IDataObject } from 'n8n-workflow';
import type { ApiClient } from '../common/request';
import { readLinkedPages } from './linkedPages';

/**
 * Reads the custom attributes of the workspace.
 * @param wanted how many; `Infinity` for all
 */
export async function readCustomAttributes(client: ApiClient, wanted: number): Promise<IDataObject[]> {
	return await readLinkedPages(client, '/custom_attributes', 'attributes', wanted);
}
