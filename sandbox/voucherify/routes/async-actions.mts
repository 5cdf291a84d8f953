import type { FastifyInstance } from 'fastify';
import { instantParameter, readPaging, readQuery } from '../query.mts';
import type { VoucherifyState } from '../state.mts';

interface WithAction {
	Params: { asyncActionId: string };
}

/** Asynchronous actions: list (newest first; `end_date` goes on before an instant), get, and the list of failed rows. */
export function registerAsyncActions(app: FastifyInstance, state: VoucherifyState): void {
	app.get('/v1/async-actions', (request) => {
		const query = readQuery(request);
		const { limit } = readPaging(query, 1);
		const end = instantParameter(query, 'end_date') ?? Infinity;
		const found = state.asyncActions.all.filter(({ createdAt }) => createdAt < end).reverse();
		const page = found.slice(0, limit).map((action) => state.asyncActions.toListedAction(action));
		return { object: 'list', data_ref: 'async_actions', async_actions: page, has_more: found.length > limit };
	});

	app.get<WithAction>('/v1/async-actions/:asyncActionId', (request) =>
		state.asyncActions.toAction(state.asyncActions.get(request.params.asyncActionId)),
	);

	app.get<WithAction>('/downloads/async-actions/:asyncActionId', (request, reply) => {
		const { outcome } = state.asyncActions.get(request.params.asyncActionId);
		return reply.type('application/json; charset=utf-8').send(outcome?.failed ?? []);
	});
}
