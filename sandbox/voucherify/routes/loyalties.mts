import type { FastifyInstance } from 'fastify';
import { integerIn, objectIn, readBody, textIn, wrongPayload } from '../body.mts';
import { listMembers, loyaltyMember, loyaltyProgram } from '../loyalty/loyalty-members.mts';
import { list, pageOf } from '../page.mts';
import { readPaging, readQuery, textParameter } from '../query.mts';
import type { VoucherifyState } from '../state.mts';
import { toBalanceDetails } from '../transaction.mts';

const LAST_PAGE = 100;

interface WithProgram {
	Params: { campaignId: string };
}

interface WithMember {
	Params: { campaignId?: string; memberId: string };
}

/** Loyalty programs: members, their points and what they get for them; deprecated, and served as ever. */
export function registerLoyalties(app: FastifyInstance, state: VoucherifyState): void {
	const memberOf = ({ campaignId, memberId }: WithMember['Params']) =>
		loyaltyMember(state, memberId, campaignId);

	app.get<WithProgram>('/v1/loyalties/:campaignId/members', (request) =>
		listMembers(state, loyaltyProgram(state, request.params.campaignId), readQuery(request)),
	);

	app.post<WithProgram>('/v1/loyalties/:campaignId/members', (request) => {
		const { id } = loyaltyProgram(state, request.params.campaignId);
		const body = readBody(request.body);
		// A member is a customer that a card was published to.
		const publication = state.publications.publish({ ...body, campaign: { name: id } }, false);
		return publication.vouchers[0].toVoucher(state.url);
	});

	app.get<WithProgram>('/v1/loyalties/:campaignId/rewards', (request) => {
		const query = readQuery(request);
		const only = textParameter(query, 'assignment_id');
		const offered = state.sales.rewards
			.offeredBy(loyaltyProgram(state, request.params.campaignId))
			.filter(({ id }) => only === undefined || id === only);
		const page = pageOf(offered, readPaging(query, LAST_PAGE), true);
		return list(
			'data',
			page.map((assignment) => assignment.toAssignment()),
			offered.length,
		);
	});

	app.get<WithMember>('/v1/loyalties/members/:memberId/rewards', (request) => {
		const card = memberOf(request.params);
		const affordableOnly = textParameter(readQuery(request), 'affordable_only') === 'true';
		const offered = card.campaign === undefined ? [] : state.sales.rewards.offeredBy(card.campaign);
		const rewards = offered
			.filter(({ points }) => !affordableOnly || (points ?? 1) <= (card.loyaltyBalance ?? 0))
			.map((assignment) => ({
				reward: assignment.reward.toReward(),
				assignment: assignment.toAssignment(),
				object: 'loyalty_reward',
			}));
		return list('data', rewards, rewards.length);
	});

	for (const members of ['/v1/loyalties/members', '/v1/loyalties/:campaignId/members']) {
		app.get<WithMember>(`${members}/:memberId`, (request) => memberOf(request.params).toVoucher(state.url));

		app.post<WithMember>(`${members}/:memberId/balance`, (request) => {
			const body = readBody(request.body);
			const points = integerIn(body, 'points');
			if (points === undefined) throw wrongPayload('Property .points is required');
			const entry = { reason: textIn(body, 'reason'), sourceId: textIn(body, 'source_id') };
			const { code } = memberOf(request.params);
			return toBalanceDetails(state.balances.adjustBalance(code, points, entry));
		});

		app.post<WithMember>(`${members}/:memberId/redemption`, (request) => {
			const { code } = memberOf(request.params);
			const body = readBody(request.body);
			const redeemables = [{ object: 'voucher', id: code, reward: objectIn(body, 'reward') }];
			const order = objectIn(body, 'order');
			const metadata = objectIn(body, 'metadata');
			const { redemptions } = state.sales.redemptions.redeem({
				redeemables,
				...(order && { order }),
				...(metadata && { metadata }),
			});
			return redemptions[0]?.toEntry(state.url);
		});
	}
}
