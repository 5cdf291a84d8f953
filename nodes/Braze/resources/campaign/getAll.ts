import { perItem } from '../../../common/operation';
import { pagingFields, readWanted } from '../../../common/pagingFields';
import type { ApiRequest } from '../../../common/request';
import { CAMPAIGNS } from '../../pagedLists';
import { readObjectPages } from '../../pages';
import { listFilters, readListQuery } from '../listFilters';
import { sortField } from '../sortField';

interface Input {
	readonly wanted: number;
	readonly query: NonNullable<ApiRequest['query']>;
}

export const getAll = perItem<Input>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many campaigns',
	description: 'List the campaigns of the workspace with their IDs and tags',
	fields: [...pagingFields, sortField, listFilters],
	read: (item) => ({ wanted: readWanted(item), query: readListQuery(item) }),
	run: async ({ wanted, query }, run) =>
		(await readObjectPages(run.client, { ...CAMPAIGNS, query }, wanted)).map((json) => ({ json })),
});
