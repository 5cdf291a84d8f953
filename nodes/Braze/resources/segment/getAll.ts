import { perItem } from '../../../common/operation';
import { pagingFields, readWanted } from '../../../common/pagingFields';
import { SEGMENTS } from '../../pagedLists';
import { readObjectPages } from '../../pages';
import { readSort, sortField } from '../sortField';

interface Input {
	readonly wanted: number;
	readonly sort: string;
}

export const getAll = perItem<Input>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many segments',
	description: 'List the segments of the workspace',
	fields: [...pagingFields, sortField],
	read: (item) => ({ wanted: readWanted(item), sort: readSort(item) }),
	run: async ({ wanted, sort }, run) => {
		const list = { ...SEGMENTS, query: { sort_direction: sort } };
		return (await readObjectPages(run.client, list, wanted)).map((json) => ({ json }));
	},
});
