import { Failure } from '../../../common/failure';
import { perItem } from '../../../common/operation';
import { simplifyField } from '../../pagingFields';
import { simplifyTier } from './simplifyTier';
import { readTiers } from './tiers';

interface Input {
	readonly id: string;
	readonly simplify: boolean;
}

export const get = perItem<Input>({
	name: 'get',
	displayName: 'Get',
	action: 'Get a promotion tier',
	description: 'See what a promotion tier gives, and when',
	fields: [
		{
			displayName: 'Promotion Tier',
			name: 'tier',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: 'Select a promotion tier…',
					typeOptions: { searchListMethod: 'searchPromotionTiers', searchable: true },
				},
				{
					displayName: 'By ID',
					name: 'id',
					type: 'string',
					placeholder: 'e.g. promo_63fYCt81Aw0h7lzyRkrGZh9p',
				},
			],
		},
		simplifyField,
	],
	read: (item) => ({
		id: item.located('tier', 'Choose a promotion tier from the list, or enter its ID.'),
		simplify: item.flag('simple'),
	}),
	run: async ({ id, simplify }, run) => {
		// Voucherify documents no request for a single tier, so all are listed once a run.
		const tiers = await run.once('promotion tiers', async () => await readTiers(run, undefined, Infinity));
		const tier = tiers.find((one) => one.id === id);
		if (tier !== undefined) return [{ json: simplify ? simplifyTier(tier) : tier }];
		throw new Failure({
			message: `Voucherify has no promotion tier "${id}"`,
			description: 'Check the ID, and whether the credential belongs to the right project.',
			code: 'not_found',
		});
	},
});
