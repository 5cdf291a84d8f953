import type { CreditMove } from './credit.mts';
import type { Customer } from './customer.mts';
import type { VoucherifyEvent } from './event.mts';
import { toBalanceDetails, toTransaction, type Transaction } from './transaction.mts';
import type { Voucher } from './voucher.mts';

/** The event of a voucher that was created, updated, deleted, enabled or disabled. */
export function voucherEvent(
	voucher: Voucher,
	change: 'created' | 'updated' | 'deleted' | 'enabled' | 'disabled',
	serviceUrl: string,
): VoucherifyEvent {
	return {
		type: `voucher.${change}`,
		audience: 'project',
		idPrefix: 'evvou_',
		entityId: voucher.id,
		data: () => {
			const whole = Object.entries(voucher.toVoucher(serviceUrl)).filter(([, value]) => value !== null);
			return { voucher: Object.fromEntries(whole), ...campaignOf(voucher) };
		},
	};
}

/** All events of a change of a balance: of the transaction, and of credits or points that came or expired. */
export function balanceEvents(
	transaction: Transaction,
	move: CreditMove,
	holder: Customer | undefined,
): VoucherifyEvent[] {
	const { voucher } = transaction;
	const card = voucher.type === 'GIFT_VOUCHER' ? 'gift' : 'loyalty_card';
	const balance = () => toBalanceDetails(transaction);
	const base = { idPrefix: 'evvou_', entityId: voucher.id, audience: 'project' } as const;
	const events: VoucherifyEvent[] = [
		{
			...base,
			type: `voucher.${card}.transaction.created`,
			data: () => ({ ...transactionParts(transaction, holder), balance: balance() }),
		},
	];
	const change = changeName(card, move);
	if (change === undefined) return events;
	const data = () => ({
		voucher: voucher.toEventVoucher(),
		balance: balance(),
		...campaignOf(voucher),
		transaction: toTransaction(transaction),
	});
	events.push({ ...base, type: `voucher.${card}.${change}`, data });
	if (holder === undefined) return events;
	events.push({
		type: `customer.voucher.${card}.${change}`,
		audience: 'distribution',
		idPrefix: 'evcus_',
		entityId: holder.id,
		data: () => ({ customer: holder.toSimpleCustomer(), ...data() }),
	});
	return events;
}

/** Everything that the event of a transaction has to name; what the transaction is about stands in its details. */
function transactionParts(transaction: Transaction, holder: Customer | undefined): Record<string, unknown> {
	const { voucher } = transaction;
	const common = {
		transaction: toTransaction(transaction),
		voucher: voucher.toEventVoucher(),
		campaign: voucher.campaign?.toEventCampaign() ?? null,
		holder: holder?.toSimpleCustomer() ?? null,
		order: null,
		redemption: null,
		rollback: null,
	};
	if (voucher.type === 'GIFT_VOUCHER') return common;
	return {
		...common,
		holder_loyalty_tier: null,
		event: null,
		earning_rule: null,
		segment: null,
		loyalty_tier: null,
		reward: null,
		custom_event: null,
		source_voucher: null,
		destination_voucher: null,
	};
}

/** The end of the type of event that tells about a move, if one does. */
function changeName(card: 'gift' | 'loyalty_card', move: CreditMove): string | undefined {
	if (card === 'gift') return move === 'add' ? 'balance_added' : undefined;
	if (move === 'expire') return 'points_expired';
	return move === 'add' ? 'points_added' : undefined;
}

function campaignOf({ campaign }: Voucher): Record<string, unknown> {
	return campaign === undefined ? {} : { campaign: campaign.toEventCampaign() };
}
