import type { Random } from '../common/random.mts';
import { Campaign, type CampaignSettings, type CampaignType, type StockType } from './campaign.mts';
import { CODE_CHARSET, CODE_LENGTH, CodeSequence } from './code-sequence.mts';
import type { Discount, Incentive } from './incentive.mts';
import type { PromotionTier } from './promotion-tier.mts';

const DAY_MS = 24 * 60 * 60 * 1000;

interface Draft extends Partial<Pick<CampaignSettings, 'joinOnce' | 'expiresAt' | 'tiers'>> {
	readonly name: string;
	readonly description: string;
	readonly campaignType: CampaignType;
	/** A fixed stock has so many codes, a generic campaign has one of the maker's choice. */
	readonly stock:
		| { readonly type: 'AUTO_UPDATE' }
		| { readonly type: 'STATIC'; readonly codes: number }
		| { readonly type: 'STANDALONE'; readonly code: string };
	readonly incentive: Incentive;
	/** Put in front of every code, for instance `SUMMER-`. */
	readonly prefix: string;
}

/**
 * The campaigns that the sandbox begins with: every type, with and without a limited stock.
 * @param codes stock of the large STATIC campaign
 * @param start instant of the start, milliseconds since 1970
 */
export function seedCampaigns(random: Random, seed: number, codes: number, start: number): Campaign[] {
	const expiresAt = Math.floor(start / DAY_MS) * DAY_MS + 90 * DAY_MS;
	return drafts(codes, expiresAt, random).map((draft, i) =>
		seedCampaign(draft, random.id('camp_'), seed, start - (60 - i) * DAY_MS),
	);
}

function seedCampaign(draft: Draft, id: string, seed: number, createdAt: number): Campaign {
	const { name, campaignType, stock, prefix } = draft;
	const campaign = new Campaign({
		id,
		name,
		campaignType,
		codeConfig: {
			length: CODE_LENGTH,
			charset: CODE_CHARSET,
			prefix,
			postfix: '',
			pattern: prefix + '#'.repeat(CODE_LENGTH),
		},
		codes: new CodeSequence(prefix, seed, id),
		createdAt,
		settings: settingsOf(draft, stock.type),
	});
	if (stock.type === 'STATIC') campaign.vouchers.generate(stock.codes);
	if (stock.type === 'STANDALONE') campaign.vouchers.add(stock.code, {});
	return campaign;
}

function settingsOf(draft: Draft, stockType: StockType): CampaignSettings {
	const isForOnce = draft.campaignType === 'DISCOUNT_COUPONS' && stockType !== 'STANDALONE';
	return {
		description: draft.description,
		stockType,
		active: true,
		joinOnce: draft.joinOnce ?? false,
		autoJoin: false,
		startsAt: undefined,
		expiresAt: draft.expiresAt,
		metadata: {},
		category: null,
		categoryId: null,
		validity: {},
		activityDuration: null,
		incentive: draft.incentive,
		redemptionQuantity: isForOnce ? 1 : null,
		voucherMetadata: { season: 'summer' },
		referralProgram: { conversion_event_type: 'redemption' },
		tiers: draft.tiers ?? [],
	};
}

