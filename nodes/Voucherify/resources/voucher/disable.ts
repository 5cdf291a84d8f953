import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { simplifyVoucher } from './simplifyVoucher';
import { readVoucher, voucherField } from './voucherField';

export const disable = perItem<string>({
	name: 'disable',
	displayName: 'Disable',
	action: 'Disable a voucher',
	description: 'Keep a voucher from being redeemed until it is enabled again',
	fields: [voucherField],
	read: readVoucher,
	run: async (code, run) => {
		const response = await run.client.send({
			method: 'POST',
			path: path`/v1/vouchers/${code}/disable`,
			repeatable: true,
		});
		return [{ json: simplifyVoucher(objectOf(response)) }];
	},
});
