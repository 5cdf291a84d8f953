import type { FastifyInstance } from 'fastify';
import type { BrazeState } from '../state.mts';
import { pageOf, type PagedRoute } from './paging.mts';

const PAGE_SIZE = 250;

/** GET /events/list: names of custom events in alphabetical order. */
export function registerEvents(app: FastifyInstance, state: BrazeState): void {
	app.get<PagedRoute>('/events/list', { config: { permission: 'events.list' } }, ({ query }) => ({
		message: 'success',
		events: pageOf(state.names.events(), query.page, PAGE_SIZE),
	}));
}
