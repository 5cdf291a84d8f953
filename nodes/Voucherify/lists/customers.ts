import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import type { ApiClient } from '../../common/request';
import { path } from '../../common/urlPath';
import { objectOf, pageOf, textOf } from '../answer';
import { PAGE_SIZE } from '../numberedPages';
import { listSearch } from './listSearch';
import { scan } from './scan';

/** Customers by name, email address, source ID or ID, the newest first. */
export const searchCustomers = listSearch(async (client, typed, page) => {
	const exact = typed === '' || page > 1 ? [] : await findExactly(client, typed);
	const found = await scan(
		client,
		{ path: '/v1/customers', query: { order: '-created_at' }, lastPage: 99 },
		typed,
		page,
		({ id, source_id, name, email }) => [id, source_id, name, email],
		choice,
	);
	const known = new Set(exact.map(({ value }) => value));
	return { ...found, results: [...exact, ...found.results.filter(({ value }) => !known.has(value))] };
});

/** Whoever has exactly this ID or email address, however many customers there are: only the newest can be looked through. */
async function findExactly(client: ApiClient, typed: string): Promise<INodeListSearchItems[]> {
	if (typed.includes('@')) {
		const response = await client.send({
			method: 'GET',
			path: '/v1/customers',
			query: { email: typed, limit: PAGE_SIZE },
		});
		const { rows } = pageOf(response);
		if (rows.length > 0) return rows.map(choice);
	}
	if (/^\.{1,2}$/.test(typed)) return [];
	const response = await client.send({
		method: 'GET',
		path: path`/v1/customers/${typed}`,
		accept: ['not_found', 'resource_not_found'],
	});
	return response.errorCode === undefined ? [choice(objectOf(response))] : [];
}

function choice({ id, source_id, name, email }: IDataObject): INodeListSearchItems {
	const value = textOf(source_id) ?? String(id);
	const label = textOf(name) ?? textOf(email);
	return { name: label === undefined ? value : `${label} (${value})`, value };
}
