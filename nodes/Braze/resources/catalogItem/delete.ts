import { inBatches } from '../../../common/operation';
import { bodyOf } from '../../../common/packing';
import { path } from '../../../common/urlPath';
import { sameForAll } from '../../sameForAll';
import { CATALOG_REMEDY, catalogField } from '../catalog/catalogField';
import { itemIdField, readItem } from './itemFields';

export const remove = inBatches({
	name: 'delete',
	displayName: 'Delete',
	action: 'Delete catalog items',
	description: 'Remove items from a catalog, 50 in one request',
	fields: [catalogField, itemIdField],
	open: (fixed) => {
		const catalog = sameForAll(fixed, 'catalog', (item) => item.located('catalog', CATALOG_REMEDY));
		return {
			limits: { combined: 50, perLane: 50, bytes: 4 * 1024 * 1024 },
			read: (item) => {
				catalog.check(item);
				const { id } = readItem(item);
				return [{ owner: item.index, lane: 'items', text: JSON.stringify({ id }) }];
			},
			send: async (parts, run) => {
				// Braze refuses a request that names an item twice.
				const once = [...new Map(parts.map((part) => [part.text, part])).values()];
				await run.client.send({
					method: 'DELETE',
					path: path`/catalogs/${catalog.value}/items`,
					body: bodyOf(once),
					repeatable: true,
				});
				run.note('Braze has queued what was sent, and applies it in its own time');
				return parts.map(() => undefined);
			},
		};
	},
});
