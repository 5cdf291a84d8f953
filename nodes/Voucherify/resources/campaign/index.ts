import type { Resource } from '../../../common/operation';
import { addVouchers } from './addVouchers';
import { create } from './create';
import { remove } from './delete';
import { disable } from './disable';
import { enable } from './enable';
import { get } from './get';
import { getAll } from './getAll';
import { getSummary } from './getSummary';
import { getTransactions } from './getTransactions';
import { importCsvFile } from './importCsv';
import { importVouchers } from './importVouchers';
import { update } from './update';

export const campaign: Resource = {
	name: 'campaign',
	displayName: 'Campaign',
	operations: [
		getAll,
		get,
		getSummary,
		create,
		update,
		remove,
		enable,
		disable,
		addVouchers,
		importVouchers,
		getTransactions,
		importCsvFile,
	],
};
