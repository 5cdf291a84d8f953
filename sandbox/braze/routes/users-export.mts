import type { FastifyInstance } from 'fastify';
import type { BrazeState } from '../state.mts';
import { requireJson, type JsonRoute } from './json-body.mts';

/** POST /users/export/ids */
export function registerUsersExport(app: FastifyInstance, state: BrazeState): void {
	app.post<JsonRoute>(
		'/users/export/ids',
		{ preHandler: requireJson, config: { permission: 'users.export.ids' } },
		(request, reply) => {
			const answer = state.exportIds(request.body);
			if ('problem' in answer) return reply.code(400).send({ message: answer.problem });
			const invalid = answer.invalid.length > 0 ? { invalid_user_ids: answer.invalid } : {};
			return reply.code(200).send({ message: 'success', users: answer.users, ...invalid });
		},
	);
}
