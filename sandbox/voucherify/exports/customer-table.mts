import type { Customer } from '../customer.mts';
import { decimal, utc } from './source.mts';
import { fromArray, table } from './table.mts';

/** Customer profiles. */
export const customerTable = table<Customer>({
	fields: {
		name: ({ fields }) => fields.name ?? '',
		id: ({ id }) => id,
		description: ({ fields }) => fields.description ?? '',
		email: ({ fields }) => fields.email ?? '',
		source_id: ({ sourceId }) => sourceId ?? '',
		created_at: ({ createdAt }) => utc(createdAt),
		address_city: address('city'),
		address_state: address('state'),
		address_line_1: address('line_1'),
		address_line_2: address('line_2'),
		address_country: address('country'),
		address_postal_code: address('postal_code'),
		redemptions_total_redeemed: ({ summary }) => String(summary.redemptions),
		redemptions_total_failed: () => '0',
		redemptions_total_succeeded: ({ summary }) => String(summary.redemptions),
		redemptions_total_rolled_back: () => '0',
		redemptions_total_rollback_failed: () => '0',
		redemptions_total_rollback_succeeded: () => '0',
		orders_total_amount: ({ summary }) => decimal(summary.orderAmount),
		orders_total_count: ({ summary }) => String(summary.orders),
		orders_average_amount: ({ summary }) =>
			decimal(summary.orders === 0 ? 0 : Math.round(summary.orderAmount / summary.orders)),
		orders_last_order_amount: ({ summary }) => decimal(summary.lastOrderAmount),
		orders_last_order_date: () => '',
		loyalty_points: ({ summary }) => String(summary.loyaltyPoints),
		loyalty_referred_customers: () => '0',
		updated_at: ({ updatedAt }) => utc(updatedAt),
		phone: ({ fields }) => fields.phone ?? '',
		birthday: ({ fields }) => fields.birthday ?? '',
		birthdate: ({ fields }) => fields.birthdate ?? '',
	},
	defaultFields: ['name', 'source_id'],
	metadataKeys: ['tier', 'newsletter'],
	metadata: ({ fields }) => fields.metadata ?? {},
	filters: ({ publications }) => ({
		created_at: ({ createdAt }) => utc(createdAt),
		updated_at: ({ updatedAt }) => utc(updatedAt) || undefined,
		email: ({ fields }) => fields.email ?? undefined,
		name: ({ fields }) => fields.name ?? undefined,
		city: ({ city }) => city,
		phone: ({ fields }) => fields.phone ?? undefined,
		birthday: ({ fields }) => fields.birthday ?? undefined,
		source_id: ({ sourceId }) => sourceId,
		'publications.created_at': (customer) =>
			utc(publications.ofCustomer(customer).at(-1)?.createdAt) || undefined,
		'publications.related_object_id': (customer) => publications.ofCustomer(customer).at(-1)?.vouchers[0].id,
	}),
	orders: {
		created_at: 'stored',
		updated_at: ({ updatedAt, createdAt }) => updatedAt ?? createdAt,
		name: ({ fields }) => fields.name ?? '',
		id: ({ id }) => id,
		email: ({ fields }) => fields.email ?? '',
		source_id: ({ sourceId }) => sourceId ?? '',
	},
	rows: ({ customers }) => fromArray(customers.ordered),
});

function address(part: string): (customer: Customer) => string {
	return ({ fields }) => {
		const value = fields.address?.[part];
		return typeof value === 'string' ? value : '';
	};
}
