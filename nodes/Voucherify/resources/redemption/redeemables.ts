import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';
import { hundredths } from '../../money';
import { readNumber } from '../../optionValues';

/** The most that Voucherify takes in one request. */
const MOST = 30;

const KINDS = ['voucher', 'gift', 'loyalty', 'promotion_stack', 'promotion_tier'] as const;
type Kind = (typeof KINDS)[number];

const REMEDY = 'Add what is to be redeemed: a code, or the ID of a promotion tier.';

/** The choice of what is redeemed together. */
export const redeemablesField: INodeProperties = {
	displayName: 'Redeemables',
	name: 'redeemables',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Redeemable',
	default: { redeemable: [{ kind: 'voucher', id: '' }] },
	required: true,
	description: `What applies to the order together, in this order: up to ${MOST} codes and promotions`,
	options: [
		{
			displayName: 'Redeemable',
			name: 'redeemable',
			values: [
				{
					displayName: 'Code or ID',
					name: 'id',
					type: 'string',
					default: '',
					placeholder: 'e.g. SUMMER-8KZ2QW4P',
					description: 'A code, or the ID of a promotion tier or stack',
				},
				{
					displayName: 'Credits',
					name: 'credits',
					type: 'number',
					default: '',
					description:
						'How much of the gift card to use, in currency units, for example 9.99. When empty, as much as the order costs.',
					displayOptions: { show: { kind: ['gift'] } },
				},
				{
					displayName: 'Points',
					name: 'points',
					type: 'number',
					default: '',
					description: 'How many points to use, for rewards that are paid by the point',
					displayOptions: { show: { kind: ['loyalty'] } },
				},
				{
					displayName: 'Reward ID',
					name: 'rewardId',
					type: 'string',
					default: '',
					placeholder: 'e.g. rew_0bc92f81a6801f9bca',
					description: 'The reward that points are exchanged for',
					displayOptions: { show: { kind: ['loyalty'] } },
				},
				{
					displayName: 'Type',
					name: 'kind',
					type: 'options',
					options: [
						{
							name: 'Discount Code',
							value: 'voucher',
							description: 'Also a referral code',
						},
						{
							name: 'Gift Card',
							value: 'gift',
						},
						{
							name: 'Loyalty Card',
							value: 'loyalty',
							description: 'Pays for a reward by points',
						},
						{
							name: 'Promotion Stack',
							value: 'promotion_stack',
						},
						{
							name: 'Promotion Tier',
							value: 'promotion_tier',
						},
					],
					default: 'voucher',
				},
			],
		},
	],
};

/** What is redeemed together, as request bodies name it. */
export function readRedeemables(item: ItemParameters): IDataObject[] {
	const rows = item.rows('redeemables', 'redeemable');
	if (rows.length === 0) throw item.invalid('redeemables', 'is empty', REMEDY);
	if (rows.length > MOST) {
		throw item.invalid(
			'redeemables',
			`has ${rows.length} rows`,
			`Voucherify redeems at most ${MOST} at once.`,
		);
	}
	return rows.map((row) => readRedeemable(item, row));
}

function readRedeemable(item: ItemParameters, row: IDataObject): IDataObject {
	const kind: Kind | undefined = KINDS.find((known) => known === (row.kind ?? 'voucher'));
	if (kind === undefined)
		throw item.invalid('kind', `is "${String(row.kind)}"`, `Choose one of: ${KINDS.join(', ')}.`);
	const id = textIn(row, 'id');
	if (id === '') throw item.invalid('id', 'is empty', REMEDY);
	switch (kind) {
		case 'gift': {
			const given = row.credits;
			if (given === undefined || given === null || given === '') return { object: 'voucher', id };
			return { object: 'voucher', id, gift: { credits: hundredths(item, 'credits', given) } };
		}
		case 'loyalty': {
			const points = readNumber(item, 'points', row.points, { least: 1 });
			const reward = textIn(row, 'rewardId');
			if (reward === '')
				throw item.invalid(
					'rewardId',
					'is empty',
					'Enter the ID of the reward that the points are exchanged for.',
				);
			return {
				object: 'voucher',
				id,
				reward: { id: reward, ...(points === undefined ? {} : { points }) },
			};
		}
		default:
			return { object: kind, id };
	}
}

function textIn(row: IDataObject, name: string): string {
	const value = row[name];
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
