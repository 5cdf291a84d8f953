import { REDEMPTION_FILTERS } from '../redemptions/redemption-list.mts';
import { campaignOf } from '../redemptions/redeemable.mts';
import type { RedemptionEntry } from '../redemptions/redemption.mts';
import { decimal, utc } from './source.mts';
import { fromArray, table } from './table.mts';

/** Redemptions, stacks of them and rollbacks. */
export const redemptionTable = table<RedemptionEntry>({
	fields: {
		id: ({ id }) => id,
		object: (entry) => ('rolledBack' in entry ? 'redemption_rollback' : 'redemption'),
		date: ({ createdAt }) => utc(createdAt),
		voucher_code: codeOf,
		campaign: ({ redeemable }) => (redeemable && campaignOf(redeemable)?.name) ?? '',
		promotion_tier_id: ({ redeemable }) => (redeemable?.kind === 'tier' ? redeemable.tier.id : ''),
		customer_id: ({ customer }) => customer?.id ?? '',
		customer_source_id: ({ customer }) => customer?.sourceId ?? '',
		customer_name: ({ customer }) => customer?.fields.name ?? '',
		tracking_id: ({ trackingId, customer }) => trackingId ?? customer?.sourceId ?? '',
		order_id: ({ order }) => order?.id ?? '',
		order_amount: ({ order }) => decimal(order?.amounts.amount),
		gift_amount: (entry) => (typeOf(entry) === 'GIFT_VOUCHER' ? decimal(entry.amount) : ''),
		loyalty_points: (entry) => (typeOf(entry) === 'LOYALTY_CARD' ? String(entry.amount ?? '') : ''),
		result: ({ result }) => result,
		failure_code: ({ failure }) => failure?.key ?? '',
		failure_message: ({ failure }) => failure?.message ?? '',
	},
	defaultFields: ['id', 'object', 'voucher_code', 'customer_id', 'date', 'result'],
	metadataKeys: ['till'],
	metadata: ({ metadata }) => metadata,
	filters: () => ({ ...REDEMPTION_FILTERS, related_object_id: codeOf }),
	orders: {
		created_at: 'stored',
		id: ({ id }) => id,
		voucher_code: codeOf,
		tracking_id: ({ trackingId, customer }) => trackingId ?? customer?.sourceId ?? '',
		customer_id: ({ customer }) => customer?.id ?? '',
	},
	rows: ({ redemptions }) => fromArray(redemptions.all),
});

function codeOf({ redeemable }: RedemptionEntry): string {
	return redeemable?.kind === 'voucher' ? redeemable.voucher.code : '';
}

function typeOf({ redeemable }: RedemptionEntry): string | undefined {
	return redeemable?.kind === 'voucher' ? redeemable.voucher.type : undefined;
}
