import type { Clock } from '../../common/clock.mts';
import type { Random } from '../../common/random.mts';
import type { Balances } from '../balances.mts';
import type { Campaigns } from '../campaigns.mts';
import type { Customer } from '../customer.mts';
import type { Customers } from '../customers.mts';
import { notFound } from '../errors.mts';
import type { VoucherifyEvent } from '../event.mts';
import type { Order } from '../orders/order.mts';
import type { Orders } from '../orders/orders.mts';
import type { Publications } from '../publications.mts';
import type { Rewards } from '../rewards/rewards.mts';
import type { Voucher } from '../voucher.mts';
import { type Applicable, calculate, type Inapplicable } from './calculation.mts';
import { relatedObject, type Redeemable } from './redeemable.mts';
import { readStackRequest, type StackRequest } from './redeemable-request.mts';
import { RedeemedReward } from './redeemed-reward.mts';
import { Redemption, type RedemptionEntry } from './redemption.mts';
import { redemptionEvents } from './redemption-events.mts';
import { RedemptionStack } from './redemption-stack.mts';

/** What redemptions need of the rest of Voucherify. */
export interface RedemptionsContext {
	readonly clock: Clock;
	readonly random: Random;
	readonly campaigns: Campaigns;
	readonly customers: Customers;
	readonly publications: Publications;
	readonly balances: Balances;
	readonly orders: Orders;
	readonly rewards: Rewards;
	readonly emit: (event: VoucherifyEvent) => void;
}

/** What a request to redeem has led to. */
export interface Redeemed {
	/** In the order of the request; those that failed are among them. */
	readonly redemptions: readonly Redemption[];
	/** Undefined when only one thing was asked for. */
	readonly stack: RedemptionStack | undefined;
	readonly order: Order | undefined;
	readonly inapplicable: readonly Inapplicable[];
}

/** What redemptions of one request share. */
interface Occasion {
	readonly at: number;
	readonly request: StackRequest;
	readonly customer: Customer | undefined;
	readonly order: Order | undefined;
	readonly parentId: string | undefined;
}

/** All redemptions, stacks of them and rollbacks; redeems codes. */
export class Redemptions {
	readonly #context: RedemptionsContext;
	readonly #all: RedemptionEntry[] = [];
	readonly #byId = new Map<string, RedemptionEntry>();
	readonly #ofVoucher = new Map<string, RedemptionEntry[]>();

	constructor(context: RedemptionsContext) {
		this.#context = context;
	}

	/** In order of their creation. */
	get all(): readonly RedemptionEntry[] {
		return this.#all;
	}

	/** Throws 404. */
	get(id: string): RedemptionEntry {
		const entry = this.#byId.get(id);
		if (entry === undefined) throw notFound('redemption', id);
		return entry;
	}

	/** Redemptions and rollbacks of a code, in order of their creation. */
	ofVoucher(voucher: Voucher): readonly RedemptionEntry[] {
		return this.#ofVoucher.get(voucher.id) ?? [];
	}

	/** Keeps an entry, which nobody is told about. */
	store(entry: RedemptionEntry): void {
		this.#all.push(entry);
		this.#byId.set(entry.id, entry);
		if (entry.redeemable?.kind !== 'voucher') return;
		const { id } = entry.redeemable.voucher;
		const others = this.#ofVoucher.get(id);
		if (others === undefined) this.#ofVoucher.set(id, [entry]);
		else others.push(entry);
	}

