import type { Clock } from '../../common/clock.mts';
import type { Random } from '../../common/random.mts';
import type { AsyncOutcome, FailedRow } from '../async-actions.mts';
import type { Customer } from '../customer.mts';
import type { Customers } from '../customers.mts';
import { duplicate } from '../campaigns.mts';
import { notFound, VoucherifyError } from '../errors.mts';
import { isObject, nonEmptyText } from '../json.mts';
import { Order } from './order.mts';
import { OrderAmounts } from './order-amounts.mts';
import { type OrderRequest, type OrderStatus, readOrderRequest } from './order-request.mts';

/** What happened to an order. */
export type OrderChange = 'created' | 'updated' | 'paid' | 'canceled';

/** What orders need of the rest of Voucherify. */
export interface OrdersContext {
	readonly clock: Clock;
	readonly random: Random;
	readonly customers: Customers;
	/** Called once an order has changed; imported orders are not told. */
	readonly changed: (order: Order, changes: readonly OrderChange[]) => void;
}

/** All orders, found by id and source_id, and in order of their storing. */
export class Orders {
	readonly #context: OrdersContext;
	readonly #all: Order[] = [];
	readonly #byIdOrSourceId = new Map<string, Order>();

	constructor(context: OrdersContext) {
		this.#context = context;
	}

	get all(): readonly Order[] {
		return this.#all;
	}

	/** Adds an order of the seed, which nobody is told about. */
	seed(order: Order): void {
		this.#store(order);
	}

	/** The order with this id or source_id. */
	find(idOrSourceId: string | undefined): Order | undefined {
		return idOrSourceId === undefined ? undefined : this.#byIdOrSourceId.get(idOrSourceId);
	}

	/** Like `find`, but throws 404. */
	get(idOrSourceId: string): Order {
		const order = this.find(idOrSourceId);
		if (order === undefined) throw notFound('order', idOrSourceId);
		return order;
	}

	/** Creates an order. Throws 409 `duplicate_found` when its source_id is taken. */
	create(request: OrderRequest, status: OrderStatus = 'CREATED', buyer?: Customer): Order {
		const order = this.#make(request, status, buyer);
		this.#context.changed(order, ['created', ...becoming(order.status)]);
		return order;
	}

	/** Changes what the request names; metadata is merged key by key. */
	update(order: Order, request: OrderRequest): void {
		const before = order.status;
		this.#set(order, request);
		order.status = request.status ?? before;
		order.updatedAt = this.#context.clock.millis();
		this.#context.changed(order, ['updated', ...(order.status === before ? [] : becoming(order.status))]);
	}

	/** Creates or updates orders out of a body's items, as an import does: without telling anybody of the orders. */
	import(items: readonly unknown[]): AsyncOutcome {
		const failed: FailedRow[] = [];
		for (const item of items) {
			try {
				this.#import(readOrderRequest(item));
			} catch (error) {
				if (!(error instanceof VoucherifyError)) throw error;
				const { key, message, details } = error;
				failed.push({
					key,
					message,
					details,
					sourceId: isObject(item) ? nonEmptyText(item['source_id']) : undefined,
				});
			}
		}
		return { done: items.length - failed.length, failed };
	}

	#import(request: OrderRequest): void {
		const known = this.find(request.id) ?? this.find(request.sourceId);
		if (known === undefined) {
			this.#make(request, 'CREATED', undefined);
			return;
		}
		this.#set(known, request);
		known.status = request.status ?? known.status;
		known.updatedAt = this.#context.clock.millis();
	}

	#make(request: OrderRequest, status: OrderStatus, buyer: Customer | undefined): Order {
		const { clock, random } = this.#context;
		if (this.find(request.sourceId) !== undefined) {
			throw duplicate(`Order with source_id ${request.sourceId} already exists`);
		}
		const order = new Order(
			random.id('ord_'),
			request.sourceId,
			request.createdAt ?? clock.millis(),
			request.status ?? status,
			request.amounts ?? new OrderAmounts([], 0),
			buyer,
		);
		this.#set(order, request);
		this.#store(order);
		return order;
	}

	#set(order: Order, { amounts, metadata, customer, referrer }: OrderRequest): void {
		const { customers } = this.#context;
		if (customer !== undefined) order.customer = customers.upsert(customer);
		if (referrer !== undefined) order.referrer = customers.upsert(referrer);
		if (amounts !== undefined) order.amounts = amounts;
		if (metadata !== undefined) order.metadata = { ...order.metadata, ...metadata };
	}

	#store(order: Order): void {
		this.#all.push(order);
		this.#byIdOrSourceId.set(order.id, order);
		if (order.sourceId !== undefined) this.#byIdOrSourceId.set(order.sourceId, order);
	}
}

/** Events that a new status has of its own; there is none for FULFILLED. */
function becoming(status: OrderStatus): OrderChange[] {
	if (status === 'PAID') return ['paid'];
	return status === 'CANCELED' ? ['canceled'] : [];
}
