import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { readReward, rewardField } from './rewardField';

export const get = perItem<string>({
	name: 'get',
	displayName: 'Get',
	action: 'Get a reward',
	description: 'See what a reward consists of, and how many are left',
	fields: [rewardField],
	read: readReward,
	run: async (id, run) => [
		{ json: objectOf(await run.client.send({ method: 'GET', path: path`/v1/rewards/${id}` })) },
	],
});
