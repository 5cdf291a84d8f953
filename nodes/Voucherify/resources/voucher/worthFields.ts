import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { asNumber, type ItemParameters } from '../../../common/parameters';
import { hundredths } from '../../money';

/** What a voucher is worth, as request bodies have it. */
export interface Worth {
	readonly type: 'DISCOUNT_VOUCHER' | 'GIFT_VOUCHER' | 'LOYALTY_CARD';
	/** `discount`, `gift` or `loyalty_card`. */
	readonly incentive: IDataObject;
}

const TYPES = ['DISCOUNT_VOUCHER', 'GIFT_VOUCHER', 'LOYALTY_CARD'] as const;
const DISCOUNTS = ['AMOUNT', 'FIXED', 'PERCENT', 'UNIT'] as const;

/** More points than Voucherify can count. */
const MOST = 2_147_483_647;

type Show = NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>;

/** The choice of a voucher's kind. */
export const voucherTypeField: INodeProperties = {
	displayName: 'Voucher Type',
	name: 'voucherType',
	type: 'options',
	options: [
		{ name: 'Discount Coupon', value: 'DISCOUNT_VOUCHER' },
		{ name: 'Gift Card', value: 'GIFT_VOUCHER' },
		{ name: 'Loyalty Card', value: 'LOYALTY_CARD' },
	],
	default: 'DISCOUNT_VOUCHER',
};

/**
 * The form fields of what a voucher is worth.
 * @param shows when the fields of each kind are shown
 */
export function worthFields(shows: {
	readonly discount: Show;
	readonly gift: Show;
	readonly loyalty: Show;
}): INodeProperties[] {
	const ofDiscount = (...types: string[]): NonNullable<INodeProperties['displayOptions']> => ({
		show: { ...shows.discount, discountType: types },
	});
	return [
		{
			displayName: 'Discount Type',
			name: 'discountType',
			type: 'options',
			options: [
				{ name: 'Amount', value: 'AMOUNT', description: 'So much off the price, e.g. 10 euros' },
				{ name: 'Fixed Price', value: 'FIXED', description: 'The order or the item costs so much' },
				{ name: 'Percent', value: 'PERCENT', description: 'A part off the price, e.g. 20%' },
				{ name: 'Units', value: 'UNIT', description: 'Products for free, e.g. one coffee' },
			],
			default: 'PERCENT',
			displayOptions: { show: shows.discount },
		},
		{
			displayName: 'Percent Off',
			name: 'percentOff',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 2 },
			default: 10,
			displayOptions: ofDiscount('PERCENT'),
		},
		{
			displayName: 'Amount Off',
			name: 'amountOff',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 10,
			description: 'In currency units such as euros',
			displayOptions: ofDiscount('AMOUNT'),
		},
		{
			displayName: 'Fixed Price',
			name: 'fixedPrice',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 10,
			description: 'In currency units such as euros',
			displayOptions: ofDiscount('FIXED'),
		},
		{
			displayName: 'Units',
			name: 'units',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			description: 'How many of the product are free',
			displayOptions: ofDiscount('UNIT'),
		},
		{
			displayName: 'Product or SKU ID',
			name: 'unitType',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. prod_0b1da8105693710357',
			description: 'The product that is free',
			displayOptions: ofDiscount('UNIT'),
		},
		{
			displayName: 'Gift Amount',
			name: 'giftAmount',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 25,
			description: 'What a gift card holds at the start, in currency units such as euros',
			displayOptions: { show: shows.gift },
		},
		{
			displayName: 'Points',
			name: 'points',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'What a loyalty card holds at the start',
			displayOptions: { show: shows.loyalty },
		},
	];
}

/** The kind of a voucher and what it is worth, when each has its own form. */
export const voucherWorthFields: readonly INodeProperties[] = [
	voucherTypeField,
	...worthFields({
		discount: { voucherType: ['DISCOUNT_VOUCHER'] },
		gift: { voucherType: ['GIFT_VOUCHER'] },
		loyalty: { voucherType: ['LOYALTY_CARD'] },
	}),
];

/** Reads the kind and the worth of a voucher. */
export function readVoucherWorth(item: ItemParameters): Worth {
	return readWorth(item, item.choice('voucherType', TYPES));
}

/** Reads what a voucher of a kind is worth. */
export function readWorth(item: ItemParameters, type: Worth['type']): Worth {
	switch (type) {
		case 'DISCOUNT_VOUCHER':
			return { type, incentive: { discount: readDiscount(item) } };
		case 'GIFT_VOUCHER':
			return { type, incentive: { gift: { amount: readAmount(item, 'giftAmount') } } };
		case 'LOYALTY_CARD':
			return { type, incentive: { loyalty_card: { points: item.count('points', 0, MOST) } } };
	}
}

function readDiscount(item: ItemParameters): IDataObject {
	const type = item.choice('discountType', DISCOUNTS);
	switch (type) {
		case 'AMOUNT':
			return { type, amount_off: readAmount(item, 'amountOff') };
		case 'FIXED':
			return { type, fixed_amount: readAmount(item, 'fixedPrice') };
		case 'PERCENT':
			return { type, percent_off: readPercent(item) };
		case 'UNIT':
			return {
				type,
				unit_off: item.count('units', 1, MOST),
				unit_type: item.requiredText('unitType', 'Enter the ID of a product or an SKU in Voucherify.'),
			};
	}
}

function readAmount(item: ItemParameters, field: string): number {
	const amount = hundredths(item, field, item.value(field));
	if (amount >= 0) return amount;
	throw item.invalid(field, `is ${String(item.value(field))}`, 'Enter an amount of at least 0.');
}

function readPercent(item: ItemParameters): number {
	const percent = asNumber(item.value('percentOff'));
	if (percent >= 0 && percent <= 100) return percent;
	throw item.invalid('percentOff', `is ${String(item.value('percentOff'))}`, 'Enter a number from 0 to 100.');
}
