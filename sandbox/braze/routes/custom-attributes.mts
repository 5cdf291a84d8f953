import type { FastifyInstance } from 'fastify';
import type { BrazeState } from '../state.mts';

const PAGE_SIZE = 50;

interface CursorRoute {
	Querystring: { cursor?: string };
}

/** GET /custom_attributes: 50 a page; the Link header leads to the next. */
export function registerCustomAttributes(app: FastifyInstance, state: BrazeState): void {
	app.get<CursorRoute>(
		'/custom_attributes',
		{ config: { permission: 'custom_attributes.get' } },
		(request, reply) => {
			const { cursor } = request.query;
			const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString();
			const remaining = state.names.attributes().filter(({ name }) => name > after);
			const attributes = remaining.slice(0, PAGE_SIZE);
			const last = attributes.at(-1);
			if (last !== undefined && remaining.length > PAGE_SIZE) {
				const next = Buffer.from(last.name).toString('base64url');
				const address = `${request.protocol}://${request.host}/custom_attributes?cursor=${next}`;
				void reply.header('Link', `<${address}>; rel="next"`);
			}
			return reply.send({ message: 'success', attributes });
		},
	);
}