	/**
	 * Redeems what a request's body asks for. What does not work fails by itself; when nothing works, the failures are
	 * kept and the first one is thrown.
	 */
	redeem(body: unknown): Redeemed {
		const { clock, random, orders } = this.#context;
		const request = readStackRequest(body);
		const known = orders.find(request.order?.id) ?? orders.find(request.order?.sourceId);
		const start = request.order?.amounts ?? known?.amounts;
		const at = clock.millis();
		const calculation = calculate(request.redeemables, start, this.#context, at);
		const { outcomes, applicable, inapplicable, amounts } = calculation;
		const [firstFailure] = inapplicable;
		if (applicable.length === 0 && firstFailure !== undefined) {
			const occasion = { at, request, customer: undefined, order: known, parentId: undefined };
			for (const failure of inapplicable) this.#fail(failure, occasion);
			throw firstFailure.error;
		}
		const customer = this.#buyer(request, applicable);
		const order = this.#settle(request, known, customer, amounts);
		const stack =
			request.redeemables.length === 1
				? undefined
				: new RedemptionStack(random.id('r_', 18), at, customer, request.trackingId, order, request.metadata);
		const occasion = { at, request, customer, order, parentId: stack?.id };
		const redemptions = outcomes.flatMap(
			(outcome) =>
				('error' in outcome ? this.#fail(outcome, occasion) : this.#redeem(outcome, occasion)) ?? [],
		);
		if (stack !== undefined) {
			stack.redemptions.push(...redemptions.filter(({ failure }) => failure === undefined));
			this.store(stack);
		}
		return { redemptions, stack, order, inapplicable };
	}

	/** The customer that the request names, else the one who holds the loyalty card. */
	#buyer({ customer }: StackRequest, applicable: readonly Applicable[]): Customer | undefined {
		if (customer !== undefined) return this.#context.customers.upsert(customer);
		const card = applicable.find(({ effect }) => effect.kind === 'points');
		return card === undefined ? undefined : this.#holder(card.redeemable);
	}

	/** An order that something is redeemed on counts as paid, unless the request says otherwise. */
	#settle(
		{ order: request }: StackRequest,
		known: Order | undefined,
		customer: Customer | undefined,
		amounts: Order['amounts'] | undefined,
	): Order | undefined {
		if (request === undefined) return undefined;
		const { orders } = this.#context;
		const paid = { ...request, amounts, status: request.status ?? ('PAID' as const) };
		if (known === undefined) return orders.create(paid, 'PAID', customer);
		known.customer ??= customer;
		orders.update(known, paid);
		return known;
	}

	#redeem({ redeemable, effect }: Applicable, occasion: Occasion): Redemption {
		const { balances, random } = this.#context;
		const { at, customer, order } = occasion;
		const id = random.id('r_', 18);
		const amount =
			effect.kind === 'credits' ? effect.credits : effect.kind === 'points' ? effect.points : undefined;
		if (redeemable.kind === 'voucher') {
			redeemable.voucher.redeem(1, at);
			if (amount !== undefined) {
				const about = order && { order: { id: order.id, source_id: order.sourceId ?? null } };
				balances.move(redeemable.voucher, 'redeem', amount, { details: { redemption: { id }, ...about } });
			}
		}
		const reward = effect.kind === 'points' ? this.#hand(effect, customer) : undefined;
		return this.#add(id, redeemable, occasion, { amount, reward, failure: undefined });
	}

	/** Keeps a failure; there is nothing to keep when what was asked for does not exist. */
	#fail({ redeemable, error }: Inapplicable, occasion: Occasion): Redemption | undefined {
		if (redeemable === undefined) return undefined;
		const id = this.#context.random.id('r_', 18);
		return this.#add(id, redeemable, occasion, { amount: undefined, reward: undefined, failure: error });
	}

	#add(
		id: string,
		redeemable: Redeemable,
		{ at, request, customer, order, parentId }: Occasion,
		rest: Pick<Redemption['details'], 'amount' | 'reward' | 'failure'>,
	): Redemption {
		const { trackingId, metadata } = request;
		const holder = this.#holder(redeemable);
		const common = { id, createdAt: at, redeemable, customer, trackingId, metadata, order, parentId, holder };
		const redemption = new Redemption({ ...common, ...rest });
		this.store(redemption);
		if (rest.failure === undefined) {
			customer?.countRedemptions(1);
			order?.note(id, { date: new Date(at).toISOString(), ...relatedObject(redeemable) });
		}
		for (const event of redemptionEvents(redemption)) this.#context.emit(event);
		return redemption;
	}

	/** Hands out a reward: one thing less in stock, or a code for the customer. */
	#hand(
		{ assignment, points }: { assignment: RedeemedReward['assignment']; points: number },
		customer: Customer | undefined,
	): RedeemedReward {
		const { reward } = assignment;
		const { parameters } = reward.fields;
		reward.redeemed++;
		const publication =
			parameters.type === 'CAMPAIGN' && customer !== undefined
				? this.#context.publications.publish(
						{ customer: { id: customer.id }, campaign: { name: parameters.campaignId } },
						false,
					)
				: undefined;
		return new RedeemedReward(assignment, points, customer, publication);
	}

	#holder(redeemable: Redeemable): Customer | undefined {
		if (redeemable.kind === 'tier') return undefined;
		const { holderId } = redeemable.voucher;
		return holderId === undefined ? undefined : this.#context.customers.find(holderId);
	}
}