function drafts(codes: number, expiresAt: number, random: Random): Draft[] {
	return [
		{
			name: 'Summer Sale 20%',
			description: '20% off the whole order, a code for each customer',
			campaignType: 'DISCOUNT_COUPONS',
			stock: { type: 'AUTO_UPDATE' },
			incentive: percent(20),
			prefix: 'SUMMER-',
			expiresAt,
		},
		{
			name: '10 Euro Off',
			description: '10 euro off the whole order',
			campaignType: 'DISCOUNT_COUPONS',
			stock: { type: 'AUTO_UPDATE' },
			incentive: {
				kind: 'discount',
				discount: { type: 'AMOUNT', amount_off: 1000, effect: 'APPLY_TO_ORDER' },
			},
			prefix: 'EURO-',
		},
		{
			name: 'Free Coffee',
			description: 'A bag of coffee with the order',
			campaignType: 'DISCOUNT_COUPONS',
			stock: { type: 'AUTO_UPDATE' },
			incentive: { kind: 'discount', discount: freeCoffee(random) },
			prefix: 'COFFEE-',
		},
		{
			name: 'Welcome Gift Card',
			description: '25 euro for new customers',
			campaignType: 'GIFT_VOUCHERS',
			stock: { type: 'AUTO_UPDATE' },
			incentive: { kind: 'gift', amount: 2500 },
			prefix: 'GIFT-',
			expiresAt,
		},
		{
			name: 'Loyalty Club',
			description: 'A card that collects points',
			campaignType: 'LOYALTY_PROGRAM',
			stock: { type: 'AUTO_UPDATE' },
			incentive: { kind: 'loyalty', points: 100 },
			prefix: 'CLUB-',
			joinOnce: true,
			expiresAt,
		},
		{
			name: 'Refer a Friend',
			description: 'A code to hand on',
			campaignType: 'REFERRAL_PROGRAM',
			stock: { type: 'AUTO_UPDATE' },
			incentive: {
				kind: 'discount',
				discount: { type: 'AMOUNT', amount_off: 500, effect: 'APPLY_TO_ORDER' },
			},
			prefix: 'FRIEND-',
		},
		{
			name: 'Summer Happy Hour',
			description: 'A discount that grows with the order, without a code',
			campaignType: 'PROMOTION',
			stock: { type: 'STATIC', codes: 0 },
			incentive: percent(10),
			prefix: '',
			tiers: [tier(random, 'From 50 euro', 10), tier(random, 'From 100 euro', 15)],
		},
		{
			name: 'Newsletter Codes',
			description: 'A large stock of codes that were made in advance',
			campaignType: 'DISCOUNT_COUPONS',
			stock: { type: 'STATIC', codes },
			incentive: percent(15),
			prefix: 'NEWS-',
			expiresAt,
		},
		{
			name: 'Last Codes',
			description: 'Three codes, then none',
			campaignType: 'DISCOUNT_COUPONS',
			stock: { type: 'STATIC', codes: 3 },
			incentive: percent(30),
			prefix: 'LAST-',
		},
		{
			name: 'Sold Out',
			description: 'No code at all',
			campaignType: 'DISCOUNT_COUPONS',
			stock: { type: 'STATIC', codes: 0 },
			incentive: percent(50),
			prefix: 'SOLD-',
		},
		{
			name: 'One per Customer',
			description: 'Customers can join only once',
			campaignType: 'DISCOUNT_COUPONS',
			stock: { type: 'AUTO_UPDATE' },
			incentive: percent(25),
			prefix: 'ONCE-',
			joinOnce: true,
		},
		{
			name: 'Hello Everybody',
			description: 'One code for all',
			campaignType: 'DISCOUNT_COUPONS',
			stock: { type: 'STANDALONE', code: 'HELLO10' },
			incentive: percent(10),
			prefix: '',
		},
	];
}

function percent(percentOff: number): Incentive {
	return { kind: 'discount', discount: percentDiscount(percentOff) };
}

function percentDiscount(percentOff: number): Discount {
	return { type: 'PERCENT', percent_off: percentOff, effect: 'APPLY_TO_ORDER' };
}

function tier(random: Random, name: string, percentOff: number): PromotionTier {
	return {
		id: random.id('promo_'),
		name,
		banner: `${percentOff}% off ${name.toLowerCase()}`,
		discount: percentDiscount(percentOff),
		metadata: {},
		active: true,
	};
}

function freeCoffee(random: Random): Discount {
	const id = random.id('prod_', 18);
	return {
		type: 'UNIT',
		unit_off: 1,
		unit_type: id,
		effect: 'ADD_NEW_ITEMS',
		product: { id, source_id: 'coffee', name: 'Coffee' },
	};
}
