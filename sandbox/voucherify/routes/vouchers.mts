import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../json.mts';
import { list, pageOf, sortedBy } from '../page.mts';
import { orderParameter, type Paging, readPaging, readQuery, textParameter, wrong } from '../query.mts';
import type { VoucherifyState } from '../state.mts';
import type { Voucher } from '../voucher.mts';

const LAST_PAGE = 99;
const MOST_SORTED = 100_000;

/** Vouchers: list and get by code. */
export function registerVouchers(app: FastifyInstance, state: VoucherifyState): void {
	app.get('/v1/vouchers', (request) => {
		const query = readQuery(request);
		const paging = readPaging(query, LAST_PAGE);
		const { field, descending } = orderParameter(query, ['created_at', 'updated_at', 'code'], 'created_at');
		const few = findFew(state, query) ?? (field === 'code' ? allCodes(state, query) : undefined);
		if (few !== undefined) {
			const ordered = sortedBy(few, (voucher) =>
				field === 'code' ? voucher.code : (voucher.updatedAt ?? voucher.createdAt),
			);
			const page = pageOf(ordered, paging, descending);
			return list('vouchers', page.map(listed), few.length);
		}
		return listByNumber(state, query, paging, descending);
	});

	app.get<{ Params: { code: string } }>('/v1/vouchers/:code', (request) =>
		state.campaigns.getVoucher(request.params.code).toVoucher(state.url),
	);
}

/** What a filter on codes or on a customer finds; undefined when there is no such filter. */
function findFew(state: VoucherifyState, query: JsonObject): Voucher[] | undefined {
	const customerId = textParameter(query, 'customer');
	const code = textParameter(query, 'code');
	if (customerId === undefined && code === undefined) return undefined;
	const stocks = chosenStocks(state, query);
	const ofStocks = ({ stock }: Voucher): boolean => stocks.includes(stock);
	if (code !== undefined) {
		const found = stocks.flatMap((stock) => stock.find(code) ?? []);
		return found.filter(({ holderId }) => customerId === undefined || holderId === customerId);
	}
	const customer = customerId === undefined ? undefined : state.customers.find(customerId);
	if (customer === undefined) return [];
	const published = state.publications.ofCustomer(customer).flatMap(({ vouchers }) => vouchers);
	return [...new Set(published)].filter(ofStocks);
}

/** Every code, to be sorted. Throws 400 when there are too many to do so for one page. */
function allCodes(state: VoucherifyState, query: JsonObject): Voucher[] {
	const stocks = chosenStocks(state, query);
	const total = stocks.reduce((sum, stock) => sum + stock.count, 0);
	if (total > MOST_SORTED) throw wrong(`This stand-in orders at most ${MOST_SORTED} vouchers by code`);
	return stocks.flatMap((stock) => Array.from({ length: stock.count }, (_, number) => stock.at(number)));
}

/** Pages by the codes' numbers, which works for any number of codes. */
function listByNumber(
	state: VoucherifyState,
	query: JsonObject,
	{ limit, page }: Paging,
	descending: boolean,
): Record<string, unknown> {
	const stocks = chosenStocks(state, query);
	const total = stocks.reduce((sum, stock) => sum + stock.count, 0);
	const vouchers: Voucher[] = [];
	for (let i = (page - 1) * limit; i < Math.min(total, page * limit); i++) {
		let number = descending ? total - 1 - i : i;
		for (const stock of stocks) {
			if (number < stock.count) {
				vouchers.push(stock.at(number));
				break;
			}
			number -= stock.count;
		}
	}
	return list('vouchers', vouchers.map(listed), total);
}

function chosenStocks(state: VoucherifyState, query: JsonObject) {
	const chosen = textParameter(query, 'campaign') ?? textParameter(query, 'campaign_id');
	if (chosen === undefined) return state.campaigns.stocks;
	const campaign = state.campaigns.find(chosen);
	return campaign === undefined ? [] : [campaign.vouchers];
}

function listed(voucher: Voucher): Record<string, unknown> {
	return voucher.toListedVoucher();
}
