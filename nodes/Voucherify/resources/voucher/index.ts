import type { Resource } from '../../../common/operation';
import { adjustBalance } from './adjustBalance';
import { create } from './create';
import { remove } from './delete';
import { disable } from './disable';
import { enable } from './enable';
import { get } from './get';
import { getAll } from './getAll';
import { getTransactions } from './getTransactions';
import { importCsvFile } from './importCsv';
import { importVouchers } from './importVouchers';
import { update } from './update';
import { updateMetadataBulk } from './updateMetadataBulk';

export const voucher: Resource = {
	name: 'voucher',
	displayName: 'Voucher',
	operations: [
		get,
		getAll,
		create,
		update,
		remove,
		enable,
		disable,
		adjustBalance,
		getTransactions,
		importVouchers,
		updateMetadataBulk,
		importCsvFile,
	],
};
