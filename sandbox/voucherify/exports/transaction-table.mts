import type { Transaction } from '../transaction.mts';
import { toTransaction } from '../transaction.mts';
import { utc } from './source.mts';
import { fromArray, table } from './table.mts';

/** Changes of gift and loyalty cards. Amounts are cents and points as in the API, because one column holds both. */
export const transactionTable = table<Transaction>({
	fields: {
		id: ({ id }) => id,
		campaign_id: ({ voucher }) => voucher.campaign?.id ?? '',
		voucher_id: ({ voucher }) => voucher.id,
		type: ({ type }) => type,
		source_id: ({ sourceId }) => sourceId ?? '',
		reason: ({ reason }) => reason ?? '',
		source: ({ source }) => source ?? '',
		balance: ({ balance }) => String(balance),
		amount: ({ amount }) => String(amount),
		related_transaction_id: ({ relatedTransactionId }) => relatedTransactionId ?? '',
		created_at: ({ createdAt }) => utc(createdAt),
		details: (transaction) => JSON.stringify(toTransaction(transaction)['details']),
	},
	defaultFields: ['id', 'type', 'source_id', 'reason', 'balance', 'amount', 'created_at'],
	metadataKeys: [],
	metadata: () => ({}),
	filters: () => ({
		created_at: ({ createdAt }) => utc(createdAt),
		voucher_id: ({ voucher }) => voucher.id,
		campaign_id: ({ voucher }) => voucher.campaign?.id,
	}),
	orders: { created_at: 'stored' },
	rows: ({ balances }) => fromArray(balances.all),
});
