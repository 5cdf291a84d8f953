import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Permission } from '../api-keys.mts';
import type { Json } from '../json.mts';
import type { SendResult } from '../sends.mts';
import type { BrazeState } from '../state.mts';
import { requireJson, type JsonRoute } from './json-body.mts';

interface TransactionalRoute extends JsonRoute {
	Params: { id: string };
}

/** POST /campaigns/trigger/send, /canvas/trigger/send, /messages/send and the sending of transactional campaigns. */
export function registerSends(app: FastifyInstance, state: BrazeState): void {
	const register = (url: string, permission: Permission, send: (body: Json | undefined) => SendResult) =>
		app.post<JsonRoute>(url, { preHandler: requireJson, config: { permission } }, ({ body }, reply) =>
			answer(reply, send(body), ({ dispatchId }) => ({ message: 'success', dispatch_id: dispatchId })),
		);
	register('/campaigns/trigger/send', 'campaigns.trigger.send', (body) => state.sends.campaign(body));
	register('/canvas/trigger/send', 'canvas.trigger.send', (body) => state.sends.canvas(body));
	register('/messages/send', 'messages.send', (body) => state.sends.message(body));
	app.post<TransactionalRoute>(
		'/transactional/v1/campaigns/:id/send',
		{ preHandler: requireJson, config: { permission: 'transactional.send' } },
		// Whether the message arrives is told later, so an unknown user gets the same answer.
		({ params, body }, reply) =>
			answer(reply, state.sends.transactional(params.id, body), ({ dispatchId }) => ({
				message: 'success',
				dispatch_id: dispatchId,
				status: 'sent',
				metadata: {},
			})),
	);
}

function answer(
	reply: FastifyReply,
	result: SendResult,
	body: (send: { readonly dispatchId: string }) => Record<string, unknown>,
): FastifyReply {
	if ('problem' in result) return reply.code(400).send({ message: result.problem });
	return reply.code(201).send(body(result.send));
}
