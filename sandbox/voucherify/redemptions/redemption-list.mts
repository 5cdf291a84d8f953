import { type FilterFields, readFilters } from '../conditions.mts';
import type { JsonObject } from '../json.mts';
import { isObject } from '../json.mts';
import { list, pageOf, sortedBy } from '../page.mts';
import { instantParameter, orderParameter, readPaging, textParameter } from '../query.mts';
import { campaignOf, relatedObject } from './redeemable.mts';
import type { RedemptionEntry } from './redemption.mts';

/** Beyond this page (9,900 rows) lists are refused. */
const LAST_PAGE = 99;

const ORDERS: Readonly<Record<string, (entry: RedemptionEntry) => string | number>> = {
	created_at: ({ createdAt }) => createdAt,
	id: ({ id }) => id,
	voucher_code: (entry) => codeOf(entry) ?? '',
	tracking_id: ({ trackingId, customer }) => trackingId ?? customer?.sourceId ?? '',
	customer_id: ({ customer }) => customer?.id ?? '',
};

/** What lists and exports of redemptions can be filtered by. */
export const REDEMPTION_FILTERS: FilterFields<RedemptionEntry> = {
	created_at: ({ createdAt }) => new Date(createdAt).toISOString(),
	voucher_code: codeOf,
	voucher: codeOf,
	related_object: codeOf,
	related_object_id: ({ redeemable }) => redeemable && relatedObject(redeemable).related_object_id,
	related_object_parent_id: ({ redeemable }) => redeemable && campaignOf(redeemable)?.id,
	parent_redemption_id: ({ parentId }) => parentId,
	result: ({ result }) => result,
	status: ({ status }) => status,
	object: (entry) => ('rolledBack' in entry ? 'redemption_rollback' : 'redemption'),
	campaign: campaignName,
	campaign_name: campaignName,
	customer: ({ customer }) => customer?.id,
	customer_id: ({ customer }) => customer?.id,
	failure_code: ({ failure }) => failure?.key,
	user_login: () => undefined,
};

/** Answers GET /v1/redemptions: redemptions, stacks of them and rollbacks. */
export function listRedemptions(
	entries: readonly RedemptionEntry[],
	query: JsonObject,
	serviceUrl: string,
): Record<string, unknown> {
	const paging = readPaging(query, LAST_PAGE);
	const { field, descending } = orderParameter(query, Object.keys(ORDERS), 'created_at');
	const tests = readTests(query);
	const found = tests.length === 0 ? entries : entries.filter((entry) => tests.every((test) => test(entry)));
	const key = ORDERS[field];
	// Entries are kept in order of their creation.
	const ordered = field === 'created_at' || key === undefined ? found : sortedBy(found, key);
	const page = pageOf(ordered, paging, descending).map((entry) => entry.toEntry(serviceUrl));
	return list('redemptions', page, found.length);
}

function readTests(query: JsonObject): ((entry: RedemptionEntry) => boolean)[] {
	const tests: ((entry: RedemptionEntry) => boolean)[] = [];
	const result = textParameter(query, 'result');
	// Failed rollbacks are not kept, and rollbacks that worked are successes like any other.
	if (result !== undefined) tests.push((entry) => entry.result.startsWith(result.toUpperCase().slice(0, 4)));
	const campaign = textParameter(query, 'campaign');
	if (campaign !== undefined) tests.push((entry) => campaignName(entry) === campaign);
	const customer = textParameter(query, 'customer');
	if (customer !== undefined) {
		tests.push((entry) => entry.customer?.id === customer || entry.customer?.sourceId === customer);
	}
	const range = query['created_at'];
	if (isObject(range)) {
		const after = instantParameter(range, 'after') ?? -Infinity;
		const before = instantParameter(range, 'before') ?? Infinity;
		tests.push(({ createdAt }) => createdAt > after && createdAt < before);
	}
	const filters = readFilters(query['filters'], REDEMPTION_FILTERS);
	if (filters !== undefined) tests.push(filters);
	return tests;
}

function codeOf({ redeemable }: RedemptionEntry): string | undefined {
	return redeemable?.kind === 'voucher' ? redeemable.voucher.code : undefined;
}

function campaignName({ redeemable }: RedemptionEntry): string | undefined {
	return redeemable && campaignOf(redeemable)?.name;
}
