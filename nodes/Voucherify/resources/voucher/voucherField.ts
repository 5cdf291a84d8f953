import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';

/** The choice of a voucher. */
export const voucherField: INodeProperties = {
	displayName: 'Voucher',
	name: 'voucher',
	type: 'resourceLocator',
	default: { mode: 'code', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a voucher…',
			typeOptions: { searchListMethod: 'searchVouchers', searchable: true },
		},
		{ displayName: 'By Code', name: 'code', type: 'string', placeholder: 'e.g. SUMMER-8KZ2QW4P' },
	],
};

/** Reads the code of a voucher. */
export function readVoucher(item: ItemParameters): string {
	return item.located('voucher', 'Enter the code of a voucher, or choose one from the list.');
}
