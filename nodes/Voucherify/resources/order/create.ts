import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import { objectOf } from '../../answer';
import { withoutEmpty } from '../../optionValues';
import { optionalCustomerField, readOptionalCustomer } from '../customer/optionalCustomer';
import { orderField, readOrder } from './orderFields';
import { readReferrer, referrerField } from './referrerField';

export const create = perItem<IDataObject>({
	name: 'create',
	displayName: 'Create',
	action: 'Create an order',
	description:
		'Record an order, for example for loyalty points. An order whose answer was lost is not sent again, because it could be recorded twice; give it a source ID to look for it.',
	fields: [
		optionalCustomerField(
			'Who orders. A customer that Voucherify does not know yet is created from the source ID.',
		),
		orderField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [referrerField],
		},
	],
	read: (item) =>
		withoutEmpty({
			...readOrder(item),
			customer: readOptionalCustomer(item),
			referrer: readReferrer(item),
		}),
	run: async (body, run) => [
		{ json: objectOf(await run.client.send({ method: 'POST', path: '/v1/orders', body })) },
	],
});
