import { inBatches, type Batching } from '../../../common/operation';
import { arrayOf } from '../../../common/packing';
import type { ItemParameters } from '../../../common/parameters';
import { readLongestWait, waitOptionsField } from '../../../common/polling';
import { BULK_LIMITS, sendBulk } from '../asyncAction/bulk';
import { readVoucherSettings, voucherSettingsField } from './voucherSettings';
import { readVoucherWorth, voucherWorthFields } from './worthFields';

export const importVouchers = inBatches({
	name: 'import',
	displayName: 'Import',
	action: 'Import vouchers',
	description:
		'Create a voucher outside of campaigns for each item, any number in few requests, and wait until Voucherify is done. Codes that it refuses come back as failed items.',
	fields: [
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. SUMMER-ADA',
			description: 'The code of the item, usually from one of its fields',
		},
		...voucherWorthFields.map((field) =>
			// Gift cards and discounts alone can be imported.
			field.name === 'voucherType' ? { ...field, options: (field.options ?? []).slice(0, 2) } : field,
		),
		voucherSettingsField(
			'active',
			'additionalInfo',
			'category',
			'expirationDate',
			'metadata',
			'more',
			'redemptionLimit',
			'startDate',
		),
		waitOptionsField,
	],
	open,
});

function open(fixed: ItemParameters): Batching {
	const longestWait = readLongestWait(fixed);
	return {
		limits: BULK_LIMITS,
		read: (item) => {
			const key = item.requiredText('code', 'Enter a code that no voucher has yet.');
			const { type, incentive } = readVoucherWorth(item);
			const text = JSON.stringify({ code: key, type, ...incentive, ...readVoucherSettings(item) });
			return [{ owner: item.index, lane: 'vouchers', text, key }];
		},
		send: async (parts, run) =>
			await sendBulk(parts, run, {
				path: '/v1/vouchers/import',
				body: arrayOf(parts),
				// The codes of an import that did arrive would be refused as taken.
				repeatable: false,
				longestWait,
			}),
	};
}
