import type { Clock } from '../common/clock.mts';
import type { Campaign } from './campaign.mts';
import type { Campaigns } from './campaigns.mts';
import type { CreditMove } from './credit.mts';
import { invalid } from './errors.mts';
import type { JsonObject } from './json.mts';
import type { Transaction, TransactionType } from './transaction.mts';
import type { Voucher } from './voucher.mts';

/** Moves that make a balance smaller. */
const DOWN: ReadonlySet<CreditMove> = new Set(['remove', 'redeem', 'expire', 'transferOut']);

const CREDITS_TYPES: Readonly<Record<CreditMove, TransactionType>> = {
	add: 'CREDITS_ADDITION',
	remove: 'CREDITS_REMOVAL',
	redeem: 'CREDITS_REDEMPTION',
	refund: 'CREDITS_REFUND',
	// Gift cards neither expire in part nor are transferred; the nearest types stand in.
	expire: 'CREDITS_REMOVAL',
	transferIn: 'CREDITS_ADDITION',
	transferOut: 'CREDITS_REMOVAL',
};
const POINTS_TYPES: Readonly<Record<CreditMove, TransactionType>> = {
	add: 'POINTS_ADDITION',
	remove: 'POINTS_REMOVAL',
	redeem: 'POINTS_REDEMPTION',
	refund: 'POINTS_REFUND',
	expire: 'POINTS_EXPIRATION',
	transferIn: 'POINTS_TRANSFER_IN',
	transferOut: 'POINTS_TRANSFER_OUT',
};

/** What a change of a balance is about. */
export interface BalanceEntry {
	/** The caller's own id of the transaction; it does not make the call idempotent. */
	readonly sourceId?: string | undefined;
	readonly reason?: string | undefined;
	/** Where it came from: `API` unless said otherwise. */
	readonly source?: string | undefined;
	readonly operationType?: 'MANUAL' | 'AUTOMATIC' | undefined;
	/** When the move does not say enough, for instance `POINTS_ACCRUAL` for earned points. */
	readonly type?: TransactionType | undefined;
	readonly relatedTransactionId?: string | undefined;
	readonly details?: JsonObject | undefined;
}

/** The balances of gift and loyalty cards, and every transaction that changed one. */
export class Balances {
	readonly #clock: Clock;
	readonly #campaigns: Campaigns;
	readonly #created: (transaction: Transaction, move: CreditMove) => void;
	readonly #all: Transaction[] = [];
	readonly #byVoucher = new Map<string, Transaction[]>();
	readonly #byCampaign = new Map<string, Transaction[]>();

	/** @param created is told about every transaction, so that webhooks can follow */
	constructor(
		clock: Clock,
		campaigns: Campaigns,
		created: (transaction: Transaction, move: CreditMove) => void,
	) {
		this.#clock = clock;
		this.#campaigns = campaigns;
		this.#created = created;
	}

	/** Oldest first. */
	get all(): readonly Transaction[] {
		return this.#all;
	}

	/** Oldest first. */
	ofVoucher(voucher: Voucher): readonly Transaction[] {
		return this.#byVoucher.get(voucher.id) ?? [];
	}

	/** Oldest first. */
	ofCampaign(campaign: Campaign): readonly Transaction[] {
		return this.#byCampaign.get(campaign.id) ?? [];
	}

	/**
	 * Adds `amount` (cents or points; takes away below 0) to the card with this code. Throws 404, or 400 when it is no card
	 * or does not hold as much.
	 */
	adjustBalance(code: string, amount: number, entry: BalanceEntry = {}): Transaction {
		const voucher = this.#campaigns.getVoucher(code);
		return this.move(voucher, amount < 0 ? 'remove' : 'add', Math.abs(amount), entry);
	}

	/**
	 * Moves `amount` (0 or more; cents or points) on a card and takes note of it: `redeem` and its `refund`, `add` and
	 * `remove`, `expire`, transfers. Throws 400 when the voucher is no card or does not hold as much.
	 */
	move(voucher: Voucher, move: CreditMove, amount: number, entry: BalanceEntry = {}): Transaction {
		const { credit } = voucher;
		if (credit === undefined) {
			const details = `Voucher ${voucher.code} is neither a gift card nor a loyalty card`;
			throw invalid('invalid_voucher', 'Invalid voucher', details);
		}
		const isDown = DOWN.has(move);
		if (isDown && amount > credit.balance) {
			const details = `The balance of ${voucher.code} is ${credit.balance}, which is less than ${amount}`;
			throw invalid('invalid_amount', 'Invalid amount', details);
		}
		const at = this.#clock.millis();
		credit.move(move, amount);
		voucher.touch(at);
		const isGift = voucher.type === 'GIFT_VOUCHER';
		const transaction: Transaction = {
			id: this.#newId(at),
			createdAt: at,
			voucher,
			type: entry.type ?? (isGift ? CREDITS_TYPES : POINTS_TYPES)[move],
			amount: isDown ? -amount : amount,
			total: credit.total - credit.subtracted,
			balance: credit.balance,
			operationType: entry.operationType ?? 'MANUAL',
			sourceId: entry.sourceId ?? null,
			source: entry.source ?? 'API',
			reason: entry.reason ?? null,
			relatedTransactionId: entry.relatedTransactionId ?? null,
			details: entry.details ?? {},
		};
		this.#all.push(transaction);
		append(this.#byVoucher, voucher.id, transaction);
		if (voucher.campaign !== undefined) append(this.#byCampaign, voucher.campaign.id, transaction);
		this.#created(transaction, move);
		return transaction;
	}

	/** Hexadecimal digits that begin with the instant, as Voucherify's ids of transactions do. */
	#newId(at: number): string {
		return `vtx_${at.toString(16).padStart(12, '0')}${this.#all.length.toString(16).padStart(6, '0')}`;
	}
}

function append(lists: Map<string, Transaction[]>, key: string, transaction: Transaction): void {
	const list = lists.get(key);
	if (list === undefined) lists.set(key, [transaction]);
	else list.push(transaction);
}
