import type { Resource } from '../../../common/operation';
import { adjustBalance } from './adjustBalance';
import { remove } from './delete';
import { disable } from './disable';
import { enable } from './enable';
import { get } from './get';
import { getAll } from './getAll';
import { getTransactions } from './getTransactions';

export const voucher: Resource = {
	name: 'voucher',
	displayName: 'Voucher',
	operations: [get, getAll, adjustBalance, getTransactions, enable, disable, remove],
};
