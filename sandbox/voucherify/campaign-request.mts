import type { Random } from '../common/random.mts';
import { integerIn, objectIn, readBody, textIn, wrongPayload } from './body.mts';
import {
	CAMPAIGN_TYPES,
	type CampaignSettings,
	type CampaignType,
	STOCK_TYPES,
	type StockType,
} from './campaign.mts';
import { type CodeConfig, readCodeConfig } from './code-pattern.mts';
import { type Incentive, readDiscount } from './incentive.mts';
import type { JsonObject } from './json.mts';
import { isObject } from './json.mts';
import type { PromotionTier } from './promotion-tier.mts';
import { mergedMetadata, readVoucherTraits } from './voucher-traits.mts';

const MOST_VOUCHERS = 20_000_000;
const NO_INCENTIVE: Incentive = { kind: 'discount', discount: { type: 'PERCENT', percent_off: 0 } };
const KINDS: Readonly<Record<CampaignType, Incentive['kind'] | undefined>> = {
	DISCOUNT_COUPONS: 'discount',
	REFERRAL_PROGRAM: 'discount',
	GIFT_VOUCHERS: 'gift',
	LOYALTY_PROGRAM: 'loyalty',
	PROMOTION: undefined,
};

/** A campaign to be created. */
export interface CampaignRequest {
	readonly name: string;
	readonly campaignType: CampaignType;
	/** Codes to make at once. */
	readonly count: number;
	readonly codeConfig: CodeConfig;
	readonly settings: CampaignSettings;
}

/** Reads the body of POST /v1/campaigns. Throws 400 `invalid_payload`. */
export function readCampaignRequest(given: unknown, random: Random): CampaignRequest {
	const body = readBody(given);
	const name = textIn(body, 'name');
	if (name === undefined) throw wrongPayload('Property .name is required');
	const campaignType = oneOf(body, 'campaign_type', CAMPAIGN_TYPES);
	if (campaignType === undefined) {
		throw wrongPayload(`Property .campaign_type should be one of ${CAMPAIGN_TYPES.join(', ')}`);
	}
	const stockType = oneOf(body, 'type', STOCK_TYPES) ?? 'AUTO_UPDATE';
	const voucher = objectIn(body, 'voucher') ?? {};
	const { incentive, redemptionQuantity = null } = readVoucherTraits(voucher);
	const kind = KINDS[campaignType];
	if (kind !== undefined && incentive?.kind !== kind) {
		const field = { discount: 'discount', gift: 'gift', loyalty: 'loyalty_card' }[kind];
		throw wrongPayload(`Property .voucher.${field} is required for campaigns of type ${campaignType}`);
	}
	return {
		name,
		campaignType,
		count: readCount(body, stockType, campaignType),
		codeConfig: readCodeConfig(voucher['code_config']),
		settings: {
			...readSettings(body),
			stockType,
			incentive: incentive ?? NO_INCENTIVE,
			redemptionQuantity,
			voucherMetadata: {},
			referralProgram: objectIn(body, 'referral_program') ?? { conversion_event_type: 'redemption' },
			tiers: readTiers(objectIn(body, 'promotion')?.['tiers'], random),
		},
	};
}

/** Reads the body of PUT /v1/campaigns/{id}: only what it mentions. Throws 400 `invalid_payload`. */
export function readCampaignUpdate(given: unknown, present: CampaignSettings): Partial<CampaignSettings> {
	const body = readBody(given);
	const { incentive } = readVoucherTraits(body);
	if (incentive !== undefined && incentive.kind !== present.incentive.kind) {
		throw wrongPayload(`The campaign's vouchers are of the kind ${present.incentive.kind}`);
	}
	const all = readSettings(body);
	const type = oneOf(body, 'type', STOCK_TYPES);
	const program = objectIn(body, 'referral_program');
	const unset = body['unset_metadata_fields'];
	const metadata = Object.entries(mergedMetadata(present.metadata, all.metadata)).filter(
		([key]) => !(Array.isArray(unset) && unset.includes(key)),
	);
	return {
		...('description' in body && { description: all.description }),
		...('join_once' in body && { joinOnce: all.joinOnce }),
		...('auto_join' in body && { autoJoin: all.autoJoin }),
		...('start_date' in body && { startsAt: all.startsAt }),
		...('expiration_date' in body && { expiresAt: all.expiresAt }),
		...('category' in body && { category: all.category }),
		...('category_id' in body && { categoryId: all.categoryId }),
		...('activity_duration_after_publishing' in body && { activityDuration: all.activityDuration }),
		validity: { ...present.validity, ...all.validity },
		metadata: Object.fromEntries(metadata),
		...(type !== undefined && { stockType: type }),
		...(incentive !== undefined && { incentive }),
		...(program !== undefined && { referralProgram: program }),
	};
}

type BodySettings = Omit<
	CampaignSettings,
	'stockType' | 'incentive' | 'redemptionQuantity' | 'voucherMetadata' | 'referralProgram' | 'tiers'
>;

function readSettings(body: JsonObject): BodySettings {
	// Campaigns share these properties with vouchers, but a campaign's discount is not inside of `voucher`.
	const { startsAt, expiresAt, metadata, category, categoryId, validity } = readVoucherTraits(body);
	return {
		description: textIn(body, 'description') ?? null,
		active: body['active'] !== false,
		joinOnce: body['join_once'] === true,
		autoJoin: body['auto_join'] === true,
		startsAt,
		expiresAt,
		metadata: metadata ?? {},
		category: category ?? null,
		categoryId: categoryId ?? null,
		validity: validity ?? {},
		activityDuration: textIn(body, 'activity_duration_after_publishing') ?? null,
	};
}

function readCount(body: JsonObject, stockType: StockType, campaignType: CampaignType): number {
	const count = integerIn(body, 'vouchers_count') ?? (stockType === 'STANDALONE' ? 1 : 0);
	if (count < 0 || count > MOST_VOUCHERS) {
		throw wrongPayload(`Property .vouchers_count should be from 0 to ${MOST_VOUCHERS}`);
	}
	if (campaignType === 'PROMOTION') return 0;
	return stockType === 'STANDALONE' ? 1 : count;
}

function readTiers(given: unknown, random: Random): PromotionTier[] {
	if (given === undefined) return [];
	if (!Array.isArray(given)) throw wrongPayload('Property .promotion.tiers should be an array');
	return given.map((tier: unknown): PromotionTier => {
		const name = isObject(tier) ? textIn(tier, 'name') : undefined;
		if (!isObject(tier) || name === undefined)
			throw wrongPayload('Property .promotion.tiers.name is required');
		const discount = objectIn(objectIn(tier, 'action') ?? {}, 'discount');
		return {
			id: random.id('promo_'),
			name,
			banner: textIn(tier, 'banner') ?? null,
			discount: readDiscount(discount ?? { type: 'PERCENT', percent_off: 0 }),
			metadata: objectIn(tier, 'metadata') ?? {},
			active: tier['active'] !== false,
		};
	});
}

function oneOf<Name extends string>(
	body: JsonObject,
	property: string,
	names: readonly Name[],
): Name | undefined {
	const given = textIn(body, property);
	const name = names.find((one) => one === given);
	if (given !== undefined && name === undefined) {
		throw wrongPayload(`Property .${property} should be one of ${names.join(', ')}`);
	}
	return name;
}
