import type { IDataObject } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { withoutEmpty } from '../../optionValues';
import { simplifyField } from '../../pagingFields';
import { readRedemptionId, redemptionIdField } from './redemptionIdField';
import { refusalsOf, refused } from './refusal';
import { objectsIn, simplifyRedemption } from './simplifyRedemption';

interface Input {
	readonly id: string;
	readonly whole: boolean;
	readonly body: IDataObject;
	readonly simplify: boolean;
}

export const rollBack = perItem<Input>({
	name: 'rollBack',
	displayName: 'Roll Back',
	action: 'Roll back a redemption',
	description:
		'Undo a redemption, so that codes can be used again and credits and points come back. One that is rolled back already counts as done.',
	fields: [
		{
			displayName: 'Roll Back',
			name: 'scope',
			type: 'options',
			options: [
				{
					name: 'A Single Redemption',
					value: 'single',
					description: 'One code or promotion, by the ID of its own redemption',
				},
				{
					name: 'Everything Redeemed Together',
					value: 'whole',
					description: 'All that one request redeemed, by the ID of the parent redemption',
				},
			],
			default: 'single',
			description: 'How much to undo',
		},
		redemptionIdField,
		simplifyField,
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
					description: "Custom fields of the rollback, as your project's metadata schema has them",
				},
				{
					displayName: 'Reason',
					name: 'reason',
					type: 'string',
					default: '',
					placeholder: 'e.g. Order canceled',
					description: 'Why it is rolled back, for the history in Voucherify',
				},
				{
					displayName: 'Tracking ID',
					name: 'trackingId',
					type: 'string',
					default: '',
					placeholder: 'e.g. visitor-4711',
					description: 'Identifies whoever redeemed where there is no customer',
				},
			],
		},
	],
	read: (item) => ({
		id: readRedemptionId(item),
		whole: item.choice('scope', ['single', 'whole']) === 'whole',
		body: withoutEmpty({
			reason: item.optionText('options', 'reason'),
			tracking_id: item.optionText('options', 'trackingId'),
			metadata: item.objectOption('options', 'metadata'),
		}),
		simplify: item.flag('simple'),
	}),
	run: send,
});

async function send({ id, whole, body, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const response = await run.client.send({
		method: 'POST',
		path: whole ? path`/v1/redemptions/${id}/rollbacks` : path`/v1/redemptions/${id}/rollback`,
		body,
		// The second time it is refused with a word of its own, which counts as done.
		repeatable: true,
		accept: ['already_rolled_back'],
	});
	if (response.errorCode !== undefined) {
		run.note('Some redemptions had been rolled back before');
		return [{ json: { redemption: id, rolled_back: true, already_rolled_back: true, rollbacks: [] } }];
	}
	const answer = objectOf(response);
	const rollbacks = whole ? objectsIn(answer.rollbacks) : [answer];
	const refusals = rollbacks.flatMap(refusalsOf);
	if (refusals.length > 0) throw refused('the rollback', refusals);
	if (!simplify) return [{ json: answer }];
	return [
		{
			json: {
				redemption: id,
				rolled_back: true,
				already_rolled_back: false,
				rollbacks: rollbacks.map(simplifyRedemption),
			},
		},
	];
}
