import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';
import { hundredths } from '../../money';
import { readObjects, withoutEmpty } from '../../optionValues';

const STATUSES = ['CANCELED', 'CREATED', 'FULFILLED', 'PAID'] as const;

/** What an order consists of, for forms that make, change or price one. */
export const orderField: INodeProperties = {
	displayName: 'Order',
	name: 'order',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'What is bought',
	options: [
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 0,
			description:
				'Sum of the order in currency units, for example 19.99. With items, Voucherify adds up theirs.',
		},
		{
			displayName: 'Discount Amount',
			name: 'discountAmount',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 0,
			description: 'Discounts given elsewhere, in currency units',
		},
		{
			displayName: 'Items',
			name: 'items',
			type: 'json',
			default: '[]',
			placeholder: 'e.g. [{"product_id": "tea", "quantity": 2, "price": 450}]',
			description:
				'The items as an array of objects with Voucherify\'s fields, for example [{"product_id": "tea", "quantity": 2, "price": 450}]. Prices in there are in hundredths, as in Voucherify.',
		},
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'json',
			default: '{}',
			description: "Custom fields of the order, as your project's metadata schema has them",
		},
		{
			displayName: 'Source ID',
			name: 'sourceId',
			type: 'string',
			default: '',
			placeholder: 'e.g. order-2026-000123',
			description: 'Your own ID of the order',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Canceled', value: 'CANCELED' },
				{ name: 'Created', value: 'CREATED' },
				{ name: 'Fulfilled', value: 'FULFILLED' },
				{ name: 'Paid', value: 'PAID' },
			],
			default: 'CREATED',
		},
	],
};

/** The order of a form as request bodies carry it; empty when nothing was filled in. */
export function readOrder(item: ItemParameters): IDataObject {
	const status = item.optionText('order', 'status');
	if (status !== '' && !STATUSES.some((known) => known === status))
		throw item.invalid('status', `is "${status}"`, `Choose one of: ${STATUSES.join(', ')}.`);
	const items = readObjects(item, 'items', item.option('order', 'items'));
	return withoutEmpty({
		source_id: item.optionText('order', 'sourceId'),
		status,
		amount: readAmount(item, 'amount'),
		discount_amount: readAmount(item, 'discountAmount'),
		items: items === undefined || items.length === 0 ? undefined : [...items],
		metadata: item.objectOption('order', 'metadata'),
	});
}

function readAmount(item: ItemParameters, name: string): number | undefined {
	const value = item.option('order', name);
	return value === undefined || value === null || value === '' ? undefined : hundredths(item, name, value);
}
