import type { IDataObject } from 'n8n-workflow';
import type { Run } from '../../../common/operation';
import type { ApiRequest } from '../../../common/request';
import { pageOf } from '../../answer';
import { PAGE_SIZE } from '../../numberedPages';
import { TimePages } from '../../timePages';

/**
 * Reads customers, the oldest first, beyond the 9,900 that page numbers reach.
 * @param query filters
 * @param wanted how many; `Infinity` for all
 * @param give called with each customer, once
 */
export async function readCustomers(
	run: Run,
	query: NonNullable<ApiRequest['query']>,
	wanted: number,
	give: (customer: IDataObject) => void,
): Promise<void> {
	let given = 0;
	const pages = new TimePages(Math.min(PAGE_SIZE, wanted));
	for (let next = pages.next; next !== undefined && given < wanted; next = pages.next) {
		const response = await run.client.send({
			method: 'GET',
			path: '/v1/customers',
			query: {
				...query,
				order: 'created_at',
				limit: pages.size,
				starting_after: next.after,
				page: next.page === 1 ? undefined : next.page,
			},
		});
		for (const customer of pages.take(pageOf(response))) if (given++ < wanted) give(customer);
	}
	if (wanted === Infinity && pages.missing > 0) {
		run.note(
			`Voucherify announced ${pages.missing.toLocaleString('en-US')} more customers than it then listed: some may have been deleted or changed meanwhile`,
		);
	}
}
