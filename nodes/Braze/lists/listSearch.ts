import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { formError } from '../../common/formError';
import { ApiClient } from '../../common/request';
import { braze } from '../transport';

/** More entries than anybody scrolls through. */
export const MOST_ENTRIES = 1_000;

/** A list that a user searches in a form: all of it, as IDs and names. */
export type Entries = (
	client: ApiClient,
) => Promise<ReadonlyArray<{ readonly id: string; readonly name: string }>>;

/**
 * The choices of a list as n8n asks for them: what contains the typed text in its name or ID, in alphabetical order. Problems are shown in
 * the list instead of an empty one.
 */
export function listSearch(entries: Entries) {
	return async function (this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		// Somebody is waiting at the form: better to say soon that it doesn't work.
		const client = new ApiClient(this, braze, {
			tries: 2,
			longestWait: 5_000,
			timeout: 20_000,
			perMinute: 0,
		});
		const typed = (filter ?? '').trim().toLowerCase();
		try {
			const found = await entries(client);
			const results = found
				.filter(({ id, name }) => `${name}\n${id}`.toLowerCase().includes(typed))
				.map(({ id, name }) => ({ name, value: id }))
				.sort((a, b) => a.name.localeCompare(b.name));
			return { results };
		} catch (error) {
			throw formError(this.getNode(), error);
		}
	};
}

/** An object's ID and name. */
export function entryOf(object: IDataObject, idField = 'id'): { readonly id: string; readonly name: string } {
	const id = String(object[idField]);
	return { id, name: typeof object.name === 'string' && object.name !== '' ? object.name : id };
}
