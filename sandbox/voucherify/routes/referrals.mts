import type { FastifyInstance } from 'fastify';
import { type FilterFields, readFilters } from '../conditions.mts';
import { notFound } from '../errors.mts';
import { sortedBy } from '../page.mts';
import { orderParameter, readQuery } from '../query.mts';
import { type ReferralHolder, toHolder } from '../referrals/referral-holders.mts';
import type { VoucherifyState } from '../state.mts';
import { cursorList } from '../transaction-list.mts';
import type { Voucher } from '../voucher.mts';

const FILTERS: FilterFields<ReferralHolder> = {
	id: ({ id }) => id,
	customer_id: ({ customerId }) => customerId,
	holder_role: ({ role }) => role,
	created_at: ({ createdAt }) => new Date(createdAt).toISOString(),
};

interface WithMember {
	Params: { campaignId?: string; memberId: string };
}

interface WithHolder {
	Params: { campaignId?: string; memberId: string; holderId: string };
}

/** Holders of referral codes: list, add and remove, under the campaign's address and without it. */
export function registerReferrals(app: FastifyInstance, state: VoucherifyState): void {
	for (const members of ['/v1/referrals/members', '/v1/referrals/:campaignId/members']) {
		app.get<WithMember>(`${members}/:memberId/holders`, (request) => {
			const query = readQuery(request);
			const { descending } = orderParameter(query, ['id'], 'id');
			const keep = readFilters(query['filters'], FILTERS);
			const holders = state.sales.referralHolders.of(memberOf(state, request.params));
			const found = sortedBy(keep === undefined ? holders : holders.filter(keep), ({ id }) => id);
			return { ...cursorList(found, query, descending, toHolder), total: found.length };
		});

		app.post<WithMember>(`${members}/:memberId/holders`, (request) => {
			const added = state.sales.referralHolders.add(memberOf(state, request.params), request.body);
			return { holders: added.map(toHolder) };
		});

		app.delete<WithHolder>(`${members}/:memberId/holders/:holderId`, (request, reply) => {
			state.sales.referralHolders.remove(memberOf(state, request.params), request.params.holderId);
			return reply.code(204).send();
		});
	}
}

/** The referral code that an address names. Throws 404. */
function memberOf(state: VoucherifyState, { campaignId, memberId }: WithMember['Params']): Voucher {
	const voucher = state.campaigns.getVoucher(memberId);
	const isElsewhere = campaignId !== undefined && voucher.campaign !== state.campaigns.get(campaignId);
	if (isElsewhere || voucher.campaign?.isReferral !== true) throw notFound('referral member', memberId);
	return voucher;
}
