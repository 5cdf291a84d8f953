import type { FastifyInstance } from 'fastify';
import type { Permission } from '../api-keys.mts';
import type { ItemWrite } from '../catalogs.mts';
import type { BrazeState } from '../state.mts';
import { answer, refuse } from './catalogs.mts';
import { requireJson, type JsonRoute } from './json-body.mts';

interface ItemsRoute extends JsonRoute {
	Params: { name: string };
	Querystring: { cursor?: string };
}

interface ItemRoute extends JsonRoute {
	Params: { name: string; id: string };
}

const ITEMS = '/catalogs/:name/items';
const ITEM = '/catalogs/:name/items/:id';

interface Write {
	readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	readonly write: ItemWrite;
	readonly permission: Permission;
}

const BULK_WRITES: readonly Write[] = [
	{ method: 'POST', write: 'create', permission: 'catalogs.add_items' },
	{ method: 'PATCH', write: 'update', permission: 'catalogs.update_items' },
	{ method: 'PUT', write: 'replace', permission: 'catalogs.replace_items' },
	{ method: 'DELETE', write: 'delete', permission: 'catalogs.delete_items' },
];

/** Items of a catalog: in bulk (202, applied later) and one by one. */
export function registerCatalogItems(app: FastifyInstance, state: BrazeState): void {
	for (const { method, write, permission } of BULK_WRITES) {
		app.route<ItemsRoute>({
			method,
			url: ITEMS,
			preHandler: requireJson,
			config: { permission },
			handler: ({ params, body }, reply) =>
				answer(reply, 202, state.catalogs.writeItems(params.name, body, write)),
		});
	}
	app.get<ItemsRoute>(ITEMS, { config: { permission: 'catalogs.get_items' } }, (request, reply) => {
		const { name } = request.params;
		const after = Buffer.from(request.query.cursor ?? '', 'base64url').toString();
		const page = state.catalogs.items(name, after);
		if ('error' in page) return refuse(reply, page);
		if (page.next !== undefined) {
			const cursor = Buffer.from(page.next).toString('base64url');
			void reply.header('Link', `</catalogs/${name}/items?cursor=${cursor}>; rel="next"`);
		}
		return reply.send({ message: 'success', items: page.items });
	});
	registerSingleItems(app, state);
}

function registerSingleItems(app: FastifyInstance, state: BrazeState): void {
	app.get<ItemRoute>(ITEM, { config: { permission: 'catalogs.get_item' } }, ({ params }, reply) => {
		const found = state.catalogs.item(params.name, params.id);
		if ('error' in found) return refuse(reply, found);
		return reply.send({ message: 'success', items: [found.item] });
	});
	app.post<ItemRoute>(
		ITEM,
		{ preHandler: requireJson, config: { permission: 'catalogs.create_item' } },
		({ params: { name, id }, body }, reply) =>
			answer(reply, 201, state.catalogs.writeItem(name, id, body, 'create')),
	);
	app.patch<ItemRoute>(
		ITEM,
		{ preHandler: requireJson, config: { permission: 'catalogs.update_item' } },
		({ params: { name, id }, body }, reply) =>
			answer(reply, 200, state.catalogs.writeItem(name, id, body, 'update')),
	);
	app.put<ItemRoute>(
		ITEM,
		{ preHandler: requireJson, config: { permission: 'catalogs.replace_item' } },
		({ params: { name, id }, body }, reply) =>
			answer(reply, 200, state.catalogs.writeItem(name, id, body, 'replace')),
	);
	app.delete<ItemRoute>(ITEM, { config: { permission: 'catalogs.delete_item' } }, ({ params }, reply) =>
		answer(reply, 200, state.catalogs.deleteItem(params.name, params.id)),
	);
}
