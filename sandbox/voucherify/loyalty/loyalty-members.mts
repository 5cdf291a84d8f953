import type { Campaign } from '../campaign.mts';
import { notFound } from '../errors.mts';
import { isObject, type JsonObject } from '../json.mts';
import { list, pageOf, sortedBy } from '../page.mts';
import { instantParameter, orderParameter, readPaging, textParameter } from '../query.mts';
import type { VoucherifyState } from '../state.mts';
import type { Voucher } from '../voucher.mts';

const LAST_PAGE = 100;

/** The loyalty program with this id or name. Throws 404 for any other campaign too. */
export function loyaltyProgram(state: VoucherifyState, idOrName: string): Campaign {
	const campaign = state.campaigns.get(idOrName);
	if (campaign.campaignType !== 'LOYALTY_PROGRAM') throw notFound('loyalty campaign', idOrName);
	return campaign;
}

/** The loyalty card with this code, of the given program if there is one. Throws 404. */
export function loyaltyMember(state: VoucherifyState, code: string, program: string | undefined): Voucher {
	const card = state.campaigns.getVoucher(code);
	const isElsewhere = program !== undefined && card.campaign !== loyaltyProgram(state, program);
	if (isElsewhere || card.type !== 'LOYALTY_CARD') throw notFound('loyalty member', code);
	return card;
}

/** Answers GET /v1/loyalties/{campaignId}/members: the cards that somebody holds. */
export function listMembers(
	state: VoucherifyState,
	program: Campaign,
	query: JsonObject,
): Record<string, unknown> {
	const paging = readPaging(query, LAST_PAGE);
	const { field, descending } = orderParameter(query, ['created_at', 'updated_at', 'code'], 'created_at');
	const tests = readTests(state, query);
	const found = members(program).filter((card) => tests.every((test) => test(card)));
	const ordered = sortedBy(found, (card) => {
		if (field === 'code') return card.code;
		return field === 'updated_at' ? (card.updatedAt ?? card.createdAt) : card.createdAt;
	});
	const page = pageOf(ordered, paging, descending).map((card) => card.toVoucher(state.url));
	return list('vouchers', page, found.length);
}

function members(program: Campaign): Voucher[] {
	const cards = Array.from({ length: program.codeCount }, (_, place) => program.voucher(place));
	return cards.filter(({ holderId }) => holderId !== undefined);
}

function readTests(state: VoucherifyState, query: JsonObject): ((card: Voucher) => boolean)[] {
	const tests: ((card: Voucher) => boolean)[] = [];
	const customerId = textParameter(query, 'customer');
	if (customerId !== undefined) {
		const customer = state.customers.find(customerId);
		tests.push(({ holderId }) => customer !== undefined && holderId === customer.id);
	}
	const code = textParameter(query, 'code');
	if (code !== undefined) tests.push((card) => card.code === code);
	const ids = query['ids'];
	if (Array.isArray(ids)) tests.push(({ id }) => ids.includes(id));
	for (const name of ['created_at', 'updated_at'] as const) {
		const range = query[name];
		if (!isObject(range)) continue;
		const after = instantParameter(range, 'after') ?? -Infinity;
		const before = instantParameter(range, 'before') ?? Infinity;
		tests.push(({ createdAt, updatedAt }) => {
			const at = name === 'created_at' ? createdAt : updatedAt;
			return at !== undefined && at > after && at < before;
		});
	}
	return tests;
}
