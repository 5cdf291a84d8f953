import type { BrazeCase } from './braze-case.mts';

const ITEMS = '/catalogs/{catalog_name}/items';
const ITEM = `${ITEMS}/{item_id}`;
const items = { path: ITEMS, url: '/catalogs/promotions/items' };
const existing = { path: ITEM, url: '/catalogs/promotions/items/summer' };
const missing = { path: ITEM, url: '/catalogs/promotions/items/missing' };
const fields = [{ name: 'id', type: 'string' }];
const catalog = { name: 'stores', description: 'Stores', fields };
const block = { name: 'footer', content: '<p>Bye</p>' };
const CREATE_CATALOG = { method: 'POST', path: '/catalogs' } as const;
const CREATE_BLOCK = { method: 'POST', path: '/content_blocks/create' } as const;
const UPDATE_BLOCK = { method: 'POST', path: '/content_blocks/update' } as const;

/** Requests about catalogs and Content Blocks that the contract allows; `blockId` is that of a block that exists. */
export function contentTaken(blockId: string): readonly BrazeCase[] {
	const info = `/content_blocks/info?content_block_id=`;
	return [
		{ ...CREATE_CATALOG, name: 'a catalog', body: { catalogs: [catalog] }, status: 201 },
		{ ...items, method: 'POST', name: 'an item', body: { items: [{ id: 'a', title: 'A' }] }, status: 202 },
		{
			...items,
			method: 'PATCH',
			name: 'an item',
			body: { items: [{ id: 'summer', title: 'A' }] },
			status: 202,
		},
		{ ...items, method: 'DELETE', name: 'an item', body: { items: [{ id: 'summer' }] }, status: 202 },
		{ ...existing, method: 'GET', name: 'an item', status: 200 },
		{ ...missing, method: 'GET', name: 'a missing item', status: 404 },
		{ ...missing, method: 'POST', name: 'a new item', body: { items: [{ title: 'A' }] }, status: 201 },
		{
			...existing,
			method: 'POST',
			name: 'an item that exists',
			body: { items: [{ title: 'A' }] },
			status: 400,
		},
		{ ...existing, method: 'PATCH', name: 'a title', body: { items: [{ title: 'A' }] }, status: 200 },
		{
			...existing,
			method: 'PATCH',
			name: 'an unknown field',
			body: { items: [{ nothing: 'A' }] },
			status: 400,
		},
		{ ...existing, method: 'DELETE', name: 'an item', status: 200 },
		{ method: 'GET', path: '/content_blocks/list', name: 'everything', status: 200 },
		{ method: 'GET', path: '/content_blocks/info', url: info + blockId, name: 'a block', status: 200 },
		{ method: 'GET', path: '/content_blocks/info', url: `${info}nothing`, name: 'no block', status: 404 },
		{ ...CREATE_BLOCK, name: 'a block', body: block, status: 201 },
		{ ...UPDATE_BLOCK, name: 'a block', body: { content_block_id: blockId, content: 'Bye' }, status: 200 },
	];
}

/** Requests that it does not allow. */
export const CONTENT_REFUSED: readonly BrazeCase[] = [
	{ ...CREATE_CATALOG, name: 'two catalogs', body: { catalogs: [catalog, catalog] }, status: 400 },
	{ ...CREATE_CATALOG, name: 'a bad name', body: { catalogs: [{ ...catalog, name: 'a b' }] }, status: 400 },
	{ ...CREATE_CATALOG, name: 'no fields', body: { catalogs: [{ ...catalog, fields: [] }] }, status: 400 },
	{
		...items,
		method: 'POST',
		name: '51 items',
		body: { items: Array.from({ length: 51 }, (_, i) => ({ id: `i${i}` })) },
		status: 400,
	},
	{ ...items, method: 'PATCH', name: 'an item without id', body: { items: [{ title: 'A' }] }, status: 400 },
	{ ...items, method: 'DELETE', name: 'no items', body: { items: [] }, status: 400 },
	{
		...missing,
		method: 'POST',
		name: 'an id in the body',
		body: { items: [{ id: 'missing' }] },
		status: 400,
	},
	{ ...existing, method: 'PATCH', name: 'two items', body: { items: [{}, {}] }, status: 400 },
	{ ...CREATE_BLOCK, name: 'a bad name', body: { ...block, name: 'a b' }, status: 400 },
	{ ...CREATE_BLOCK, name: 'no content', body: { name: 'footer' }, status: 400 },
	{ ...UPDATE_BLOCK, name: 'no id', body: { content: 'Bye' }, status: 400 },
];
