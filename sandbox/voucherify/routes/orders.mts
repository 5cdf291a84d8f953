import type { FastifyInstance } from 'fastify';
import { wrongPayload } from '../body.mts';
import { readOrderRequest } from '../orders/order-request.mts';
import { list, pageOf, sortedBy } from '../page.mts';
import { orderParameter, readPaging, readQuery } from '../query.mts';
import type { VoucherifyState } from '../state.mts';

const LAST_PAGE = 100;
/** One request imports at most so many. */
const MOST_IMPORTED = 2_000;

interface WithOrder {
	Params: { orderId: string };
}

/** Orders: list, create, import, get, update. `orderId` is an id or a source_id. */
export function registerOrders(app: FastifyInstance, state: VoucherifyState): void {
	app.get('/v1/orders', (request) => {
		const query = readQuery(request);
		const paging = readPaging(query, LAST_PAGE);
		const { field, descending } = orderParameter(query, ['created_at', 'updated_at'], 'created_at');
		const ordered = sortedBy(state.sales.orders.all, (order) =>
			field === 'updated_at' ? (order.updatedAt ?? order.createdAt) : order.createdAt,
		);
		const page = pageOf(ordered, paging, descending).map((order) => order.toOrder());
		return list('orders', page, ordered.length);
	});

	app.post('/v1/orders', (request) => state.sales.orders.create(readOrderRequest(request.body)).toOrder());

	app.post('/v1/orders/import', (request) => {
		const { body } = request;
		if (!Array.isArray(body) || body.length === 0 || body.length > MOST_IMPORTED) {
			throw wrongPayload(`The body should be an array of 1 to ${MOST_IMPORTED} orders`);
		}
		const work = () => state.sales.orders.import(body);
		return { async_action_id: state.asyncActions.start('ORDERS.IMPORT', work).id };
	});

	app.get<WithOrder>('/v1/orders/:orderId', (request) =>
		state.sales.orders.get(request.params.orderId).toOrder(),
	);

	app.put<WithOrder>('/v1/orders/:orderId', (request) => {
		const order = state.sales.orders.get(request.params.orderId);
		state.sales.orders.update(order, readOrderRequest(request.body));
		return order.toOrder();
	});
}
