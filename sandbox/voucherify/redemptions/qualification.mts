import { integerIn, objectIn, readBody, textIn, wrongPayload } from '../body.mts';
import { type FilterFields, readFilters } from '../conditions.mts';
import type { Customer } from '../customer.mts';
import { VoucherifyError } from '../errors.mts';
import type { JsonObject } from '../json.mts';
import { readOrderRequest } from '../orders/order-request.mts';
import type { OrderAmounts } from '../orders/order-amounts.mts';
import type { VoucherifyState } from '../state.mts';
import { applyRedeemable } from './effect.mts';
import { campaignOf, type Redeemable } from './redeemable.mts';
import { campaignFields, STACKING_RULES, toQualified } from './stacking-rules.mts';

const DEFAULT_LIMIT = 5;
const LARGEST_LIMIT = 50;

/** A code that the customer holds, a tier for everybody, or a campaign that gives out codes. */
interface Candidate {
	readonly object: 'voucher' | 'promotion_tier';
	readonly id: string;
	readonly redeemable: Redeemable;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
}

const FILTERS: FilterFields<Candidate> = {
	category_id: () => undefined,
	campaign_id: ({ redeemable }) => campaignOf(redeemable)?.id,
	campaign_type: ({ redeemable }) => campaignOf(redeemable)?.campaignType,
	resource_id: ({ id }) => id,
	resource_type: ({ object }) => object,
	voucher_type: ({ redeemable }) => (redeemable.kind === 'voucher' ? redeemable.voucher.type : undefined),
	code: ({ redeemable }) => (redeemable.kind === 'voucher' ? redeemable.voucher.code : undefined),
	holder_role: () => 'OWNER',
};

/** Answers POST /v1/qualifications: what the customer could redeem on the order, newest first. */
export function qualify(given: unknown, state: VoucherifyState): Record<string, unknown> {
	const body = readBody(given);
	const scenario = textIn(body, 'scenario') ?? 'ALL';
	const options = objectIn(body, 'options') ?? {};
	const trackingId = textIn(body, 'tracking_id');
	const order = objectIn(body, 'order');
	const amounts = order && readOrderRequest(order).amounts;
	const { limit, keep } = readOptions(options);

	const found = candidates(state, customerOf(body, state), scenario)
		.filter((candidate) => keep(candidate))
		.flatMap((candidate) => qualified(candidate, amounts, state) ?? [])
		.sort((a, b) => b.createdAt - a.createdAt);
	const page = found.slice(0, limit);
	const hasMore = found.length > page.length;
	const last = page.at(-1);
	return {
		redeemables: {
			object: 'list',
			data_ref: 'data',
			data: page.map(({ shown }) => shown),
			total: page.length,
			has_more: hasMore,
			...(hasMore && last && { more_starting_after: new Date(last.createdAt).toISOString() }),
		},
		...(trackingId !== undefined && { tracking_id: trackingId }),
		...(amounts && { order: { ...amounts.toAmounts(), object: 'order' } }),
		stacking_rules: STACKING_RULES,
	};
}

function readOptions(options: JsonObject): { limit: number; keep: (candidate: Candidate) => boolean } {
	const limit = integerIn(options, 'limit') ?? DEFAULT_LIMIT;
	if (limit < 1 || limit > LARGEST_LIMIT) {
		throw wrongPayload(`Property .options.limit should be from 1 to ${LARGEST_LIMIT}`);
	}
	const after = Date.parse(textIn(options, 'starting_after') ?? '');
	const filter = readFilters(options['filters'], FILTERS);
	return {
		limit,
		// The list runs from the newest to the oldest.
		keep: (candidate) =>
			(filter?.(candidate) ?? true) && (Number.isNaN(after) || candidate.createdAt < after),
	};
}

function customerOf(body: JsonObject, state: VoucherifyState): Customer | undefined {
	const customer = objectIn(body, 'customer') ?? {};
	const id = textIn(customer, 'id') ?? textIn(customer, 'source_id');
	return id === undefined ? undefined : state.customers.find(id);
}

/** The sandbox tells three kinds of scenario apart: a customer's own codes, what is for everybody, and both. */
function candidates(state: VoucherifyState, customer: Customer | undefined, scenario: string): Candidate[] {
	const own =
		scenario === 'AUDIENCE_ONLY' || scenario === 'PROMOTION_STACKS' ? [] : ofCustomer(state, customer);
	const withTiers = scenario === 'ALL' || scenario === 'AUDIENCE_ONLY';
	const found = withTiers ? [...own, ...tiersOf(state)] : own;
	return scenario.startsWith('PRODUCTS') ? found.filter(isAboutProducts) : found;
}

function ofCustomer(state: VoucherifyState, customer: Customer | undefined): Candidate[] {
	if (customer === undefined) return [];
	const vouchers = state.publications.ofCustomer(customer).flatMap((publication) => publication.vouchers);
	return [...new Set(vouchers)].map((voucher) => ({
		object: 'voucher',
		id: voucher.code,
		redeemable: { kind: 'voucher', voucher },
		createdAt: voucher.createdAt,
	}));
}

function tiersOf(state: VoucherifyState): Candidate[] {
	return state.campaigns.all.flatMap((campaign) =>
		campaign.settings.tiers.map((tier): Candidate => ({
			object: 'promotion_tier',
			id: tier.id,
			redeemable: { kind: 'tier', tier, campaign },
			createdAt: campaign.createdAt,
		})),
	);
}

function isAboutProducts({ redeemable }: Candidate): boolean {
	return redeemable.kind === 'voucher' && redeemable.voucher.discount?.type === 'UNIT';
}

/** A candidate that could be redeemed now. */
function qualified(
	{ object, id, redeemable, createdAt }: Candidate,
	amounts: OrderAmounts | undefined,
	state: VoucherifyState,
): { createdAt: number; shown: Record<string, unknown> } | undefined {
	const { rewards, clock } = state.sales;
	const created = { created_at: new Date(createdAt).toISOString() };
	const requested = { object, id, credits: undefined, reward: undefined };
	const balance = cardBalance(redeemable, amounts);
	if (balance !== undefined) {
		const named = campaignFields(redeemable);
		return { createdAt, shown: { id, object, ...created, result: balance, ...named } };
	}
	try {
		const applied = applyRedeemable(redeemable, requested, amounts, rewards, clock.millis());
		return { createdAt, shown: { ...toQualified({ requested, redeemable, ...applied }), ...created } };
	} catch (error) {
		if (error instanceof VoucherifyError) return undefined;
		throw error;
	}
}

/** Cards qualify before a reward was chosen, and gift cards before there is an order. */
function cardBalance(
	redeemable: Redeemable,
	amounts: OrderAmounts | undefined,
): Record<string, unknown> | undefined {
	if (redeemable.kind === 'tier') return undefined;
	const { loyaltyBalance: points, giftBalance: balance } = redeemable.voucher;
	if (points !== undefined) return { loyalty_card: { points, balance: points } };
	return balance !== undefined && amounts === undefined ? { gift: { balance, credits: balance } } : undefined;
}
