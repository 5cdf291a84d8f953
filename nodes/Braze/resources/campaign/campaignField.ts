import type { INodeProperties } from 'n8n-workflow';

/** The choice of a campaign. */
export const campaignField: INodeProperties = {
	displayName: 'Campaign',
	name: 'campaign',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a campaign…',
			typeOptions: { searchListMethod: 'searchCampaigns', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 5f0c6a52-6f0e-4a53-9a4d-2d1f6f0a7b11',
			hint: 'The campaign API identifier at the end of the campaign in Braze',
		},
	],
};

export const CAMPAIGN_REMEDY = 'Choose a campaign from the list, or enter its campaign API identifier.';
