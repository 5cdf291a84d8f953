import type { FastifyInstance } from 'fastify';
import type { BrazeState } from '../state.mts';
import { pageOf, sorted, type PagedRoute } from './paging.mts';

const PAGE_SIZE = 100;

/** GET /campaigns/list */
export function registerCampaigns(app: FastifyInstance, state: BrazeState): void {
	app.get<PagedRoute>('/campaigns/list', { config: { permission: 'campaigns.list' } }, ({ query }) => {
		const { campaigns, archivedCampaigns } = state.workspace;
		const listed = query.include_archived === 'true' ? [...campaigns, ...archivedCampaigns] : campaigns;
		return {
			message: 'success',
			campaigns: pageOf(sorted(listed, query.sort_direction), query.page, PAGE_SIZE),
		};
	});
}
