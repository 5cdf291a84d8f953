import type { IDataObject } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { objectOf } from '../../answer';
import { path } from '../../../common/urlPath';
import { numberOption, withoutEmpty } from '../../optionValues';
import { simplifyField } from '../../pagingFields';
import { orderField, readOrder } from '../order/orderFields';
import {
	onRefusalField,
	readPassesOn,
	REFUSALS,
	refused,
	refusalOfError,
	refusalsOf,
} from '../redemption/refusal';
import { simplifyRedemption } from '../redemption/simplifyRedemption';
import { readReward, rewardField } from '../reward/rewardField';
import { memberField, readMember } from './memberField';

interface Input {
	readonly member: string;
	readonly body: IDataObject;
	readonly passesOn: boolean;
	readonly simplify: boolean;
}

export const redeemReward = perItem<Input>({
	name: 'redeemReward',
	displayName: 'Redeem Reward',
	action: "Exchange a member's points for a reward",
	description:
		"Pay for a reward with a member's points. A redemption whose answer was lost is not sent again, because it could count twice.",
	fields: [
		memberField,
		rewardField,
		onRefusalField,
		simplifyField,
		{ ...orderField, description: 'The order that points pay for, where the reward is to pay by points' },
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Metadata',
					name: 'metadata',
					type: 'json',
					default: '{}',
					description: "Custom fields of the redemption, as your project's metadata schema has them",
				},
				{
					displayName: 'Points',
					name: 'points',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 100,
					description: 'How many points to use, where the reward is to pay by points',
				},
			],
		},
	],
	read: (item) => ({
		member: readMember(item),
		body: withoutEmpty({
			reward: withoutEmpty({
				id: readReward(item),
				points: numberOption(item, 'options', 'points', { least: 1 }),
			}),
			order: readOrder(item),
			metadata: item.objectOption('options', 'metadata'),
		}),
		passesOn: readPassesOn(item),
		simplify: item.flag('simple'),
	}),
	run: send,
});

async function send({ member, body, passesOn, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const response = await run.client.send({
		method: 'POST',
		path: path`/v1/loyalties/members/${member}/redemption`,
		body,
		accept: passesOn ? REFUSALS : [],
	});
	const answer = objectOf(response);
	const refusals = response.errorCode === undefined ? refusalsOf(answer) : [refusalOfError(response)];
	if (refusals.length > 0 && !passesOn) throw refused('the redemption', refusals);
	if (!simplify) return [{ json: answer }];
	const redemption = response.errorCode === undefined ? simplifyRedemption(answer) : {};
	return [
		{
			json: {
				redeemed: refusals.length === 0,
				...redemption,
				refusals: refusals.map((refusal) => ({ ...refusal })),
			},
		},
	];
}
