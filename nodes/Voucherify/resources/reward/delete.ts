import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { readReward, rewardField } from './rewardField';

export const remove = perItem<string>({
	name: 'delete',
	displayName: 'Delete',
	action: 'Delete a reward',
	description: 'Remove a reward; one that a loyalty program still offers is refused',
	fields: [rewardField],
	read: readReward,
	run: async (id, run) => {
		await run.client.send({ method: 'DELETE', path: path`/v1/rewards/${id}`, repeatable: true });
		return [{ json: { reward: id, deleted: true } }];
	},
});
