import type { OutputItem, Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import type { ApiRequest } from '../../../common/request';
import { path } from '../../../common/urlPath';
import { readWanted } from '../../pagingFields';
import { segmentId, type SegmentReference } from '../segment/segmentReference';
import { readCustomerFilters } from './customerFilters';
import { readCustomers } from './customerPages';
import { simplifyCustomer } from './simplifyCustomer';

/** Which customers are wanted. */
export interface CustomerList {
	/** Whose members; `undefined` for all customers. */
	readonly segment: SegmentReference | undefined;
	readonly wanted: number;
	readonly filters: NonNullable<ApiRequest['query']>;
	readonly simplify: boolean;
}

/** Reads all but the segment. */
export function readCustomerList(item: ItemParameters): Omit<CustomerList, 'segment'> {
	return { wanted: readWanted(item), filters: readCustomerFilters(item), simplify: item.flag('simple') };
}

/** Lists customers, the oldest first. */
export async function listCustomers(
	{ segment, wanted, filters, simplify }: CustomerList,
	run: Run,
): Promise<readonly OutputItem[]> {
	const items: OutputItem[] = [];
	const id = segment === undefined ? undefined : await segmentId(run, segment);
	await readCustomers(run, { ...filters, segment_id: id }, wanted, (customer) =>
		items.push({ json: simplify ? simplifyCustomer(customer) : customer }),
	);
	// Nobody there: fails if that is because there is no such segment.
	if (items.length === 0 && id !== undefined) {
		await run.client.send({ method: 'GET', path: path`/v1/segments/${id}` });
	}
	return items;
}
