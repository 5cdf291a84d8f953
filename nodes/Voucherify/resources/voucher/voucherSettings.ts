import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readMoment } from '../../../common/moment';
import type { ItemParameters } from '../../../common/parameters';
import { withoutEmpty } from '../../optionValues';

/** What can be set on a voucher whatever it is worth; the name of each form field. */
export type VoucherSetting =
	| 'active'
	| 'additionalInfo'
	| 'category'
	| 'expirationDate'
	| 'metadata'
	| 'more'
	| 'redemptionLimit'
	| 'startDate';

/** A voucher can be redeemed so many times at most. */
const MOST_REDEMPTIONS = 2_147_483_647;

const FIELDS: Readonly<Record<VoucherSetting, INodeProperties>> = {
	active: {
		displayName: 'Active',
		name: 'active',
		type: 'boolean',
		default: true,
		description: 'Whether the voucher can be redeemed',
	},
	additionalInfo: {
		displayName: 'Additional Information',
		name: 'additionalInfo',
		type: 'string',
		default: '',
		placeholder: 'e.g. Printed on the flyer of May',
	},
	category: {
		displayName: 'Category',
		name: 'category',
		type: 'string',
		default: '',
		placeholder: 'e.g. Newsletter',
	},
	expirationDate: {
		displayName: 'Expiration Date',
		name: 'expirationDate',
		type: 'dateTime',
		default: '',
		description: 'When it ceases to be valid',
	},
	metadata: {
		displayName: 'Metadata',
		name: 'metadata',
		type: 'json',
		default: '{}',
		description: "Custom fields, as your project's metadata schema has them",
	},
	more: {
		displayName: 'More Fields (JSON)',
		name: 'more',
		type: 'json',
		default: '{}',
		description:
			'Anything else that the API takes, by its own names, e.g. {"validity_day_of_week": [1, 2]}. It wins over the fields above.',
	},
	redemptionLimit: {
		displayName: 'Redemption Limit',
		name: 'redemptionLimit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'How many times it can be redeemed',
	},
	startDate: {
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		default: '',
		description: 'When it begins to be valid',
	},
};

/** The form field of some settings, in alphabetical order. */
export function voucherSettingsField(...names: readonly VoucherSetting[]): INodeProperties {
	return {
		displayName: 'Settings',
		name: 'settings',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		options: names.map((name) => FIELDS[name]).sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** Reads the settings as request bodies have them; what was not added is left out. */
export function readVoucherSettings(item: ItemParameters): IDataObject {
	const limit = item.optionCount('settings', 'redemptionLimit', 1, MOST_REDEMPTIONS);
	return {
		...withoutEmpty({
			active: item.optionFlag('settings', 'active'),
			additional_info: item.optionText('settings', 'additionalInfo'),
			category: item.optionText('settings', 'category'),
			start_date: readMoment(item, 'settings', 'startDate'),
			expiration_date: readMoment(item, 'settings', 'expirationDate'),
			metadata: item.objectOption('settings', 'metadata'),
			redemption: limit === undefined ? undefined : { quantity: limit },
		}),
		...item.objectOption('settings', 'more'),
	};
}
