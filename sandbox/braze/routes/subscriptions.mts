import type { FastifyInstance, FastifyReply } from 'fastify';
import type { BrazeState } from '../state.mts';
import { setStatus, setStatuses, statuses } from '../subscriptions.mts';
import { requireJson, type JsonRoute } from './json-body.mts';

interface StatusRoute {
	Querystring: Readonly<Record<string, string | string[] | undefined>>;
}

const LARGEST_PAGE = 100;

/** POST /subscription/status/set and its version 2, GET /subscription/user/status. */
export function registerSubscriptions(app: FastifyInstance, state: BrazeState): void {
	const options = { preHandler: requireJson, config: { permission: 'subscription.status.set' } } as const;
	const groups = state.workspace.subscriptionGroups;
	app.post<JsonRoute>('/subscription/status/set', options, ({ body }, reply) =>
		answer(reply, setStatus(state.profiles, groups, body)),
	);
	app.post<JsonRoute>('/v2/subscription/status/set', options, ({ body }, reply) =>
		answer(reply, setStatuses(state.profiles, groups, body)),
	);
	app.get<StatusRoute>(
		'/subscription/user/status',
		{ config: { permission: 'subscription.groups.get' } },
		({ query }, reply) => {
			const texts = (name: string) => [query[name] ?? [], query[`${name}[]`] ?? []].flat();
			const limit = Number(query['limit'] ?? LARGEST_PAGE);
			const offset = Number(query['offset'] ?? 0);
			if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE || !(offset >= 0)) {
				return reply.code(400).send({ message: "'limit' or 'offset' is invalid" });
			}
			const asked = { externalIds: texts('external_id'), emails: texts('email'), phones: texts('phone') };
			const users = statuses(state.profiles, groups, asked);
			return reply.send({
				message: 'success',
				users: users.slice(offset, offset + limit),
				total_count: users.length,
			});
		},
	);
}

function answer(reply: FastifyReply, problem: string | undefined): FastifyReply {
	return problem === undefined
		? reply.code(201).send({ message: 'success' })
		: reply.code(400).send({ message: problem });
}
