import type { Customer } from './customer.mts';
import type { JsonObject } from './json.mts';
import { isObject } from './json.mts';
import { list, pageOf, sortedBy } from './page.mts';
import { instantParameter, orderParameter, readPaging, textParameter } from './query.mts';
import { firstAfter } from './segments.mts';
import type { VoucherifyState } from './state.mts';

/** Beyond this page (9,900 rows) lists are refused; clients go on with `starting_after`. */
const LAST_PAGE = 99;

/**
 * Answers GET /v1/customers. `starting_after` is an instant: what was created at exactly that instant is not repeated,
 * so of customers that share one, a cursor that falls between them hides the rest.
 */
export function listCustomers(state: VoucherifyState, query: JsonObject): Record<string, unknown> {
	const paging = readPaging(query, LAST_PAGE);
	const { field, descending } = orderParameter(
		query,
		['created_at', 'updated_at', 'source_id'],
		'created_at',
	);
	const segmentId = textParameter(query, 'segment_id');
	const members = segmentId === undefined ? state.customers.ordered : state.segments.get(segmentId).members;
	const keep = readKeep(query);
	const found = keep === undefined ? members : members.filter(keep);

	const cursor = instantParameter(query, 'starting_after');
	const rest = cursor === undefined ? found : beyond(found, cursor, descending);
	const ordered =
		field === 'created_at'
			? rest
			: sortedBy(rest, (customer) =>
					field === 'source_id' ? (customer.sourceId ?? '') : (customer.updatedAt ?? customer.createdAt),
				);
	const page = pageOf(ordered, paging, descending).map((customer) => customer.toCustomer(state.url));
	return { ...list('customers', page, found.length), has_more: paging.page * paging.limit < rest.length };
}

function beyond(customers: readonly Customer[], cursor: number, descending: boolean): readonly Customer[] {
	return descending
		? customers.slice(0, firstAfter(customers, cursor - 1))
		: customers.slice(firstAfter(customers, cursor));
}

function readKeep(query: JsonObject): ((customer: Customer) => boolean) | undefined {
	const tests: ((customer: Customer) => boolean)[] = [];
	const email = textParameter(query, 'email');
	if (email !== undefined) tests.push(({ fields }) => fields.email === email);
	const name = textParameter(query, 'name');
	if (name !== undefined) tests.push(({ fields }) => fields.name === name);
	const city = textParameter(query, 'city');
	if (city !== undefined) tests.push((customer) => customer.city === city);
	tests.push(...readRange(query, 'created_at', ({ createdAt }) => createdAt));
	tests.push(...readRange(query, 'updated_at', ({ updatedAt }) => updatedAt));
	return tests.length === 0 ? undefined : (customer) => tests.every((test) => test(customer));
}

function readRange(
	query: JsonObject,
	name: string,
	instant: (customer: Customer) => number | undefined,
): ((customer: Customer) => boolean)[] {
	const range = query[name];
	if (!isObject(range)) return [];
	const after = instantParameter(range, 'after');
	const before = instantParameter(range, 'before');
	return [
		(customer) => {
			const at = instant(customer);
			return at !== undefined && at > (after ?? -Infinity) && at < (before ?? Infinity);
		},
	];
}
