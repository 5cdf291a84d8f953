import type { IDataObject } from 'n8n-workflow';
import { picked } from '../../answer';

const FIELDS = [
	'id',
	'code',
	'campaign',
	'campaign_id',
	'holder_id',
	'loyalty_card',
	'active',
	'start_date',
	'expiration_date',
	'metadata',
	'assets',
	'created_at',
	'updated_at',
];

/** What matters of a loyalty card: whose it is, of which program, and its points. */
export function simplifyMember(member: IDataObject): IDataObject {
	return picked(member, FIELDS);
}
