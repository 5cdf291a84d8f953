import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';
import { withoutEmpty } from '../../optionValues';
import { optionalCustomerField, readOptionalCustomer } from '../customer/optionalCustomer';
import { orderField, readOrder } from '../order/orderFields';
import { readRedeemables, redeemablesField } from './redeemables';

/** What redemptions and validations have in common: what is applied, to what order, for whom. */
export const stackFields: readonly INodeProperties[] = [
	redeemablesField,
	optionalCustomerField(
		'Who redeems. A customer that Voucherify does not know yet is created from the source ID.',
	),
	orderField,
];

/** Options that redemptions and validations have in common. */
export const stackOptions: readonly INodeProperties[] = [
	{
		displayName: 'Metadata',
		name: 'metadata',
		type: 'json',
		default: '{}',
		description: "Custom fields of the redemption, as your project's metadata schema has them",
	},
	{
		displayName: 'Order ID',
		name: 'orderId',
		type: 'string',
		default: '',
		placeholder: 'e.g. ord_WFh3MCQ4Q8LWD1Us4AApoepF',
		description: "Voucherify's ID of an order that exists already",
	},
	{
		displayName: 'Session Key',
		name: 'sessionKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. ssn_yQGMTeKBSw8OOuPPwlEEzOgzqKLH2FUN',
		description: 'The session under which a validation locked the codes',
	},
	{
		displayName: 'Tracking ID',
		name: 'trackingId',
		type: 'string',
		default: '',
		placeholder: 'e.g. visitor-4711',
		description: 'Identifies whoever redeems where there is no customer',
	},
];

/** Reads a stack as a request body. */
export function readStack(item: ItemParameters): IDataObject {
	const order = { ...readOrder(item), ...withoutEmpty({ id: item.optionText('options', 'orderId') }) };
	const session = item.optionText('options', 'sessionKey');
	return withoutEmpty({
		redeemables: readRedeemables(item),
		customer: readOptionalCustomer(item),
		order,
		session: session === '' ? undefined : { type: 'LOCK', key: session },
		tracking_id: item.optionText('options', 'trackingId'),
		metadata: item.objectOption('options', 'metadata'),
	});
}
