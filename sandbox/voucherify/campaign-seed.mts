import type { Random } from '../common/random.mts';
import { Campaign, type CampaignDefinition } from './campaign.mts';
import type { Discount } from './incentive.mts';

const DAY_MS = 24 * 60 * 60 * 1000;

type Draft = Pick<
	CampaignDefinition,
	'name' | 'description' | 'campaignType' | 'stock' | 'incentive' | 'prefix'
> &
	Partial<Pick<CampaignDefinition, 'joinOnce' | 'expiresAt' | 'tiers'>>;

/**
 * The campaigns that the sandbox begins with: every type, with and without a limited stock.
 * @param codes stock of the large STATIC campaign
 * @param start instant of the start, milliseconds since 1970
 */
export function seedCampaigns(random: Random, seed: number, codes: number, start: number): Campaign[] {
	const expiresAt = Math.floor(start / DAY_MS) * DAY_MS + 90 * DAY_MS;
	return drafts(codes, expiresAt, random).map(
		(draft, i) =>
			new Campaign(
				{
					joinOnce: false,
					expiresAt: undefined,
					tiers: [],
					...draft,
					id: random.id('camp_'),
					createdAt: start - (60 - i) * DAY_MS,
					voucherMetadata: { season: 'summer' },
				},
				seed,
			),
	);
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
			tiers: [
				{ id: random.id('promo_'), name: 'From 50 euro', banner: '10% off from 50 euro', percentOff: 10 },
				{ id: random.id('promo_'), name: 'From 100 euro', banner: '15% off from 100 euro', percentOff: 15 },
			],
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

function percent(percentOff: number): Draft['incentive'] {
	return {
		kind: 'discount',
		discount: { type: 'PERCENT', percent_off: percentOff, effect: 'APPLY_TO_ORDER' },
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
