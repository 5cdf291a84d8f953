import type { IDataObject } from 'n8n-workflow';
import { picked } from '../../answer';

const FIELDS = [
	'id',
	'source_id',
	'name',
	'email',
	'phone',
	'description',
	'birthdate',
	'address',
	'metadata',
	'created_at',
	'updated_at',
];

/** Who a customer is, without sums over orders, redemptions and points. */
export function simplifyCustomer(customer: IDataObject): IDataObject {
	return picked(customer, FIELDS);
}
