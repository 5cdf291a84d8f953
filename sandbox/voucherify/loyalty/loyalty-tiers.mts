import type { Random } from '../../common/random.mts';
import type { Campaign } from '../campaign.mts';
import type { Customer } from '../customer.mts';
import type { VoucherifyEvent } from '../event.mts';
import type { Voucher } from '../voucher.mts';
import { LoyaltyTier } from './loyalty-tier.mts';

/** The ranks of all loyalty programs; tells who enters, changes and leaves them. */
export class LoyaltyTiers {
	readonly #random: Random;
	readonly #emit: (event: VoucherifyEvent) => void;
	/** By id of the campaign, lowest first. */
	readonly #tiers = new Map<string, LoyaltyTier[]>();

	constructor(random: Random, emit: (event: VoucherifyEvent) => void) {
		this.#random = random;
		this.#emit = emit;
	}

	/** Adds a rank above those that the program has. */
	add(campaign: Campaign, name: string, from: number, to: number, createdAt: number): LoyaltyTier {
		const tier = new LoyaltyTier(this.#random.id('ltr_', 18), name, campaign, from, to, createdAt);
		const others = this.#tiers.get(campaign.id);
		if (others === undefined) this.#tiers.set(campaign.id, [tier]);
		else others.push(tier);
		return tier;
	}

	/** The rank of a member with so many points. */
	at(campaign: Campaign | undefined, points: number): LoyaltyTier | undefined {
		const tiers = campaign === undefined ? undefined : this.#tiers.get(campaign.id);
		return tiers?.find(({ from, to }) => points >= from && points <= to);
	}

	/**
	 * Tells what a change of a card's balance does to its holder's rank.
	 * @param before balance before the change; undefined for a card that has just been handed out
	 */
	follow(voucher: Voucher, holder: Customer, before: number | undefined, at: number): void {
		const { campaign, loyaltyBalance } = voucher;
		if (campaign === undefined || loyaltyBalance === undefined || !this.#tiers.has(campaign.id)) return;
		const old = before === undefined ? undefined : this.at(campaign, before);
		const now = this.at(campaign, loyaltyBalance);
		if (old === now) return;
		this.#emit({
			type: `customer.loyalty.tier.${changeName(old, now)}`,
			audience: 'distribution',
			idPrefix: 'evcus_',
			entityId: holder.id,
			data: () => ({
				customer: holder.toSimpleCustomer(),
				campaign: campaign.toEventCampaign(),
				...tiersOf(old, now),
				created_at: new Date(at).toISOString(),
			}),
		});
	}
}

function changeName(old: LoyaltyTier | undefined, now: LoyaltyTier | undefined): string {
	if (old === undefined) return 'joined';
	if (now === undefined) return 'left';
	return now.from > old.from ? 'upgraded' : 'downgraded';
}

function tiersOf(old: LoyaltyTier | undefined, now: LoyaltyTier | undefined): Record<string, unknown> {
	const only = old === undefined ? now : now === undefined ? old : undefined;
	if (only !== undefined) return { loyalty_tier: only.toTier() };
	return { loyalty_tier_from: old?.toTier(), loyalty_tier_to: now?.toTier() };
}
