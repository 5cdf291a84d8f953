import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { objectOf } from '../../answer';
import { readNumber, withoutEmpty } from '../../optionValues';
import { findCampaign } from '../campaign/campaign';
import { CAMPAIGN_REMEDY, campaignField } from '../campaign/campaignField';
import { commonFields, readCommon } from './rewardFields';

const TYPES = ['CAMPAIGN', 'MATERIAL', 'COIN'] as const;
type Type = (typeof TYPES)[number];

interface Input {
	/** Name or ID, of rewards that are codes. */
	readonly campaign: string | undefined;
	/** Points or credits on the code. */
	readonly balance: number | undefined;
	readonly body: IDataObject;
}

function shownFor(type: Type, field: INodeProperties): INodeProperties {
	return { ...field, displayOptions: { show: { type: [type] } } };
}

export const create = perItem<Input>({
	name: 'create',
	displayName: 'Create',
	action: 'Create a reward',
	description: 'Add something that members of loyalty programs can get for their points',
	fields: [
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{
					name: 'Code of a Campaign',
					value: 'CAMPAIGN',
					description: 'A discount code, gift credits, or points of another program',
				},
				{ name: 'Material', value: 'MATERIAL', description: 'A product that is sent' },
				{ name: 'Pay with Points', value: 'COIN', description: 'Points pay for a part of an order' },
			],
			default: 'CAMPAIGN',
			description: 'What members get',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Mug with our logo',
		},
		shownFor('CAMPAIGN', { ...campaignField, description: 'The campaign that the codes come from' }),
		shownFor('CAMPAIGN', {
			displayName: 'Balance',
			name: 'balance',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: '',
			hint: 'Empty: for discount codes',
			description:
				'What is put on a gift card (in hundredths of the currency unit) or a loyalty card (in points)',
		}),
		shownFor('MATERIAL', {
			displayName: 'Product ID',
			name: 'productId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. prod_0b7d7dfb090be5c619',
			description: "Voucherify's ID of the product",
		}),
		shownFor('MATERIAL', {
			displayName: 'SKU ID',
			name: 'skuId',
			type: 'string',
			default: '',
			placeholder: 'e.g. sku_0b7d7dfb090be5c61c',
			description: "Voucherify's ID of the variant, where the product has several",
		}),
		shownFor('COIN', {
			displayName: 'Exchange Ratio',
			name: 'exchangeRatio',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 4 },
			default: 1,
			description: 'How much money the points of Points Ratio are worth, in currency units',
		}),
		shownFor('COIN', {
			displayName: 'Points Ratio',
			name: 'pointsRatio',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 100,
			description: 'How many points are worth the Exchange Ratio',
		}),
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [...commonFields],
		},
	],
	read,
	run: send,
});

function read(item: ItemParameters): Input {
	const type = item.choice('type', TYPES);
	const body = {
		name: item.requiredText('name', 'Enter a name for the reward.'),
		...readCommon(item, 'additionalFields'),
	};
	switch (type) {
		case 'CAMPAIGN':
			return {
				campaign: item.located('campaign', CAMPAIGN_REMEDY),
				balance: readNumber(item, 'balance', item.value('balance'), { least: 0 }),
				body,
			};
		case 'MATERIAL': {
			const product = withoutEmpty({
				id: item.requiredText('productId', 'Enter the ID that Voucherify gave to the product.'),
				sku_id: item.text('skuId'),
			});
			return { campaign: undefined, balance: undefined, body: { ...body, parameters: { product } } };
		}
		case 'COIN': {
			const ratio = (name: string, least: number, whole: boolean): number => {
				const value = readNumber(item, name, item.value(name), { least, whole });
				if (value !== undefined && value > 0) return value;
				throw item.invalid(name, 'is not above 0', 'Enter a number above 0.');
			};
			const coin = {
				exchange_ratio: ratio('exchangeRatio', 0, false),
				points_ratio: ratio('pointsRatio', 1, true),
			};
			return { campaign: undefined, balance: undefined, body: { ...body, parameters: { coin } } };
		}
	}
}

async function send({ campaign, balance, body }: Input, run: Run): Promise<readonly OutputItem[]> {
	const parameters =
		campaign === undefined
			? {}
			: {
					parameters: {
						campaign: withoutEmpty({ id: (await findCampaign(run, campaign)).id, balance }),
					},
				};
	const response = await run.client.send({
		method: 'POST',
		path: '/v1/rewards',
		body: { ...body, ...parameters },
	});
	return [{ json: objectOf(response) }];
}
