import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { anyCampaignField, readCampaign } from './anyCampaignField';

export const enable = perItem<string>({
	name: 'enable',
	displayName: 'Enable',
	action: 'Enable a campaign',
	description: 'Let the codes of a campaign be redeemed again',
	fields: [anyCampaignField],
	read: readCampaign,
	run: async (campaign, run) => {
		await run.client.send({
			method: 'POST',
			path: path`/v1/campaigns/${campaign}/enable`,
			repeatable: true,
		});
		return [{ json: { campaign, active: true } }];
	},
});
