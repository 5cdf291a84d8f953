import { perItem } from '../../../common/operation';
import { pagingFields, readWanted } from '../../../common/pagingFields';
import { readCustomAttributes } from '../../customAttributes';

export const getAll = perItem<number>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many custom attributes',
	description: 'List the custom attributes of the workspace with their data types',
	fields: pagingFields,
	read: readWanted,
	run: async (wanted, run) => (await readCustomAttributes(run.client, wanted)).map((json) => ({ json })),
});
