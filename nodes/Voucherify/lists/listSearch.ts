import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { formError } from '../../common/formError';
import { ApiClient } from '../../common/request';
import { API_KEYS, serviceFor } from '../authentication';

/** Where a list goes on; `undefined` at its end. */
export interface Found {
	readonly results: INodeListSearchItems[];
	readonly nextPage: number | undefined;
}

/** A list that a user searches in a form: what they typed, and the page to go on from. */
export type Search = (client: ApiClient, typed: string, page: number) => Promise<Found>;

/** The choices of a list as n8n asks for them; problems are shown in the list instead of an empty one. */
export function listSearch(search: Search) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const page = Math.max(1, Number(paginationToken ?? 1) || 1);
		// Somebody is waiting at the form: better to say soon that it doesn't work.
		const service = serviceFor(this.getNodeParameter('authentication', API_KEYS));
		const client = new ApiClient(this, service, {
			tries: 2,
			longestWait: 5_000,
			timeout: 20_000,
			perMinute: 0,
		});
		try {
			const { results, nextPage } = await search(client, (filter ?? '').trim(), page);
			return nextPage === undefined ? { results } : { results, paginationToken: String(nextPage) };
		} catch (error) {
			throw formError(this.getNode(), error);
		}
	};
}
