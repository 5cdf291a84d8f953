import type { FastifyInstance } from 'fastify';
import type { BrazeState } from '../state.mts';
import { pageOf, sorted, type PagedRoute } from './paging.mts';

const PAGE_SIZE = 100;

/** GET /segments/list */
export function registerSegments(app: FastifyInstance, state: BrazeState): void {
	app.get<PagedRoute>('/segments/list', { config: { permission: 'segments.list' } }, ({ query }) => ({
		message: 'success',
		segments: pageOf(sorted(state.workspace.segments, query.sort_direction), query.page, PAGE_SIZE),
	}));
}
