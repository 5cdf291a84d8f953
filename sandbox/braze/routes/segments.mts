import type { FastifyInstance } from 'fastify';
import type { BrazeState } from '../state.mts';
import { EDITED } from '../workspace-seed.mts';
import { pageOf, sorted, type PagedRoute } from './paging.mts';

interface DetailsRoute {
	Querystring: { segment_id?: string };
}

const PAGE_SIZE = 100;

/** GET /segments/list and /segments/details */
export function registerSegments(app: FastifyInstance, state: BrazeState): void {
	app.get<PagedRoute>('/segments/list', { config: { permission: 'segments.list' } }, ({ query }) => ({
		message: 'success',
		segments: pageOf(sorted(state.workspace.segments, query.sort_direction), query.page, PAGE_SIZE),
	}));
	app.get<DetailsRoute>(
		'/segments/details',
		{ config: { permission: 'segments.details' } },
		({ query }, reply) => {
			const id = query.segment_id ?? '';
			const found = state.workspace.segments.find((one) => one.id === id);
			if (found === undefined) return reply.code(404).send({ message: `Segment with id ${id} not found` });
			const { name, tags } = found;
			const times = { created_at: EDITED, updated_at: EDITED };
			return reply.send({
				message: 'success',
				...times,
				name,
				description: '',
				text_description: '',
				tags,
				teams: ['CRM'],
			});
		},
	);
}
