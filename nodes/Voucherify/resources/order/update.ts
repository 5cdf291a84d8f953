import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { withoutEmpty } from '../../optionValues';
import { optionalCustomerField, readOptionalCustomer } from '../customer/optionalCustomer';
import { orderField, readOrder } from './orderFields';
import { orderIdField, readOrderId } from './orderIdField';
import { readReferrer, referrerField } from './referrerField';

interface Input {
	readonly id: string;
	readonly body: IDataObject;
}

export const update = perItem<Input>({
	name: 'update',
	displayName: 'Update',
	action: 'Update an order',
	description: 'Change an order, for example its status to paid; fields that are not added stay as they are',
	fields: [
		orderIdField,
		orderField,
		optionalCustomerField('Who orders, if that is to be changed'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [referrerField],
		},
	],
	read: (item) => {
		const body = withoutEmpty({
			...readOrder(item),
			customer: readOptionalCustomer(item),
			referrer: readReferrer(item),
		});
		if (Object.keys(body).length === 0) throw item.invalid('order', 'is empty', 'Add what is to be changed.');
		return { id: readOrderId(item), body };
	},
	run: async ({ id, body }, run) => [
		{
			json: objectOf(
				await run.client.send({ method: 'PUT', path: path`/v1/orders/${id}`, body, repeatable: true }),
			),
		},
	],
});
