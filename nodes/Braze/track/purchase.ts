import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { shown } from '../../common/failure';
import { asNumber, type ItemParameters } from '../../common/parameters';
import { readProperties, readTime } from './event';

const displayOptions: NonNullable<INodeProperties['displayOptions']> = { show: { send: ['purchase'] } };

/** The form fields that say what a user bought. */
export const purchaseFields: readonly INodeProperties[] = [
	{
		displayName: 'Product ID',
		name: 'productId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. shoe-42',
		displayOptions,
	},
	{
		displayName: 'Price',
		name: 'price',
		type: 'number',
		default: 0,
		description: 'Of one piece, in units of the currency',
		displayOptions,
	},
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		default: 'USD',
		placeholder: 'e.g. EUR',
		description: 'Three letters, as in ISO 4217',
		displayOptions,
	},
	{
		displayName: 'Quantity',
		name: 'quantity',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 1,
		displayOptions,
	},
	{
		displayName: 'Purchase Time',
		name: 'purchaseTime',
		type: 'dateTime',
		default: '',
		hint: 'Empty: now',
		displayOptions,
	},
	{
		displayName: 'Purchase Properties',
		name: 'purchaseProperties',
		type: 'json',
		default: '{}',
		description: 'An object of property names and values',
		displayOptions,
	},
];

/** Reads the purchase of one item, without who made it. */
export function readPurchase(item: ItemParameters): IDataObject {
	const price = asNumber(item.value('price'));
	if (!Number.isFinite(price))
		throw item.invalid('price', `is ${shown(item.value('price'))}`, 'Enter a number.');
	const currency = item.text('currency').toUpperCase();
	if (!isCurrency(currency)) {
		throw item.invalid(
			'currency',
			`is ${shown(item.text('currency'))}`,
			'Enter three letters, for example USD.',
		);
	}
	return {
		product_id: item.requiredText('productId', 'Enter what was bought.'),
		currency,
		price,
		quantity: item.count('quantity', 1, 100),
		time: readTime(item, 'purchaseTime'),
		...readProperties('Purchase Properties', item.object('purchaseProperties')),
	};
}

/** Whether a text has the form of a currency code (ISO 4217). */
export function isCurrency(text: string): boolean {
	return /^[A-Z]{3}$/.test(text);
}
