import type { IDataObject } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { simplifyField } from '../../pagingFields';
import { anyCampaignField, readCampaign } from './anyCampaignField';
import { campaignSettingsFields, moreField, readCampaignSettings } from './campaignSettings';
import { simplifyCampaign } from './simplifyCampaign';

interface Input {
	readonly campaign: string;
	readonly body: IDataObject;
	readonly simplify: boolean;
}

export const update = perItem<Input>({
	name: 'update',
	displayName: 'Update',
	action: 'Update a campaign',
	description: 'Change the validity, the description or the metadata of a campaign',
	fields: [
		anyCampaignField,
		{
			displayName: 'Settings',
			name: 'settings',
			type: 'collection',
			placeholder: 'Add Setting',
			default: {},
			options: [...campaignSettingsFields, moreField].sort((a, b) =>
				a.displayName.localeCompare(b.displayName),
			),
		},
		simplifyField,
	],
	read,
	run: send,
});

function read(item: ItemParameters): Input {
	const body = { ...readCampaignSettings(item), ...item.objectOption('settings', 'more') };
	if (Object.keys(body).length === 0)
		throw item.invalid('settings', 'is empty', 'Add what is to be changed.');
	return { campaign: readCampaign(item), body, simplify: item.flag('simple') };
}

async function send({ campaign: id, body, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const response = await run.client.send({
		method: 'PUT',
		path: path`/v1/campaigns/${id}`,
		body,
		repeatable: true,
	});
	const campaign = objectOf(response);
	return [{ json: simplify ? simplifyCampaign(campaign) : campaign }];
}
