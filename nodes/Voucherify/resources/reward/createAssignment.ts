import type { IDataObject } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { readNumber, withoutEmpty } from '../../optionValues';
import { findCampaign } from '../campaign/campaign';
import { programField, readProgram } from '../loyalty/programField';
import { readReward, rewardField } from './rewardField';

interface Input {
	readonly id: string;
	readonly program: string;
	readonly loyalty: IDataObject;
}

export const createAssignment = perItem<Input>({
	name: 'createAssignment',
	displayName: 'Create Assignment',
	action: 'Assign a reward to a loyalty program',
	description: 'Let a loyalty program offer a reward for points',
	fields: [
		rewardField,
		programField,
		{
			displayName: 'Points',
			name: 'points',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 100,
			description: 'How many points the reward costs. Leave empty for rewards that pay with points.',
		},
		{
			displayName: 'Redeem Automatically',
			name: 'autoRedeem',
			type: 'boolean',
			default: false,
			description: 'Whether members get the reward by themselves as soon as they have the points',
		},
	],
	read: (item) => ({
		id: readReward(item),
		program: readProgram(item),
		loyalty: withoutEmpty({
			points: readNumber(item, 'points', item.value('points'), { least: 1 }),
			auto_redeem: item.flag('autoRedeem') ? true : undefined,
		}),
	}),
	run: send,
});

async function send({ id, program, loyalty }: Input, run: Run): Promise<readonly OutputItem[]> {
	const campaign = await findCampaign(run, program);
	const parameters = Object.keys(loyalty).length === 0 ? {} : { parameters: { loyalty } };
	const response = await run.client.send({
		method: 'POST',
		path: path`/v1/rewards/${id}/assignments`,
		body: { campaign: campaign.id, ...parameters },
	});
	return [{ json: objectOf(response) }];
}
