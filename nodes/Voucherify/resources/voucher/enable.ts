import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { simplifyVoucher } from './simplifyVoucher';
import { readVoucher, voucherField } from './voucherField';

export const enable = perItem<string>({
	name: 'enable',
	displayName: 'Enable',
	action: 'Enable a voucher',
	description: 'Let a voucher be redeemed again',
	fields: [voucherField],
	read: readVoucher,
	run: async (code, run) => {
		const response = await run.client.send({
			method: 'POST',
			path: path`/v1/vouchers/${code}/enable`,
			repeatable: true,
		});
		return [{ json: simplifyVoucher(objectOf(response)) }];
	},
});
