import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { readNumberedPages } from '../../numberedPages';
import { pagingFields, readWanted } from '../../pagingFields';
import { readReward, rewardField } from './rewardField';

interface Input {
	readonly id: string;
	readonly wanted: number;
}

export const getAssignments = perItem<Input>({
	name: 'getAssignments',
	displayName: 'Get Assignments',
	action: 'Get the assignments of a reward',
	description: 'List which loyalty programs offer a reward, and for how many points',
	fields: [rewardField, ...pagingFields],
	read: (item) => ({ id: readReward(item), wanted: readWanted(item) }),
	run: async ({ id, wanted }, run) => {
		const list = {
			path: path`/v1/rewards/${id}/assignments`,
			query: {},
			name: 'assignments',
			remedy: 'Set a limit.',
		};
		return (await readNumberedPages(run.client, list, wanted)).map((json) => ({ json }));
	},
});
