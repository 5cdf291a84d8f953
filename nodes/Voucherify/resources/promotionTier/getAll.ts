import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { pagingFields, readWanted, simplifyField } from '../../pagingFields';
import { findCampaign } from '../campaign/campaign';
import { CAMPAIGN_REMEDY } from '../campaign/campaignField';
import { promotionField } from './promotionField';
import { simplifyTier } from './simplifyTier';
import { readTiers } from './tiers';

interface Input {
	/** Name or ID. */
	readonly campaign: string | undefined;
	readonly available: boolean;
	readonly wanted: number;
	readonly simplify: boolean;
}

export const getAll = perItem<Input>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many promotion tiers',
	description: 'List the tiers of a promotion, or of all promotions',
	fields: [
		{
			displayName: 'Tiers',
			name: 'from',
			type: 'options',
			options: [
				{ name: 'All', value: 'all', description: 'Of every promotion of the project, the newest first' },
				{ name: 'Of a Campaign', value: 'campaign', description: 'In the order in which they are tried' },
			],
			default: 'all',
			description: 'Which tiers to get',
		},
		{ ...promotionField, displayOptions: { show: { from: ['campaign'] } } },
		{
			displayName: 'Available Only',
			name: 'available',
			type: 'boolean',
			default: false,
			description: 'Whether to leave out tiers that are not active now',
			displayOptions: { show: { from: ['all'] } },
		},
		...pagingFields,
		simplifyField,
	],
	read: (item) => {
		const ofCampaign = item.choice('from', ['all', 'campaign']) === 'campaign';
		return {
			campaign: ofCampaign ? item.located('campaign', CAMPAIGN_REMEDY) : undefined,
			available: !ofCampaign && item.flag('available'),
			wanted: readWanted(item),
			simplify: item.flag('simple'),
		};
	},
	run: async ({ campaign, available, wanted, simplify }: Input, run: Run): Promise<readonly OutputItem[]> => {
		const id = campaign === undefined ? undefined : (await findCampaign(run, campaign)).id;
		const tiers = await readTiers(run, id, wanted, available);
		return tiers.map((tier) => ({ json: simplify ? simplifyTier(tier) : tier }));
	},
});
