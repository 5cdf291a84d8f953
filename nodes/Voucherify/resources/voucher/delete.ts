import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { readVoucher, voucherField } from './voucherField';

interface Input {
	readonly code: string;
	readonly force: boolean;
}

export const remove = perItem<Input>({
	name: 'delete',
	displayName: 'Delete',
	action: 'Delete a voucher',
	description: 'Move a voucher to the bin, or delete it for good',
	fields: [
		voucherField,
		{
			displayName: 'Delete Permanently',
			name: 'force',
			type: 'boolean',
			default: false,
			description: 'Whether to delete the voucher for good instead of moving it to the bin',
		},
	],
	read: (item) => ({ code: readVoucher(item), force: item.flag('force') }),
	run: async ({ code, force }, run) => {
		await run.client.send({
			method: 'DELETE',
			path: path`/v1/vouchers/${code}`,
			query: { force: force ? true : undefined },
			repeatable: true,
		});
		return [{ json: { voucher: code, deleted: true, permanently: force } }];
	},
});
