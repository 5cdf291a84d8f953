import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { anyCampaignField, readCampaign } from './anyCampaignField';

export const disable = perItem<string>({
	name: 'disable',
	displayName: 'Disable',
	action: 'Disable a campaign',
	description: 'Keep all codes of a campaign from being redeemed until it is enabled again',
	fields: [anyCampaignField],
	read: readCampaign,
	run: async (campaign, run) => {
		await run.client.send({
			method: 'POST',
			path: path`/v1/campaigns/${campaign}/disable`,
			repeatable: true,
		});
		return [{ json: { campaign, active: false } }];
	},
});
