import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { numberOption, withoutEmpty } from '../../optionValues';
import { commonFields, readCommon } from './rewardFields';
import { readReward, rewardField } from './rewardField';

interface Input {
	readonly id: string;
	readonly body: IDataObject;
}

export const update = perItem<Input>({
	name: 'update',
	displayName: 'Update',
	action: 'Update a reward',
	description: 'Change a reward; fields that are not added stay as they are, and so does its type',
	fields: [
		rewardField,
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to set',
			options: [
				{
					displayName: 'Exchange Ratio',
					name: 'exchangeRatio',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 4 },
					default: 1,
					description:
						'Of rewards that pay with points: how much money the points of Points Ratio are worth, in currency units',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Mug with our logo',
				},
				{
					displayName: 'Points Ratio',
					name: 'pointsRatio',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 100,
					description:
						'Of rewards that pay with points: how many points are worth the Exchange Ratio, which has to be added too',
				},
				...commonFields,
			],
		},
	],
	read,
	run: async ({ id, body }, run) => [
		{
			json: objectOf(
				await run.client.send({ method: 'PUT', path: path`/v1/rewards/${id}`, body, repeatable: true }),
			),
		},
	],
});

function read(item: ItemParameters): Input {
	const exchange = numberOption(item, 'fields', 'exchangeRatio', { least: 0, whole: false });
	const points = numberOption(item, 'fields', 'pointsRatio', { least: 1 });
	if (points !== undefined && exchange === undefined) {
		throw item.invalid('exchangeRatio', 'is missing', 'Voucherify changes both ratios together: add it too.');
	}
	const coin = withoutEmpty({ exchange_ratio: exchange, points_ratio: points });
	const body = withoutEmpty({
		name: item.optionText('fields', 'name'),
		...readCommon(item, 'fields'),
		parameters: withoutEmpty({ coin }),
	});
	if (Object.keys(body).length === 0) throw item.invalid('fields', 'is empty', 'Add what is to be changed.');
	return { id: readReward(item), body };
}
