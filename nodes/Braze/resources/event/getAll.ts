import { perItem } from '../../../common/operation';
import { pagingFields, readWanted } from '../../../common/pagingFields';
import { readPages } from '../../pages';

const EVENTS = { path: '/events/list', key: 'events', size: 250 };

export const getAll = perItem<number>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many events',
	description: 'List the names of the custom events of the workspace',
	fields: pagingFields,
	read: readWanted,
	run: async (wanted, run) => {
		const names = await readPages(
			run.client,
			EVENTS,
			wanted,
			(row) => (typeof row === 'string' ? row : undefined),
			(name) => name,
		);
		return names.map((name) => ({ json: { name } }));
	},
});
