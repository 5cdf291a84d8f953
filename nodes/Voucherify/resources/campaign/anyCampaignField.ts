import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';
import { CAMPAIGN_REMEDY, campaignField } from './campaignField';

/** The choice of the campaign that something is done with. */
export const anyCampaignField: INodeProperties = { ...campaignField, description: 'The campaign' };

/** Reads the name or the ID of a campaign; Voucherify takes either. */
export function readCampaign(item: ItemParameters): string {
	return item.located('campaign', CAMPAIGN_REMEDY);
}
