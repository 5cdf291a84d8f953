import type { FastifyInstance } from 'fastify';
import { campaignSummary } from '../campaign-summary.mts';
import type { Campaign } from '../campaign.mts';
import { type FilterFields, readFilters } from '../conditions.mts';
import { list, pageOf, sortedBy } from '../page.mts';
import { orderParameter, readPaging, readQuery, textParameter } from '../query.mts';
import type { VoucherifyState } from '../state.mts';
import { isoOrNull } from '../voucher.mts';

const LAST_PAGE = 100;

const FILTERS: FilterFields<Campaign> = {
	campaigns: ({ name }) => name,
	campaigns_id: ({ id }) => id,
	campaign_status: ({ creationStatus }) => creationStatus,
	is_referral_code: ({ isReferral }) => String(isReferral).toUpperCase(),
	type: ({ settings }) => settings.stockType,
	created_date: ({ createdAt }) => new Date(createdAt).toISOString(),
	updated_at: ({ updatedAt, createdAt }) => new Date(updatedAt ?? createdAt).toISOString(),
	expiration_date: ({ settings }) => isoOrNull(settings.expiresAt) ?? undefined,
};

interface WithCampaign {
	Params: { campaignId: string };
}

/** Campaigns: list, create, get, update, delete, enable and disable. */
export function registerCampaigns(app: FastifyInstance, state: VoucherifyState): void {
	app.get('/v1/campaigns', (request) => {
		const query = readQuery(request);
		const paging = readPaging(query, LAST_PAGE);
		const { descending } = orderParameter(query, ['created_at', 'updated_at'], 'created_at');
		const type = textParameter(query, 'campaign_type');
		const status = textParameter(query, 'campaign_status');
		const referral = textParameter(query, 'is_referral_code');
		const keep = readFilters(query['filters'], FILTERS);
		const found = state.campaigns.all.filter(
			(campaign) =>
				(type === undefined || campaign.campaignType === type) &&
				(status === undefined || campaign.creationStatus === status) &&
				(referral === undefined || String(campaign.isReferral) === referral) &&
				(keep?.(campaign) ?? true),
		);
		const ordered = sortedBy(found, ({ createdAt }) => createdAt);
		const page = pageOf(ordered, paging, descending).map((campaign) => campaign.toListedCampaign());
		return list('campaigns', page, found.length);
	});

	app.post('/v1/campaigns', (request) => state.campaignChanges.create(request.body).toCampaign());

	app.get<WithCampaign>('/v1/campaigns/:campaignId', (request) =>
		state.campaigns.get(request.params.campaignId).toCampaign(),
	);

	app.get<WithCampaign>('/v1/campaigns/:campaignId/summary', (request) =>
		campaignSummary(state, state.campaigns.get(request.params.campaignId), readQuery(request)),
	);

	app.put<WithCampaign>('/v1/campaigns/:campaignId', (request) => {
		const campaign = state.campaigns.get(request.params.campaignId);
		state.campaignChanges.update(campaign, request.body);
		return campaign.toCampaign();
	});

	app.delete<WithCampaign>('/v1/campaigns/:campaignId', (request, reply) => {
		const campaign = state.campaigns.get(request.params.campaignId);
		const { id } = state.campaignChanges.delete(campaign, readQuery(request)['force'] === 'true');
		return reply.code(202).send({ async_action_id: id });
	});

	for (const [action, active] of [
		['enable', true],
		['disable', false],
	] as const) {
		app.post<WithCampaign>(`/v1/campaigns/:campaignId/${action}`, (request) => {
			state.campaignChanges.setActive(state.campaigns.get(request.params.campaignId), active);
			return {};
		});
	}
}
