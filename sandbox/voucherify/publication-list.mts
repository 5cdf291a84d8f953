import { type FilterFields, readFilters } from './conditions.mts';
import type { JsonObject } from './json.mts';
import { list, pageOf, sortedBy } from './page.mts';
import type { Publication } from './publication.mts';
import { orderParameter, readPaging, textParameter } from './query.mts';
import type { VoucherifyState } from './state.mts';

const LAST_PAGE = 100;

const ORDERS: Readonly<Record<string, (publication: Publication) => string | number>> = {
	id: ({ id }) => id,
	voucher_code: ({ vouchers }) => vouchers[0].code,
	tracking_id: ({ customer }) => customer.sourceId ?? '',
	customer_id: ({ customer }) => customer.id,
	created_at: ({ createdAt }) => createdAt,
	channel: ({ channel }) => channel,
};

const FILTERS: FilterFields<Publication> = {
	failure_code: () => undefined,
	result: () => 'SUCCESS',
	customer_id: ({ customer }) => customer.id,
	campaign_name: ({ campaign }) => campaign?.name,
	voucher_type: ({ vouchers }) => vouchers[0].type,
	is_referral_code: ({ campaign }) => String(campaign?.isReferral ?? false),
	parent_object_id: ({ campaign }) => campaign?.id,
	related_object_id: ({ vouchers }) => vouchers[0].id,
	source_id: ({ sourceId }) => sourceId,
};

/** Answers GET /v1/publications. */
export function listPublications(state: VoucherifyState, query: JsonObject): Record<string, unknown> {
	const paging = readPaging(query, LAST_PAGE);
	const { field, descending } = orderParameter(query, Object.keys(ORDERS), 'created_at');
	const tests = readTests(query);
	const candidates = findCandidates(state, query);
	const found =
		tests.length === 0
			? candidates
			: candidates.filter((publication) => tests.every((test) => test(publication)));
	const key = ORDERS[field];
	// Publications are kept in order of their creation.
	const ordered = field === 'created_at' || key === undefined ? found : sortedBy(found, key);
	const page = pageOf(ordered, paging, descending).map((publication) => publication.toListedPublication());
	return list('publications', page, found.length);
}

/** Takes the shortest list that must contain everything asked for. */
function findCandidates(state: VoucherifyState, query: JsonObject): readonly Publication[] {
	const sourceId = textParameter(query, 'source_id');
	if (sourceId !== undefined) {
		const publication = state.publications.withSourceId(sourceId);
		return publication === undefined ? [] : [publication];
	}
	const customerId = textParameter(query, 'customer');
	if (customerId === undefined) return state.publications.all;
	const customer = state.customers.find(customerId);
	return customer === undefined ? [] : state.publications.ofCustomer(customer);
}

function readTests(query: JsonObject): ((publication: Publication) => boolean)[] {
	const tests: ((publication: Publication) => boolean)[] = [];
	const customer = textParameter(query, 'customer');
	if (customer !== undefined) {
		tests.push((one) => one.customer.id === customer || one.customer.sourceId === customer);
	}
	const campaign = textParameter(query, 'campaign');
	if (campaign !== undefined)
		tests.push((one) => one.campaign?.name === campaign || one.campaign?.id === campaign);
	const voucher = textParameter(query, 'voucher');
	if (voucher !== undefined) tests.push(({ vouchers }) => vouchers.some(({ code }) => code === voucher));
	const result = textParameter(query, 'result');
	if (result !== undefined) tests.push(() => result === 'SUCCESS');
	const type = textParameter(query, 'voucher_type');
	if (type !== undefined) {
		tests.push(({ vouchers }) => (vouchers[0].type === 'LOYALTY_CARD' ? 'loyalty' : 'discount') === type);
	}
	const referral = textParameter(query, 'is_referral_code');
	if (referral !== undefined) tests.push((one) => String(one.campaign?.isReferral ?? false) === referral);
	const filters = readFilters(query['filters'], FILTERS);
	if (filters !== undefined) tests.push(filters);
	return tests;
}
