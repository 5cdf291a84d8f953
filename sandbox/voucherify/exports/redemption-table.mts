import type { Redemption } from '../sales.mts';
import { decimal, utc } from './source.mts';
import { fromArray, table } from './table.mts';

/** Redemptions. */
export const redemptionTable = table<Redemption>({
	fields: {
		id: ({ id }) => id,
		object: () => 'redemption',
		date: ({ createdAt }) => utc(createdAt),
		voucher_code: ({ code }) => code,
		campaign: ({ campaign }) => campaign.name,
		promotion_tier_id: () => '',
		customer_id: ({ order }) => order.customer.id,
		customer_source_id: ({ order }) => order.customer.sourceId ?? '',
		customer_name: ({ order }) => order.customer.fields.name ?? '',
		tracking_id: ({ order }) => order.customer.sourceId ?? '',
		order_id: ({ order }) => order.id,
		order_amount: ({ order }) => decimal(order.amount),
		gift_amount: () => '',
		loyalty_points: () => '',
		result: () => 'SUCCESS',
		failure_code: () => '',
		failure_message: () => '',
	},
	defaultFields: ['id', 'object', 'voucher_code', 'customer_id', 'date', 'result'],
	metadataKeys: ['till'],
	metadata: ({ metadata }) => metadata,
	filters: {
		created_at: ({ createdAt }) => utc(createdAt),
		campaign: ({ campaign }) => campaign.name,
		campaign_name: ({ campaign }) => campaign.name,
		customer: ({ order }) => order.customer.id,
		customer_id: ({ order }) => order.customer.id,
		voucher: ({ code }) => code,
		voucher_code: ({ code }) => code,
		related_object_parent_id: ({ campaign }) => campaign.id,
		result: () => 'SUCCESS',
		status: () => 'SUCCEEDED',
		object: () => 'redemption',
		failure_code: () => undefined,
		parent_redemption_id: () => undefined,
	},
	orders: {
		created_at: 'stored',
		id: ({ id }) => id,
		voucher_code: ({ code }) => code,
		tracking_id: ({ order }) => order.customer.sourceId ?? '',
		customer_id: ({ order }) => order.customer.id,
	},
	rows: ({ redemptions }) => fromArray(redemptions),
});
