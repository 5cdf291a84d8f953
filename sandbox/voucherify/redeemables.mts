import { type FilterFields, readFilters } from './conditions.mts';
import type { Customer } from './customer.mts';
import type { JsonObject } from './json.mts';
import { orderParameter } from './query.mts';
import type { VoucherifyState } from './state.mts';
import { cursorList } from './transaction-list.mts';
import type { Voucher } from './voucher.mts';

/** A code that a customer can use. */
interface Holding {
	readonly id: string;
	readonly createdAt: number;
	readonly voucher: Voucher;
}

const FILTERS: FilterFields<Holding> = {
	id: ({ id }) => id,
	created_at: ({ createdAt }) => new Date(createdAt).toISOString(),
	redeemable_id: ({ voucher }) => voucher.id,
	redeemable_object: () => 'voucher',
	holder_role: () => 'OWNER',
	campaign_id: ({ voucher }) => voucher.campaign?.id,
	campaign_type: ({ voucher }) => voucher.campaign?.campaignType,
	voucher_type: ({ voucher }) => voucher.type,
};

/** Answers GET /v1/customers/{id}/redeemables: the codes that were published to the customer, oldest first by `order=id`. */
export function listRedeemables(
	state: VoucherifyState,
	customer: Customer,
	query: JsonObject,
): Record<string, unknown> {
	const { descending } = orderParameter(query, ['id'], 'id');
	const keep = readFilters(query['filters'], FILTERS);
	const holdings = state.publications
		.ofCustomer(customer)
		.flatMap(({ createdAt, vouchers }) =>
			vouchers
				.filter(({ code }) => state.campaigns.findVoucher(code) !== undefined)
				.map((voucher): Holding => ({ id: `rh_${voucher.id.slice('v_'.length)}`, createdAt, voucher })),
		);
	const first = [...new Map(holdings.reverse().map((holding) => [holding.id, holding])).values()].reverse();
	const found = keep === undefined ? first : first.filter(keep);
	const now = state.now();
	const page = cursorList(found, query, descending, (holding) =>
		toRedeemable(holding, customer, state.url, now),
	);
	return { ...page, total: found.length };
}

function toRedeemable(
	{ id, createdAt, voucher }: Holding,
	customer: Customer,
	serviceUrl: string,
	now: number,
) {
	return {
		id,
		created_at: new Date(createdAt).toISOString(),
		redeemable_id: voucher.id,
		redeemable_object: 'voucher',
		customer_id: customer.id,
		holder_role: 'OWNER',
		campaign_id: voucher.campaign?.id ?? null,
		campaign_type: voucher.campaign?.campaignType ?? null,
		voucher_type: voucher.type,
		redeemable: { type: 'voucher', voucher: voucher.toVoucher(serviceUrl), status: statusOf(voucher, now) },
	};
}

function statusOf({ traits, campaign, redeemedQuantity, credit }: Voucher, now: number): string {
	if (!traits.active || campaign?.settings.active === false) return 'DISABLED';
	if (traits.startsAt !== undefined && traits.startsAt > now) return 'NOT_ACTIVE_YET';
	if (traits.expiresAt !== undefined && traits.expiresAt <= now) return 'EXPIRED';
	if (traits.redemptionQuantity !== null && redeemedQuantity >= traits.redemptionQuantity) return 'USED';
	return credit?.balance === 0 ? 'NO_BALANCE' : 'ACTIVE';
}
