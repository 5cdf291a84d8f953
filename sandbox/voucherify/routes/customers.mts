import type { FastifyInstance } from 'fastify';
import { listActivities, listActivity } from '../activity-list.mts';
import { type Customer, customerFields } from '../customer.mts';
import { listCustomers } from '../customer-list.mts';
import { invalid } from '../errors.mts';
import { isObject } from '../json.mts';
import { list } from '../page.mts';
import { readQuery } from '../query.mts';
import { listRedeemables } from '../redeemables.mts';
import type { VoucherifyState } from '../state.mts';

interface WithCustomer {
	Params: { customerId: string };
}

/** Customers: list, create or update, get, update, delete, and the segments, codes and activity of one. `customerId` is an id or a source_id. */
export function registerCustomers(app: FastifyInstance, state: VoucherifyState): void {
	app.get('/v1/customers', (request) => listCustomers(state, readQuery(request)));

	app.post('/v1/customers', (request) => state.customers.upsert(request.body).toCustomer(state.url));

	app.get<WithCustomer>('/v1/customers/:customerId', (request) =>
		state.customers.get(request.params.customerId).toCustomer(state.url),
	);

	app.put<WithCustomer>('/v1/customers/:customerId', (request) => {
		const customer = state.customers.get(request.params.customerId);
		if (!isObject(request.body)) {
			throw invalid('invalid_payload', 'Invalid payload', 'The body should be an object');
		}
		state.customers.update(customer, customerFields(request.body));
		return customer.toCustomer(state.url);
	});

	app.delete<WithCustomer>('/v1/customers/:customerId', (request, reply) => {
		const customer = state.customers.get(request.params.customerId);
		state.customers.delete(customer);
		const { id, sourceId } = customer;
		state.bin.put({ id, object: 'customer', name: sourceId ?? id, deletedAt: state.now() });
		return reply.code(204).send();
	});

	app.post<WithCustomer>('/v1/customers/:customerId/permanent-deletion', (request) => {
		const customer = state.customers.get(request.params.customerId);
		const segments = state.segments.all.filter((segment) => segment.has(customer)).length;
		state.customers.delete(customer);
		const events = state.activities.forget(customer.id);
		return permanentDeletion(customer, { events, segments }, state.now());
	});

	app.get<WithCustomer>('/v1/customers/:customerId/redeemables', (request) => {
		const customer = state.customers.get(request.params.customerId);
		return listRedeemables(state, customer, readQuery(request));
	});

	app.get<WithCustomer>('/v1/customers/:customerId/activity', (request) => {
		const customer = state.customers.get(request.params.customerId);
		return listActivity(state.activities, customer, readQuery(request));
	});

	app.get<WithCustomer>('/v1/customers/:customerId/activities', (request) => {
		const customer = state.customers.get(request.params.customerId);
		return listActivities(state.activities, customer, readQuery(request));
	});

	app.get<WithCustomer>('/v1/customers/:customerId/segments', (request) => {
		const customer = state.customers.get(request.params.customerId);
		const segments = state.segments.all.filter((segment) => segment.has(customer));
		return list(
			'data',
			segments.map((segment) => segment.toReference()),
			segments.length,
		);
	});
}

/** The answer to a permanent deletion: how much of what was deleted. */
function permanentDeletion(
	customer: Customer,
	{ events, segments }: { readonly events: number; readonly segments: number },
	at: number,
): Record<string, unknown> {
	const { orders } = customer.summary;
	return {
		id: `pdr_${customer.id.slice('cust_'.length)}`,
		created_at: new Date(at).toISOString(),
		related_object_id: customer.id,
		related_object: 'customer',
		status: 'DONE',
		data_json: {
			events,
			customer_events: events,
			daily_events: 0,
			segments,
			orders,
			order_events: orders,
			customer: 1,
		},
		object: 'pernament_deletion',
	};
}
