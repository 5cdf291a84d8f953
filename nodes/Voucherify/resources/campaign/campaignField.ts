import type { INodeProperties } from 'n8n-workflow';

/** The choice of a campaign. */
export const campaignField: INodeProperties = {
	displayName: 'Campaign',
	name: 'campaign',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The campaign that the code comes from',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a campaign…',
			typeOptions: { searchListMethod: 'searchCampaigns', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Summer Sale' },
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. camp_FNYR4jhqZBM9xTptxDGgeNBV' },
	],
};

export const CAMPAIGN_REMEDY = 'Choose a campaign from the list, or enter its name or its ID.';
