import type { FastifyInstance } from 'fastify';
import { type FilterFields, readFilters } from '../conditions.mts';
import { list, pageOf, sortedBy } from '../page.mts';
import { orderParameter, readPaging, readQuery } from '../query.mts';
import type { Segment } from '../segments.mts';
import type { VoucherifyState } from '../state.mts';

const LAST_PAGE = 100;

const FILTERS: FilterFields<Segment> = {
	id: ({ id }) => id,
	name: ({ name }) => name,
	type: ({ membership }) => membership.type,
	created_at: ({ createdAt }) => new Date(createdAt).toISOString(),
};

/** Segments: list, create, get, delete. */
export function registerSegments(app: FastifyInstance, state: VoucherifyState): void {
	app.get('/v1/segments', (request) => {
		const query = readQuery(request);
		const paging = readPaging(query, LAST_PAGE);
		const { descending } = orderParameter(query, ['created_at'], 'created_at');
		const keep = readFilters(query['filters'], FILTERS);
		const { ids } = query;
		const found = state.segments.all.filter(
			(segment) => (keep?.(segment) ?? true) && (!Array.isArray(ids) || ids.includes(segment.id)),
		);
		const ordered = sortedBy(found, ({ createdAt }) => createdAt);
		const page = pageOf(ordered, paging, descending).map((segment) => segment.toSegment());
		return list('data', page, found.length);
	});

	app.post('/v1/segments', (request) =>
		state.segments.create(request.body, state.customers.ordered).toSegment(),
	);

	app.get<{ Params: { segmentId: string } }>('/v1/segments/:segmentId', (request) =>
		state.segments.get(request.params.segmentId).toSegment(),
	);

	app.delete<{ Params: { segmentId: string } }>('/v1/segments/:segmentId', (request, reply) => {
		state.segments.delete(state.segments.get(request.params.segmentId));
		return reply.code(204).send();
	});
}
