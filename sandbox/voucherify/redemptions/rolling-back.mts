import { objectIn, readBody, textIn } from '../body.mts';
import { invalid } from '../errors.mts';
import type { VoucherifyEvent } from '../event.mts';
import type { JsonObject } from '../json.mts';
import { type OrderRequest, readOrderRequest } from '../orders/order-request.mts';
import { Redemption } from './redemption.mts';
import { rollbackEvents } from './redemption-events.mts';
import { RedemptionStack } from './redemption-stack.mts';
import { relatedObject } from './redeemable.mts';
import type { Redemptions, RedemptionsContext } from './redemptions.mts';
import { Rollback, type RollbackRequest } from './rollback.mts';

interface FullRequest extends RollbackRequest {
	readonly order: OrderRequest | undefined;
}

/** Takes redemptions back. */
export class RollingBack {
	readonly #redemptions: Redemptions;
	readonly #context: RedemptionsContext;

	constructor(redemptions: Redemptions, context: RedemptionsContext) {
		this.#redemptions = redemptions;
		this.#context = context;
	}

	/**
	 * Takes one redemption back. `body` and `query` may say why.
	 * Throws 404, or 400 `already_rolled_back` or `invalid_redemption`.
	 */
	single(id: string, body: unknown, query: JsonObject): Rollback {
		const request = readRequest(body, query);
		const redemption = this.#redemptions.get(id);
		if (!(redemption instanceof Redemption) || redemption.parentId !== undefined) {
			throw cannot(`Redemption ${id} is part of several: they are rolled back together, by the parent's id`);
		}
		const rollback = this.#rollBack(redemption, request, undefined);
		this.#cancel(redemption, request);
		this.#tell(rollback, redemption);
		return rollback;
	}

	/**
	 * Takes everything back that was redeemed together, or one redemption that was alone.
	 * Throws 404, or 400 `already_rolled_back` or `invalid_redemption`.
	 */
	stack(
		id: string,
		body: unknown,
		query: JsonObject,
	): { rollbacks: Rollback[]; parent: Rollback | undefined } {
		const stack = this.#redemptions.get(id);
		if (!(stack instanceof RedemptionStack)) {
			return { rollbacks: [this.single(id, body, query)], parent: undefined };
		}
		if (stack.rollback !== undefined) throw again(id);
		const request = readRequest(body, query);
		const { clock, random } = this.#context;
		const parent = new Rollback(random.id('rr_', 18), clock.millis(), stack, request, undefined);
		const pairs = stack.redemptions.map((redemption) => ({
			redemption,
			rollback: this.#rollBack(redemption, request, parent.id),
		}));
		stack.rollback = parent;
		this.#redemptions.store(parent);
		this.#cancel(stack, request);
		for (const { rollback, redemption } of pairs) this.#tell(rollback, redemption);
		return { rollbacks: pairs.map(({ rollback }) => rollback), parent };
	}

	#rollBack(redemption: Redemption, request: FullRequest, parentId: string | undefined): Rollback {
		const { clock, random, balances } = this.#context;
		const { id, redeemable, details, order } = redemption;
		if (redemption.failure !== undefined) throw cannot(`Redemption ${id} has failed`);
		if (redemption.rollback !== undefined) {
			this.#context.emit(this.#failed(redemption));
			throw again(id);
		}
		const at = clock.millis();
		const rollback = new Rollback(random.id('rr_', 18), at, redemption, request, parentId);
		if (redeemable.kind === 'voucher') {
			redeemable.voucher.redeem(-1, at);
			if (details.amount !== undefined) {
				const about = { redemption: { id }, rollback: { id: rollback.id } };
				balances.move(redeemable.voucher, 'refund', details.amount, { details: about });
			}
		}
		if (details.reward !== undefined) details.reward.assignment.reward.redeemed--;
		redemption.rollback = rollback;
		redemption.customer?.countRedemptions(-1);
		order?.note(id, {
			date: new Date(redemption.createdAt).toISOString(),
			...relatedObject(redeemable),
			rollback_id: rollback.id,
			rollback_date: new Date(at).toISOString(),
		});
		this.#redemptions.store(rollback);
		return rollback;
	}

	/** The order loses its discounts and counts as canceled, unless the request says otherwise. */
	#cancel({ order }: Redemption | RedemptionStack, { order: request }: FullRequest): void {
		if (order === undefined) return;
		this.#context.orders.update(order, {
			...NOTHING,
			...request,
			status: request?.status ?? 'CANCELED',
			amounts: request?.amounts ?? order.amounts.withoutDiscounts(),
		});
	}

	#tell(rollback: Rollback, redemption: Redemption): void {
		for (const event of rollbackEvents(rollback, redemption)) this.#context.emit(event);
	}

	#failed(redemption: Redemption): VoucherifyEvent {
		const { rollback } = redemption;
		const [event] = rollback === undefined ? [] : rollbackEvents(rollback, redemption);
		if (event === undefined) throw again(redemption.id);
		return {
			...event,
			type: 'redemption.rollback.failed',
			data: () => {
				const data = event.data();
				const failure = { result: 'FAILURE', status: 'FAILED', failure_code: 'already_rolled_back' };
				return { ...data, redemption_rollback: { ...rollback?.toEventRollback(), ...failure } };
			},
		};
	}
}

const NOTHING: OrderRequest = {
	id: undefined,
	sourceId: undefined,
	status: undefined,
	amounts: undefined,
	metadata: undefined,
	customer: undefined,
	referrer: undefined,
	createdAt: undefined,
};

function readRequest(given: unknown, query: JsonObject): FullRequest {
	const body = given === undefined ? {} : readBody(given);
	const order = objectIn(body, 'order');
	return {
		reason: textIn(body, 'reason') ?? textIn(query, 'reason'),
		trackingId: textIn(body, 'tracking_id') ?? textIn(query, 'tracking_id'),
		metadata: objectIn(body, 'metadata'),
		order: order && readOrderRequest(order),
	};
}

function again(id: string): Error {
	const details = `Redemption ${id} has already been rolled back`;
	return invalid('already_rolled_back', 'Already rolled back', details);
}

function cannot(details: string): Error {
	return invalid('invalid_redemption', 'Redemption cannot be rolled back', details);
}
