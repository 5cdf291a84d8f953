import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { simplifyField } from '../../pagingFields';
import { anyCampaignField, readCampaign } from './anyCampaignField';
import { simplifyCampaign } from './simplifyCampaign';

interface Input {
	readonly campaign: string;
	readonly simplify: boolean;
}

export const get = perItem<Input>({
	name: 'get',
	displayName: 'Get',
	action: 'Get a campaign',
	description: 'Look up a campaign: its type, its validity and how many codes it has',
	fields: [anyCampaignField, simplifyField],
	read: (item) => ({ campaign: readCampaign(item), simplify: item.flag('simple') }),
	run: async ({ campaign: id, simplify }, run) => {
		const campaign = objectOf(await run.client.send({ method: 'GET', path: path`/v1/campaigns/${id}` }));
		return [{ json: simplify ? simplifyCampaign(campaign) : campaign }];
	},
});
