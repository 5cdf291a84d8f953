import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { readCursorPages } from '../../cursorPages';
import { pagingFields, readWanted } from '../../pagingFields';
import { readOrder, transactionOrderField } from './transactionOrderField';
import { readVoucher, voucherField } from './voucherField';

interface Input {
	readonly code: string;
	readonly wanted: number;
	readonly order: string;
}

export const getTransactions = perItem<Input>({
	name: 'getTransactions',
	displayName: 'Get Transactions',
	action: 'Get the transactions of a voucher',
	description: 'List what was added to and taken from the balance of a gift card or a loyalty card',
	fields: [voucherField, ...pagingFields, transactionOrderField],
	read: (item) => ({ code: readVoucher(item), wanted: readWanted(item), order: readOrder(item) }),
	run: async ({ code, wanted, order }, run) => {
		const list = { path: path`/v1/vouchers/${code}/transactions`, query: { order } };
		return (await readCursorPages(run.client, list, wanted)).map((json) => ({ json }));
	},
});
