import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ContentBlockQuery, Problem } from '../content-blocks.mts';
import type { BrazeState } from '../state.mts';
import { requireJson, type JsonRoute } from './json-body.mts';

interface ListRoute {
	Querystring: ContentBlockQuery;
}

interface InfoRoute {
	Querystring: { content_block_id?: string; include_inclusion_data?: string };
}

/** GET /content_blocks/list and /content_blocks/info, POST /content_blocks/create and /content_blocks/update. */
export function registerContentBlocks(app: FastifyInstance, state: BrazeState): void {
	app.get<ListRoute>(
		'/content_blocks/list',
		{ config: { permission: 'content_blocks.list' } },
		(request, reply) => {
			const listed = state.contentBlocks.list(request.query);
			if ('problem' in listed) return refuse(reply, listed);
			return reply.send({ count: listed.length, content_blocks: listed, message: 'success' });
		},
	);
	app.get<InfoRoute>(
		'/content_blocks/info',
		{ config: { permission: 'content_blocks.info' } },
		(request, reply) => {
			const block = state.contentBlocks.info(request.query.content_block_id);
			if (block === undefined) return reply.code(404).send({ message: 'Content Block ID is invalid' });
			// No message of the sandbox includes a block by its Liquid tag.
			const inclusions = request.query.include_inclusion_data === 'true' && { inclusion_data: [] };
			return reply.send({ ...block, ...inclusions, message: 'success' });
		},
	);
	app.post<JsonRoute>(
		'/content_blocks/create',
		{ preHandler: requireJson, config: { permission: 'content_blocks.create' } },
		(request, reply) => answer(reply.code(201), state.contentBlocks.create(request.body)),
	);
	app.post<JsonRoute>(
		'/content_blocks/update',
		{ preHandler: requireJson, config: { permission: 'content_blocks.update' } },
		(request, reply) => answer(reply, state.contentBlocks.update(request.body)),
	);
}

function answer(reply: FastifyReply, result: Record<string, unknown> | Problem): FastifyReply {
	return isProblem(result) ? refuse(reply, result) : reply.send({ ...result, message: 'success' });
}

function isProblem(result: Record<string, unknown> | Problem): result is Problem {
	return 'problem' in result;
}

function refuse(reply: FastifyReply, { problem }: Problem): FastifyReply {
	return reply.code(400).send({ message: problem });
}
