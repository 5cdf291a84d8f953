import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Json } from '../json.mts';

/** Body types of a route that takes JSON; any other content type arrives as text. */
export interface JsonRoute {
	Body: Json | undefined;
}

/** Ends requests whose content type is not JSON with 415; use it as `preHandler`. */
export async function requireJson(
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply | undefined> {
	const type = request.headers['content-type'];
	if (request.body === undefined || type?.includes('json') === true) return undefined;
	return reply.code(415).send({ message: 'The Content-Type of the request must be application/json' });
}
