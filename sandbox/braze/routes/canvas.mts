import type { FastifyInstance } from 'fastify';
import type { BrazeState } from '../state.mts';
import { pageOf, sorted, type PagedRoute } from './paging.mts';

const PAGE_SIZE = 100;

/** GET /canvas/list */
export function registerCanvas(app: FastifyInstance, state: BrazeState): void {
	app.get<PagedRoute>('/canvas/list', { config: { permission: 'canvas.list' } }, ({ query }) => ({
		message: 'success',
		canvases: pageOf(sorted(state.workspace.canvases, query.sort_direction), query.page, PAGE_SIZE),
	}));
}
