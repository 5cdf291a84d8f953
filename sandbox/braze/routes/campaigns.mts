import type { FastifyInstance } from 'fastify';
import type { BrazeState } from '../state.mts';
import { EDITED } from '../workspace-seed.mts';
import { pageOf, sorted, type PagedRoute } from './paging.mts';

interface DetailsRoute {
	Querystring: { campaign_id?: string };
}

const PAGE_SIZE = 100;

/** GET /campaigns/list and /campaigns/details */
export function registerCampaigns(app: FastifyInstance, state: BrazeState): void {
	app.get<PagedRoute>('/campaigns/list', { config: { permission: 'campaigns.list' } }, ({ query }) => {
		const { campaigns, archivedCampaigns } = state.workspace;
		const listed = query.include_archived === 'true' ? [...campaigns, ...archivedCampaigns] : campaigns;
		return {
			message: 'success',
			campaigns: pageOf(sorted(listed, query.sort_direction), query.page, PAGE_SIZE),
		};
	});
	app.get<DetailsRoute>(
		'/campaigns/details',
		{ config: { permission: 'campaigns.details' } },
		({ query }, reply) => {
			const { campaigns, archivedCampaigns, transactionalCampaigns } = state.workspace;
			const id = query.campaign_id ?? '';
			const found = [...campaigns, ...archivedCampaigns, ...transactionalCampaigns].find(
				(one) => one.id === id,
			);
			if (found === undefined) return reply.code(404).send({ message: `Campaign with id ${id} not found` });
			return reply.send({
				message: 'success',
				name: found.name,
				description: '',
				created_at: EDITED,
				updated_at: found.last_edited,
				archived: archivedCampaigns.includes(found),
				draft: false,
				enabled: !archivedCampaigns.includes(found),
				schedule_type: 'api_triggered',
				channels: ['email'],
				tags: found.tags,
				first_sent: EDITED,
				last_sent: found.last_edited,
				teams: ['CRM'],
				messages: { [`${id}-email`]: { channel: 'email', name: 'Variant 1', subject: found.name } },
				conversion_behaviors: [],
			});
		},
	);
}
