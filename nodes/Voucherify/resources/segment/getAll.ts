import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { pagingFields, readWanted } from '../../pagingFields';
import { readSegments } from './segmentPages';

export const getAll = perItem<number>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many segments',
	description: 'List the customer segments of the project, the oldest first',
	fields: [...pagingFields],
	read: readWanted,
	run: async (wanted: number, run: Run): Promise<readonly OutputItem[]> =>
		(await readSegments(run.client, wanted)).map((json) => ({ json })),
});
