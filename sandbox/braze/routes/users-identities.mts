import type { FastifyInstance, FastifyReply } from 'fastify';
import type { BrazeState } from '../state.mts';
import {
	addAliases,
	deleteUsers,
	identify,
	merge,
	type Problem,
	type Processed,
} from '../users/identities.mts';
import { requireJson, type JsonRoute } from './json-body.mts';

/** POST /users/alias/new, /users/identify, /users/merge and /users/delete. */
export function registerUsersIdentities(app: FastifyInstance, state: BrazeState): void {
	const preHandler = requireJson;
	app.post<JsonRoute>(
		'/users/alias/new',
		{ preHandler, config: { permission: 'users.alias.new' } },
		(request, reply) => answer(reply, addAliases(state.profiles, request.body)),
	);
	app.post<JsonRoute>(
		'/users/identify',
		{ preHandler, config: { permission: 'users.identify' } },
		(request, reply) => answer(reply, identify(state.profiles, request.body)),
	);
	app.post<JsonRoute>(
		'/users/merge',
		{ preHandler, config: { permission: 'users.merge' } },
		(request, reply) => {
			const result = merge(state.profiles, request.body);
			// Braze doesn't say how many pairs it found.
			return 'problem' in result ? refuse(reply, result) : reply.code(202).send({ message: 'success' });
		},
	);
	app.post<JsonRoute>(
		'/users/delete',
		{ preHandler, config: { permission: 'users.delete' } },
		(request, reply) => {
			const result = deleteUsers(state.profiles, request.body);
			return 'problem' in result ? refuse(reply, result) : reply.send({ ...result, message: 'success' });
		},
	);
}

function answer(reply: FastifyReply, result: Processed | Problem): FastifyReply {
	if ('problem' in result) return refuse(reply, result);
	const { processed, errors } = result;
	return reply
		.code(201)
		.send({ message: 'success', aliases_processed: processed, ...(errors.length > 0 && { errors }) });
}

function refuse(reply: FastifyReply, { problem }: Problem): FastifyReply {
	return reply.code(400).send({ message: problem });
}
