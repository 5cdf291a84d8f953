import { integerIn, objectIn, readBody, textIn, wrongPayload } from '../body.mts';
import { isObject, type JsonObject } from '../json.mts';
import { OrderAmounts, type OrderItem } from './order-amounts.mts';

const STATUSES = ['CREATED', 'PAID', 'CANCELED', 'FULFILLED'] as const;
const MOST_ITEMS = 500;

export type OrderStatus = (typeof STATUSES)[number];

/** What a request says about an order; whatever is left out stays as it is. */
export interface OrderRequest {
	readonly id: string | undefined;
	readonly sourceId: string | undefined;
	readonly status: OrderStatus | undefined;
	readonly amounts: OrderAmounts | undefined;
	readonly metadata: JsonObject | undefined;
	readonly customer: JsonObject | undefined;
	readonly referrer: JsonObject | undefined;
	/** Milliseconds since 1970. */
	readonly createdAt: number | undefined;
}

/** Reads an order out of a request's body. Throws 400 `invalid_payload`. */
export function readOrderRequest(body: unknown): OrderRequest {
	const order = readBody(body);
	return {
		id: textIn(order, 'id'),
		sourceId: textIn(order, 'source_id'),
		status: readStatus(order),
		amounts: readAmounts(order),
		metadata: objectIn(order, 'metadata'),
		customer: objectIn(order, 'customer'),
		referrer: objectIn(order, 'referrer'),
		createdAt: readInstant(order),
	};
}

function readStatus(order: JsonObject): OrderStatus | undefined {
	const text = textIn(order, 'status');
	if (text === undefined) return undefined;
	const status = STATUSES.find((one) => one === text);
	if (status === undefined) throw wrongPayload(`Property .status should be one of ${STATUSES.join(', ')}`);
	return status;
}

function readInstant(order: JsonObject): number | undefined {
	const text = textIn(order, 'created_at');
	if (text === undefined) return undefined;
	const at = Date.parse(text);
	if (Number.isNaN(at)) throw wrongPayload('Property .created_at should be a date in ISO 8601 format');
	return at;
}

/** Items, where there are any, say what the order costs; else its own amount does. */
function readAmounts(order: JsonObject): OrderAmounts | undefined {
	const amount = integerIn(order, 'amount');
	const given = order['items'];
	if (given !== undefined && !Array.isArray(given)) throw wrongPayload('Property .items should be an array');
	if (given === undefined || given.length === 0) {
		return amount === undefined && given === undefined ? undefined : new OrderAmounts([], amount ?? 0);
	}
	if (given.length > MOST_ITEMS) throw wrongPayload(`An order has at most ${MOST_ITEMS} items`);
	const items = given.map(readItem);
	const sum = items.reduce((total, item) => total + item.amount, 0);
	return new OrderAmounts(items, sum === 0 ? (amount ?? 0) : sum);
}

function readItem(given: unknown): OrderItem {
	if (!isObject(given)) throw wrongPayload('An item of .items should be an object');
	const quantity = integerIn(given, 'quantity') ?? 1;
	if (quantity < 1) throw wrongPayload('Property .items.quantity should be at least 1');
	const product = objectIn(given, 'product');
	const price = integerIn(given, 'price') ?? (product && integerIn(product, 'price')) ?? 0;
	const amount = integerIn(given, 'amount') ?? price * quantity;
	return { fields: given, quantity, amount, discount: 0, freeUnits: 0 };
}
