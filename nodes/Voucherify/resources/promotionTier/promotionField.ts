import type { INodeProperties } from 'n8n-workflow';
import { campaignField } from '../campaign/campaignField';

/** The choice of a promotion campaign. */
export const promotionField: INodeProperties = {
	...campaignField,
	description: 'The promotion that the tiers belong to',
	modes: (campaignField.modes ?? []).map((mode) =>
		mode.name === 'list'
			? { ...mode, typeOptions: { searchListMethod: 'searchPromotions', searchable: true } }
			: mode,
	),
};
