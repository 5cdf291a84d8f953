import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { simplifyField } from '../../pagingFields';
import { simplifyVoucher } from './simplifyVoucher';
import { readVoucher, voucherField } from './voucherField';

interface Input {
	readonly code: string;
	readonly simplify: boolean;
}

export const get = perItem<Input>({
	name: 'get',
	displayName: 'Get',
	action: 'Get a voucher',
	description: 'Look up a code: what it is worth, its balance, until when it is valid and who holds it',
	fields: [voucherField, simplifyField],
	read: (item) => ({ code: readVoucher(item), simplify: item.flag('simple') }),
	run: async ({ code, simplify }, run) => {
		const voucher = objectOf(await run.client.send({ method: 'GET', path: path`/v1/vouchers/${code}` }));
		return [{ json: simplify ? simplifyVoucher(voucher) : voucher }];
	},
});
