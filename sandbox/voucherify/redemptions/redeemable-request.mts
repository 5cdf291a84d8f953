import { integerIn, objectIn, readBody, textIn, wrongPayload } from '../body.mts';
import { isObject, type JsonObject } from '../json.mts';
import { type OrderRequest, readOrderRequest } from '../orders/order-request.mts';

const OBJECTS = ['voucher', 'promotion_tier', 'promotion_stack'] as const;
/** One request redeems or validates at most so many. */
const MOST_REDEEMABLES = 30;

/** Something that a request wants to redeem or to validate. */
export interface RequestedRedeemable {
	readonly object: (typeof OBJECTS)[number];
	/** A code, or the id of a tier. */
	readonly id: string;
	/** Cents of a gift card; as many as the order needs when left out. */
	readonly credits: number | undefined;
	/** What a loyalty card is redeemed for. */
	readonly reward: { readonly id: string; readonly points: number | undefined } | undefined;
}

/** What requests to redeem and to validate say. */
export interface StackRequest {
	readonly redeemables: readonly [RequestedRedeemable, ...RequestedRedeemable[]];
	readonly order: OrderRequest | undefined;
	readonly customer: JsonObject | undefined;
	readonly session: JsonObject | undefined;
	readonly trackingId: string | undefined;
	readonly metadata: JsonObject;
}

/** Reads the body of POST /v1/redemptions and POST /v1/validations. Throws 400 `invalid_payload`. */
export function readStackRequest(given: unknown): StackRequest {
	const body = readBody(given);
	const redeemables = body['redeemables'];
	if (!Array.isArray(redeemables) || redeemables.length > MOST_REDEEMABLES) {
		throw wrongPayload(`Property .redeemables should be an array of 1 to ${MOST_REDEEMABLES}`);
	}
	const [first, ...more] = redeemables.map(readRedeemable);
	if (first === undefined) {
		throw wrongPayload(`Property .redeemables should be an array of 1 to ${MOST_REDEEMABLES}`);
	}
	if (new Set([first, ...more].map(({ object, id }) => `${object} ${id}`)).size <= more.length) {
		throw wrongPayload('Property .redeemables should not name anything twice');
	}
	const order = objectIn(body, 'order');
	return {
		redeemables: [first, ...more],
		order: order && readOrderRequest(order),
		customer: objectIn(body, 'customer'),
		session: objectIn(body, 'session'),
		trackingId: textIn(body, 'tracking_id'),
		metadata: objectIn(body, 'metadata') ?? {},
	};
}

function readRedeemable(given: unknown): RequestedRedeemable {
	if (!isObject(given)) throw wrongPayload('An item of .redeemables should be an object');
	const object = OBJECTS.find((one) => one === given['object']);
	const id = textIn(given, 'id');
	if (object === undefined || id === undefined) {
		throw wrongPayload('An item of .redeemables needs an id and an object, such as voucher');
	}
	const gift = objectIn(given, 'gift');
	const credits = gift && integerIn(gift, 'credits');
	if (credits !== undefined && credits < 0) throw wrongPayload('Property .gift.credits should be at least 0');
	const reward = objectIn(given, 'reward');
	return { object, id, credits, reward: reward && readReward(reward) };
}

/** Reads which reward a loyalty card is redeemed for. Throws 400 `invalid_payload`. */
export function readReward(reward: JsonObject): { id: string; points: number | undefined } {
	const id = textIn(reward, 'id');
	const points = integerIn(reward, 'points');
	if (id === undefined) throw wrongPayload('Property .reward.id is required');
	if (points !== undefined && points < 1) throw wrongPayload('Property .reward.points should be at least 1');
	return { id, points };
}
