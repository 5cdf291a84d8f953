import type { IDataObject } from 'n8n-workflow';
import { picked } from '../../answer';

const FIELDS = [
	'id',
	'name',
	'description',
	'campaign_type',
	'type',
	'active',
	'join_once',
	'auto_join',
	'vouchers_count',
	'start_date',
	'expiration_date',
	'category',
	'metadata',
	'created_at',
	'updated_at',
];

/** What a campaign is, without the template of its vouchers and its validity hour by hour. */
export function simplifyCampaign(campaign: IDataObject): IDataObject {
	return picked(campaign, FIELDS);
}
