import { type FilterFields, readFilters } from './conditions.mts';
import type { JsonObject } from './json.mts';
import { isObject } from './json.mts';
import { list, pageOf, sortedBy } from './page.mts';
import { instantParameter, orderParameter, type Paging, readPaging, textParameter, wrong } from './query.mts';
import type { VoucherifyState } from './state.mts';
import type { Voucher } from './voucher.mts';
import { isoOrNull } from './voucher.mts';
import type { VoucherStock } from './voucher-stock.mts';

const LAST_PAGE = 99;
/** Codes that are looked at one by one for a filter or an order; more are only read by their number. */
const MOST_READ = 100_000;
/** Up to so many, codes are put into their true order of creation; beyond, campaigns come one after the other. */
const MOST_SORTED_BY_DEFAULT = 5_000;

const FILTERS: FilterFields<Voucher> = {
	code: ({ code }) => code,
	type: ({ type }) => type,
	active: ({ traits }) => String(traits.active),
	campaign_ids: ({ campaign }) => campaign?.id,
	category_ids: ({ traits }) => traits.categoryId ?? undefined,
	holder_id: ({ holderId }) => holderId,
	is_referral_code: ({ traits }) => String(traits.isReferral),
	created_at: ({ createdAt }) => new Date(createdAt).toISOString(),
	updated_at: ({ updatedAt }) => isoOrNull(updatedAt) ?? undefined,
	start_date: ({ traits }) => isoOrNull(traits.startsAt) ?? undefined,
	expiration_date: ({ traits }) => isoOrNull(traits.expiresAt) ?? undefined,
};

/** Answers GET /v1/vouchers. */
export function listVouchers(state: VoucherifyState, query: JsonObject): Record<string, unknown> {
	const paging = readPaging(query, LAST_PAGE);
	const { field, descending } = orderParameter(query, ['created_at', 'updated_at', 'code'], 'created_at');
	const stocks = chosenStocks(state, query);
	const total = stocks.reduce((sum, stock) => sum + stock.count, 0);
	const keep = readKeep(query);
	const few = findFew(state, stocks, query);
	if (few === undefined && keep === undefined && field === 'created_at' && total > MOST_SORTED_BY_DEFAULT) {
		return listByNumber(stocks, total, paging, descending);
	}
	const found = few ?? allOf(stocks, total);
	const kept = keep === undefined ? found : found.filter(keep);
	const ordered = sortedBy(kept, (voucher) => {
		if (field === 'code') return voucher.code;
		return field === 'created_at' ? voucher.createdAt : (voucher.updatedAt ?? voucher.createdAt);
	});
	return list('vouchers', pageOf(ordered, paging, descending).map(listed), kept.length);
}

/** What a filter on codes or on a customer finds; undefined when there is no such filter. */
function findFew(
	state: VoucherifyState,
	stocks: readonly VoucherStock[],
	query: JsonObject,
): Voucher[] | undefined {
	const customerId = textParameter(query, 'customer');
	const code = textParameter(query, 'code');
	const { ids } = query;
	if (code !== undefined) {
		const found = stocks.flatMap((stock) => stock.find(code) ?? []);
		return found.filter(({ holderId }) => customerId === undefined || holderId === customerId);
	}
	if (Array.isArray(ids)) {
		return ids.flatMap((id) => stocks.flatMap((stock) => stock.withId(String(id)) ?? []));
	}
	if (customerId === undefined) return undefined;
	const customer = state.customers.find(customerId);
	if (customer === undefined) return [];
	const published = state.publications.ofCustomer(customer).flatMap(({ vouchers }) => vouchers);
	return [...new Set(published)].filter(({ stock }) => stocks.includes(stock));
}

/** Every code. Throws 400 when there are too many to look at for one page. */
function allOf(stocks: readonly VoucherStock[], total: number): Voucher[] {
	if (total > MOST_READ) throw wrong(`This stand-in filters and orders at most ${MOST_READ} vouchers`);
	return stocks.flatMap((stock) => Array.from({ length: stock.count }, (_, place) => stock.at(place)));
}

/** Pages by the codes' numbers, which works for any number of codes. */
function listByNumber(
	stocks: readonly VoucherStock[],
	total: number,
	{ limit, page }: Paging,
	descending: boolean,
): Record<string, unknown> {
	const vouchers: Voucher[] = [];
	for (let i = (page - 1) * limit; i < Math.min(total, page * limit); i++) {
		let place = descending ? total - 1 - i : i;
		for (const stock of stocks) {
			if (place < stock.count) {
				vouchers.push(stock.at(place));
				break;
			}
			place -= stock.count;
		}
	}
	return list('vouchers', vouchers.map(listed), total);
}

function readKeep(query: JsonObject): ((voucher: Voucher) => boolean) | undefined {
	const tests: ((voucher: Voucher) => boolean)[] = [];
	const category = textParameter(query, 'category');
	if (category !== undefined) {
		tests.push(({ traits }) => traits.category === category || traits.categoryId === category);
	}
	for (const name of ['created_at', 'updated_at'] as const) {
		const range = query[name];
		if (!isObject(range)) continue;
		const after = instantParameter(range, 'after') ?? -Infinity;
		const before = instantParameter(range, 'before') ?? Infinity;
		tests.push((voucher) => {
			const at = name === 'created_at' ? voucher.createdAt : voucher.updatedAt;
			return at !== undefined && at > after && at < before;
		});
	}
	const filters = readFilters(query['filters'], FILTERS);
	if (filters !== undefined) tests.push(filters);
	return tests.length === 0 ? undefined : (voucher) => tests.every((test) => test(voucher));
}

function chosenStocks(state: VoucherifyState, query: JsonObject): readonly VoucherStock[] {
	const chosen = textParameter(query, 'campaign') ?? textParameter(query, 'campaign_id');
	if (chosen === undefined) return state.campaigns.stocks;
	const campaign = state.campaigns.find(chosen);
	return campaign === undefined ? [] : [campaign.vouchers];
}

function listed(voucher: Voucher): Record<string, unknown> {
	return voucher.toListedVoucher();
}
