import { inBatches, type Batching } from '../../../common/operation';
import { arrayOf } from '../../../common/packing';
import type { ItemParameters } from '../../../common/parameters';
import { readLongestWait, waitOptionsField } from '../../../common/polling';
import { path } from '../../../common/urlPath';
import { BULK_LIMITS, sendBulk } from '../asyncAction/bulk';
import { readVoucherSettings, voucherSettingsField } from '../voucher/voucherSettings';
import { anyCampaignField, readCampaign } from './anyCampaignField';

export const importVouchers = inBatches({
	name: 'importVouchers',
	displayName: 'Import Vouchers',
	action: 'Import vouchers into a campaign',
	description:
		'Add the code of each item to one campaign, any number in few requests, and wait until Voucherify is done. Codes that it refuses come back as failed items.',
	fields: [
		anyCampaignField,
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. SUMMER-ADA',
			description: 'The code of the item, usually from one of its fields',
		},
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
	const campaign = readCampaign(fixed);
	const longestWait = readLongestWait(fixed);
	return {
		limits: BULK_LIMITS,
		read: (item) => {
			if (readCampaign(item) !== campaign) {
				throw item.invalid(
					'campaign',
					'is not that of the first item',
					'One import goes into one campaign. Split the items by campaign.',
				);
			}
			const key = item.requiredText('code', 'Enter a code that no voucher has yet.');
			const text = JSON.stringify({ code: key, ...readVoucherSettings(item) });
			return [{ owner: item.index, lane: 'vouchers', text, key }];
		},
		send: async (parts, run) =>
			await sendBulk(parts, run, {
				path: path`/v1/campaigns/${campaign}/import`,
				body: arrayOf(parts),
				// The codes of an import that did arrive would be refused as taken.
				repeatable: false,
				longestWait,
			}),
	};
}
