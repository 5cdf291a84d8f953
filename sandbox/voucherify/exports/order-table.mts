import type { Order } from '../sales.mts';
import { decimal, utc } from './source.mts';
import { fromArray, table } from './table.mts';

/** Orders. */
export const orderTable = table<Order>({
	fields: {
		id: ({ id }) => id,
		source_id: ({ sourceId }) => sourceId,
		created_at: ({ createdAt }) => utc(createdAt),
		updated_at: () => '',
		status: ({ status }) => status,
		amount: ({ amount }) => decimal(amount),
		discount_amount: ({ discountAmount }) => decimal(discountAmount),
		items_discount_amount: () => decimal(0),
		total_discount_amount: ({ discountAmount }) => decimal(discountAmount),
		total_amount: ({ amount, discountAmount }) => decimal(amount - discountAmount),
		customer_id: ({ customer }) => customer.id,
		referrer_id: () => '',
	},
	defaultFields: ['id', 'source_id', 'status'],
	metadataKeys: ['shop'],
	metadata: ({ metadata }) => metadata,
	filters: () => ({
		created_at: ({ createdAt }) => utc(createdAt),
		updated_at: () => undefined,
		status: ({ status }) => status,
		source_id: ({ sourceId }) => sourceId,
		amount: ({ amount }) => amount,
		total_amount: ({ amount, discountAmount }) => amount - discountAmount,
		discount_amount: ({ discountAmount }) => discountAmount,
		total_discount_amount: ({ discountAmount }) => discountAmount,
		items_discount_amount: () => 0,
	}),
	orders: { created_at: 'stored', updated_at: 'stored', status: ({ status }) => status },
	rows: ({ orders }) => fromArray(orders),
});
