import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { readCursorPages } from '../../cursorPages';
import { pagingFields, readWanted } from '../../pagingFields';
import { readOrder, transactionOrderField } from '../voucher/transactionOrderField';
import { memberField, readMember } from './memberField';

interface Input {
	readonly member: string;
	readonly wanted: number;
	readonly order: string;
}

export const getTransactions = perItem<Input>({
	name: 'getTransactions',
	displayName: 'Get Transactions',
	action: "Get a member's points transactions",
	description: 'List what was added to and taken from the points of a loyalty card',
	fields: [memberField, ...pagingFields, transactionOrderField],
	read: (item) => ({ member: readMember(item), wanted: readWanted(item), order: readOrder(item) }),
	run: async ({ member, wanted, order }, run) => {
		// A loyalty card is a voucher, and its transactions are listed with those of vouchers.
		const list = { path: path`/v1/vouchers/${member}/transactions`, query: { order } };
		return (await readCursorPages(run.client, list, wanted)).map((json) => ({ json }));
	},
});
