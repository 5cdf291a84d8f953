import { perItem } from '../../../common/operation';
import { readNumberedPages } from '../../numberedPages';
import { pagingFields, readWanted } from '../../pagingFields';

export const getAll = perItem<number>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many rewards',
	description: 'List the rewards of the project',
	fields: [...pagingFields],
	read: readWanted,
	run: async (wanted, run) => {
		const list = { path: '/v1/rewards', query: {}, name: 'rewards', remedy: 'Set a limit.' };
		return (await readNumberedPages(run.client, list, wanted)).map((json) => ({ json }));
	},
});
