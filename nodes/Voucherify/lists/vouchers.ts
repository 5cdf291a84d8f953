import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import { pageOf, textOf } from '../answer';
import { listSearch } from './listSearch';
import { scan } from './scan';

/** Voucherify refuses pages of vouchers beyond this one. */
const LAST_PAGE = 99;

/** Vouchers by code, the newest first. */
export const searchVouchers = listSearch(async (client, typed, page) => {
	// There may be millions, of which only the newest can be looked through; a whole code is found anyway.
	const exact =
		typed === '' || page > 1
			? []
			: pageOf(
					await client.send({ method: 'GET', path: '/v1/vouchers', query: { code: typed, limit: 1 } }),
				).rows.map(choice);
	const found = await scan(
		client,
		{ path: '/v1/vouchers', query: { order: '-created_at' }, lastPage: LAST_PAGE },
		typed,
		page,
		({ code }) => [code],
		choice,
	);
	const known = new Set(exact.map(({ value }) => value));
	return { ...found, results: [...exact, ...found.results.filter(({ value }) => !known.has(value))] };
});

function choice({ code, campaign }: IDataObject): INodeListSearchItems {
	const of = textOf(campaign);
	return { name: of === undefined ? String(code) : `${String(code)} (${of})`, value: String(code) };
}
