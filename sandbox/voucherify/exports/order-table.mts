import type { Order } from '../orders/order.mts';
import { decimal, utc } from './source.mts';
import { fromArray, table } from './table.mts';

/** Orders. */
export const orderTable = table<Order>({
	fields: {
		id: ({ id }) => id,
		source_id: ({ sourceId }) => sourceId ?? '',
		created_at: ({ createdAt }) => utc(createdAt),
		updated_at: ({ updatedAt }) => utc(updatedAt),
		status: ({ status }) => status,
		amount: ({ amounts }) => decimal(amounts.amount),
		discount_amount: ({ amounts }) => decimal(amounts.discount),
		items_discount_amount: ({ amounts }) => decimal(amounts.itemsDiscount),
		total_discount_amount: ({ amounts }) => decimal(amounts.totalDiscount),
		total_amount: ({ amounts }) => decimal(amounts.total),
		customer_id: ({ customer }) => customer?.id ?? '',
		referrer_id: ({ referrer }) => referrer?.id ?? '',
	},
	defaultFields: ['id', 'source_id', 'status'],
	metadataKeys: ['shop'],
	metadata: ({ metadata }) => metadata,
	filters: () => ({
		created_at: ({ createdAt }) => utc(createdAt),
		updated_at: ({ updatedAt }) => utc(updatedAt) || undefined,
		status: ({ status }) => status,
		source_id: ({ sourceId }) => sourceId,
		amount: ({ amounts }) => amounts.amount,
		total_amount: ({ amounts }) => amounts.total,
		discount_amount: ({ amounts }) => amounts.discount,
		total_discount_amount: ({ amounts }) => amounts.totalDiscount,
		items_discount_amount: ({ amounts }) => amounts.itemsDiscount,
	}),
	orders: {
		created_at: 'stored',
		updated_at: ({ updatedAt, createdAt }) => updatedAt ?? createdAt,
		status: ({ status }) => status,
	},
	rows: ({ orders }) => fromArray(orders.all),
});
