import type { FastifyInstance } from 'fastify';
import { LARGEST_FILE } from '../promotion-lists.mts';
import type { BrazeState } from '../state.mts';

interface UploadRoute {
	Params: { name: string };
	Body: unknown;
}

/**
 * Uploading promotion codes, which real Braze offers in its dashboard only: POST /_sandbox/promotion-lists/{name} with
 * the CSV file as the body. GET on the same path tells count and first codes.
 */
export function registerPromotionLists(app: FastifyInstance, state: BrazeState): void {
	app.post<UploadRoute>('/_sandbox/promotion-lists/:name', { bodyLimit: LARGEST_FILE }, (request, reply) => {
		const { body, params } = request;
		const result = state.promotionLists.upload(
			params.name,
			Buffer.from(typeof body === 'string' ? body : ''),
		);
		if ('problem' in result) return reply.code(400).send({ message: result.problem });
		return reply
			.code(201)
			.send({ message: 'success', name: params.name, added: result.added, ...result.list.toJSON() });
	});
	app.get<UploadRoute>('/_sandbox/promotion-lists/:name', (request, reply) => {
		const { name } = request.params;
		const list = state.promotionLists.get(name);
		if (list === undefined)
			return reply.code(404).send({ message: `There is no promotion code list '${name}'.` });
		return reply.send({ name, ...list.toJSON() });
	});
}
