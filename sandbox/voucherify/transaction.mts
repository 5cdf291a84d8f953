import type { JsonObject } from './json.mts';
import type { Voucher } from './voucher.mts';

export type TransactionType =
	| 'CREDITS_REDEMPTION'
	| 'CREDITS_REFUND'
	| 'CREDITS_ADDITION'
	| 'CREDITS_REMOVAL'
	| 'PENDING_POINTS_ACTIVATION'
	| 'POINTS_ACCRUAL'
	| 'POINTS_REDEMPTION'
	| 'POINTS_REFUND'
	| 'POINTS_ADDITION'
	| 'POINTS_REMOVAL'
	| 'POINTS_EXPIRATION'
	| 'POINTS_TRANSFER_IN'
	| 'POINTS_TRANSFER_OUT';

/** A change of a card's balance. */
export interface Transaction {
	/** Ids sort in the order of their creation. */
	readonly id: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	readonly voucher: Voucher;
	readonly type: TransactionType;
	/** Cents or points; below 0 when the balance went down. */
	readonly amount: number;
	/** Sum of everything added less everything taken away by hand, after this transaction. */
	readonly total: number;
	/** After this transaction. */
	readonly balance: number;
	readonly operationType: 'MANUAL' | 'AUTOMATIC';
	readonly sourceId: string | null;
	readonly source: string | null;
	readonly reason: string | null;
	readonly relatedTransactionId: string | null;
	/** What else the transaction is about, in Voucherify's shape: `order`, `redemption`, `earning_rule` and so on. */
	readonly details: JsonObject;
}

/** The answer to POST /v1/vouchers/{code}/balance. */
export function toBalance({ voucher, amount, total, balance, operationType }: Transaction) {
	return {
		amount,
		total,
		balance,
		type: kindOf(voucher),
		operation_type: operationType,
		object: 'balance',
		related_object: { type: 'voucher', id: voucher.id },
	};
}

/** The balance inside of transactions and events, which calls a loyalty card's amount `points`. */
export function toBalanceDetails(transaction: Transaction): Record<string, unknown> {
	const { amount, ...balance } = toBalance(transaction);
	return kindOf(transaction.voucher) === 'loyalty_card'
		? { ...balance, points: amount }
		: { ...balance, amount };
}

/** The transaction as lists and events show it. */
export function toTransaction(transaction: Transaction): Record<string, unknown> {
	const { voucher } = transaction;
	return {
		id: transaction.id,
		source_id: transaction.sourceId,
		voucher_id: voucher.id,
		// The contract knows no null here.
		campaign_id: voucher.campaign?.id ?? '',
		source: transaction.source,
		reason: transaction.reason,
		type: transaction.type,
		details: { balance: toBalanceDetails(transaction), ...transaction.details },
		related_transaction_id: transaction.relatedTransactionId,
		created_at: new Date(transaction.createdAt).toISOString(),
	};
}

function kindOf(voucher: Voucher): 'gift_voucher' | 'loyalty_card' {
	return voucher.type === 'LOYALTY_CARD' ? 'loyalty_card' : 'gift_voucher';
}
