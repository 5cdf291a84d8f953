import { perItem } from '../../../common/operation';
import { pagingFields, readWanted } from '../../../common/pagingFields';
import { readContentBlocks } from '../../contentBlockPages';

export const getAll = perItem<number>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many content blocks',
	description: 'List the Content Blocks of the workspace with their Liquid tags',
	fields: pagingFields,
	read: readWanted,
	run: async (wanted, run) => (await readContentBlocks(run.client, wanted)).map((json) => ({ json })),
});
