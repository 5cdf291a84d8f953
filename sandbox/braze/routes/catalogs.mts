import type { FastifyInstance, FastifyReply } from 'fastify';
import type { CatalogRefusal } from '../catalogs.mts';
import type { BrazeState } from '../state.mts';
import { requireJson, type JsonRoute } from './json-body.mts';

interface CatalogRoute extends JsonRoute {
	Params: { name: string };
}

interface FieldRoute {
	Params: { name: string; field: string };
}

/** GET and POST /catalogs, DELETE /catalogs/{catalog_name}, and the fields of a catalog (202, applied later). */
export function registerCatalogs(app: FastifyInstance, state: BrazeState): void {
	app.get('/catalogs', { config: { permission: 'catalogs.get' } }, () => ({
		message: 'success',
		catalogs: state.catalogs.list(),
	}));
	app.post<JsonRoute>(
		'/catalogs',
		{ preHandler: requireJson, config: { permission: 'catalogs.create' } },
		(request, reply) => {
			const created = state.catalogs.create(request.body);
			if ('error' in created) return refuse(reply, created);
			return reply.code(201).send({ message: 'success', catalogs: [created.catalog] });
		},
	);
	app.delete<CatalogRoute>(
		'/catalogs/:name',
		{ config: { permission: 'catalogs.delete' } },
		(request, reply) => {
			const refused = state.catalogs.delete(request.params.name);
			return answer(reply, 200, refused);
		},
	);
	app.post<CatalogRoute>(
		'/catalogs/:name/fields',
		{ preHandler: requireJson, config: { permission: 'catalogs.create_fields' } },
		({ params, body }, reply) => answer(reply, 202, state.catalogs.addFields(params.name, body)),
	);
	app.delete<FieldRoute>(
		'/catalogs/:name/fields/:field',
		{ config: { permission: 'catalogs.delete_fields' } },
		({ params }, reply) => answer(reply, 202, state.catalogs.deleteField(params.name, params.field)),
	);
}

/** Answers with success, or with why the request is refused. */
export function answer(
	reply: FastifyReply,
	status: number,
	refused: CatalogRefusal | undefined,
): FastifyReply {
	return refused === undefined ? reply.code(status).send({ message: 'success' }) : refuse(reply, refused);
}

/** Answers in the shape that the catalog endpoints have for errors. */
export function refuse(reply: FastifyReply, { status, error }: CatalogRefusal): FastifyReply {
	return reply.code(status).send({ message: 'Invalid Request', errors: [error] });
}
