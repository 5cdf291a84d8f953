import type { Clock } from '../../common/clock.mts';
import type { Random } from '../../common/random.mts';
import type { Balances } from '../balances.mts';
import { objectIn, readBody, textIn, wrongPayload } from '../body.mts';
import type { Campaign } from '../campaign.mts';
import type { Campaigns } from '../campaigns.mts';
import type { Customers } from '../customers.mts';
import type { VoucherifyEvent } from '../event.mts';
import type { JsonObject } from '../json.mts';
import type { Publications } from '../publications.mts';
import { toBalanceDetails, type Transaction } from '../transaction.mts';
import type { Voucher } from '../voucher.mts';
import { CustomEvent } from './custom-event.mts';
import { EarningRule } from './earning-rule.mts';
import type { LoyaltyTiers } from './loyalty-tiers.mts';

/** What custom events need of the rest of Voucherify. */
export interface CustomEventsContext {
	readonly clock: Clock;
	readonly random: Random;
	readonly campaigns: Campaigns;
	readonly customers: Customers;
	readonly publications: Publications;
	readonly balances: Balances;
	readonly loyaltyTiers: LoyaltyTiers;
	readonly emit: (event: VoucherifyEvent) => void;
}

/** Takes note of what customers did, and gives members of loyalty programs the points that it earns. */
export class CustomEvents {
	readonly #context: CustomEventsContext;
	readonly #rules: EarningRule[] = [];
	/** By name; the first event of a name makes its schema. */
	readonly #schemaIds = new Map<string, string>();

	constructor(context: CustomEventsContext) {
		this.#context = context;
	}

	/** Lets a custom event earn points. */
	addRule(campaign: Campaign, eventName: string, points: number, createdAt: number): EarningRule {
		const id = this.#context.random.id('ern_');
		const rule = new EarningRule(id, campaign, eventName, points, this.#schemaId(eventName), createdAt);
		this.#rules.push(rule);
		return rule;
	}

	/** Takes the event that a request's body tells of. Throws 400 `invalid_payload`, or 404 for an unknown code. */
	track(given: unknown): CustomEvent {
		const { clock, random, customers, emit } = this.#context;
		const body = readBody(given);
		const name = textIn(body, 'event');
		const customer = objectIn(body, 'customer');
		if (name === undefined) throw wrongPayload('Property .event is required');
		if (customer === undefined) throw wrongPayload('Property .customer is required');
		const referral = this.#referral(body);
		const loyalty = objectIn(body, 'loyalty');
		const event = new CustomEvent(
			random.id('event_', 18),
			name,
			this.#schemaId(name),
			customers.upsert(customer),
			referral,
			loyalty && this.#voucher(loyalty, 'loyalty'),
			objectIn(body, 'metadata') ?? {},
			clock.millis(),
		);
		emit(event.toEvent());
		for (const rule of this.#rules) if (rule.eventName === name) this.#earn(rule, event);
		return event;
	}

	#referral(body: JsonObject): CustomEvent['referral'] {
		const referral = objectIn(body, 'referral');
		if (referral === undefined) return undefined;
		const voucher = this.#voucher(referral, 'referral');
		const referrer = textIn(referral, 'referrer_id') ?? voucher.holderId;
		if (referrer === undefined) throw wrongPayload(`Code ${voucher.code} has no referrer`);
		return { voucher, referrer: this.#context.customers.get(referrer) };
	}

	#voucher(owner: JsonObject, name: string): Voucher {
		const code = textIn(owner, 'code');
		if (code === undefined) throw wrongPayload(`Property .${name}.code is required`);
		return this.#context.campaigns.getVoucher(code);
	}

	#earn(rule: EarningRule, event: CustomEvent): void {
		const { balances } = this.#context;
		const cards = event.card === undefined ? this.#cards(rule, event) : [event.card];
		for (const card of cards) {
			if (card.campaign !== rule.campaign || !card.traits.active) continue;
			const custom = { id: event.id, type: event.name };
			const transaction = balances.move(card, 'add', rule.points, {
				operationType: 'AUTOMATIC',
				type: 'POINTS_ACCRUAL',
				source: 'Automation',
				details: {
					earning_rule: { id: rule.id, source: { banner: rule.banner } },
					custom_event: custom,
					event_schema: { id: rule.schemaId, name: event.name },
				},
			});
			this.#tell(rule, event, transaction);
		}
	}

	#cards(rule: EarningRule, { customer }: CustomEvent): Voucher[] {
		const vouchers = this.#context.publications.ofCustomer(customer).flatMap((one) => one.vouchers);
		return [...new Set(vouchers)].filter(({ campaign }) => campaign === rule.campaign);
	}

	/** Projects and distributions both hear of points that were earned. */
	#tell(rule: EarningRule, event: CustomEvent, transaction: Transaction): void {
		const { voucher } = transaction;
		const { customer } = event;
		const holder = voucher.holderId === undefined ? customer : this.#context.customers.find(voucher.holderId);
		const tier = this.#context.loyaltyTiers.at(rule.campaign, transaction.balance);
		const data = () => ({
			customer: customer.toSimpleCustomer(),
			holder: holder?.toSimpleCustomer() ?? null,
			voucher: voucher.toEventVoucher(),
			campaign: rule.campaign.toEventCampaign(),
			loyalty_tier: tier?.toTier() ?? null,
			earning_rule: rule.toRule(),
			balance: toBalanceDetails(transaction),
			event: {
				id: event.id,
				type: 'customer.custom_event',
				category: 'ACTION',
				entity_id: customer.id,
				created_at: new Date(event.createdAt).toISOString(),
			},
		});
		for (const audience of ['project', 'distribution'] as const) {
			const type = 'customer.rewarded.loyalty_points';
			this.#context.emit({ type, audience, idPrefix: 'evcus_', entityId: customer.id, data });
		}
	}

	#schemaId(name: string): string {
		const known = this.#schemaIds.get(name);
		if (known !== undefined) return known;
		const id = this.#context.random.id('ms_');
		this.#schemaIds.set(name, id);
		return id;
	}
}
