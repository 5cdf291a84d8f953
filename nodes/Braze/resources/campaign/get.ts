import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import { simplifyField } from '../../../common/pagingFields';
import { objectOf } from '../../answer';
import { CAMPAIGN_REMEDY, campaignField } from './campaignField';

interface Input {
	readonly id: string;
	readonly simplify: boolean;
}

export const get = perItem<Input>({
	name: 'get',
	displayName: 'Get',
	action: 'Get a campaign',
	description: 'Look up a campaign: its channels, whether it is running, and when it was sent',
	fields: [campaignField, simplifyField],
	read: (item) => ({ id: item.located('campaign', CAMPAIGN_REMEDY), simplify: item.flag('simple') }),
	run: async ({ id, simplify }, run) => {
		const response = await run.client.send({
			method: 'GET',
			path: '/campaigns/details',
			query: { campaign_id: id },
		});
		const campaign = objectOf(response);
		return [{ json: { id, ...(simplify ? withoutContent(campaign) : campaign) } }];
	},
});

/** By far the most of a campaign: what its messages say, and what counts as a conversion. */
const CONTENT = ['messages', 'conversion_behaviors'];

function withoutContent(campaign: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(campaign).filter(([name]) => !CONTENT.includes(name)));
}
