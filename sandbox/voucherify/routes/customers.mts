import type { FastifyInstance } from 'fastify';
import { customerFields } from '../customer.mts';
import { listCustomers } from '../customer-list.mts';
import { invalid } from '../errors.mts';
import { isObject } from '../json.mts';
import { list } from '../page.mts';
import { readQuery } from '../query.mts';
import type { VoucherifyState } from '../state.mts';

interface WithCustomer {
	Params: { customerId: string };
}

/** Customers: list, create or update, get, update, delete, and the segments of one. `customerId` is an id or a source_id. */
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
		state.customers.delete(state.customers.get(request.params.customerId));
		return reply.code(204).send();
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
