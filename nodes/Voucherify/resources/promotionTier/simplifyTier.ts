import type { IDataObject } from 'n8n-workflow';
import { picked } from '../../answer';

const FIELDS = [
	'id',
	'name',
	'banner',
	'action',
	'campaign',
	'campaign_id',
	'hierarchy',
	'active',
	'start_date',
	'expiration_date',
	'metadata',
	'created_at',
	'updated_at',
];

/** What matters of a promotion tier: what it gives, and when. */
export function simplifyTier(tier: IDataObject): IDataObject {
	return picked(tier, FIELDS);
}
