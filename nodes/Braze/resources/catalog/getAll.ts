import { perItem } from '../../../common/operation';
import { pagingFields, readWanted } from '../../../common/pagingFields';
import { readCatalogs } from '../../catalogs';

export const getAll = perItem<number>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many catalogs',
	description: 'List the catalogs of the workspace with their fields and how many items they have',
	fields: pagingFields,
	read: readWanted,
	run: async (wanted, run) => {
		const catalogs = await readCatalogs(run.client);
		return catalogs.slice(0, Math.min(wanted, catalogs.length)).map((json) => ({ json }));
	},
});
