import type { FastifyInstance } from 'fastify';
import type { BrazeState } from '../state.mts';
import { pageOf, sorted, type PagedRoute } from './paging.mts';

const PAGE_SIZE = 100;

/** GET /canvas/list */
export function registerCanvas(app: FastifyInstance, state: BrazeState): void {
	app.get<PagedRoute>('/canvas/list', { config: { permission: 'canvas.list' } }, ({ query }) => {
		const listed = state.workspace.canvases.filter(
			(canvas) => !canvas.archived || query.include_archived === 'true',
		);
		const canvases = pageOf(sorted(listed, query.sort_direction), query.page, PAGE_SIZE);
		return { message: 'success', canvases: canvases.map(({ archived: _, ...canvas }) => canvas) };
	});
}
