import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';

/** The choice of a reward. */
export const rewardField: INodeProperties = {
	displayName: 'Reward',
	name: 'reward',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'What points are exchanged for',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a reward…',
			typeOptions: { searchListMethod: 'searchRewards', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. rew_0bc92f81a6801f9bca' },
	],
};

/** Reads the ID of a reward. */
export function readReward(item: ItemParameters): string {
	return item.located('reward', 'Choose a reward from the list, or enter its ID.');
}
