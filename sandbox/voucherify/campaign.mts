import type { CodeConfig } from './code-pattern.mts';
import type { Codes } from './code-sequence.mts';
import type { Incentive } from './incentive.mts';
import { voucherType } from './incentive.mts';
import type { JsonObject } from './json.mts';
import { type PromotionTier, promotionTiers } from './promotion-tier.mts';
import { isoOrNull, type Voucher } from './voucher.mts';
import { type StockOwner, VoucherStock } from './voucher-stock.mts';
import type { VoucherTraits } from './voucher-traits.mts';

export const CAMPAIGN_TYPES = [
	'DISCOUNT_COUPONS',
	'GIFT_VOUCHERS',
	'LOYALTY_PROGRAM',
	'REFERRAL_PROGRAM',
	'PROMOTION',
] as const;
export type CampaignType = (typeof CAMPAIGN_TYPES)[number];

/** How a campaign comes by its codes: it mints them on demand, has a fixed stock, or one code for everybody. */
export const STOCK_TYPES = ['AUTO_UPDATE', 'STATIC', 'STANDALONE'] as const;
export type StockType = (typeof STOCK_TYPES)[number];

/** What can be changed on a campaign. */
export interface CampaignSettings {
	readonly description: string | null;
	readonly stockType: StockType;
	readonly active: boolean;
	readonly joinOnce: boolean;
	readonly autoJoin: boolean;
	/** Milliseconds since 1970. */
	readonly startsAt: number | undefined;
	readonly expiresAt: number | undefined;
	readonly metadata: JsonObject;
	readonly category: string | null;
	readonly categoryId: string | null;
	/** `validity_timeframe`, `validity_day_of_week` and `validity_hours` as they were given. */
	readonly validity: JsonObject;
	/** An ISO 8601 duration, for instance `P24D`. */
	readonly activityDuration: string | null;
	readonly incentive: Incentive;
	/** Times that a code may be redeemed; null stands for no limit. */
	readonly redemptionQuantity: number | null;
	readonly voucherMetadata: JsonObject;
	readonly referralProgram: JsonObject;
	/** Of promotions, in order of their hierarchy. */
	readonly tiers: readonly PromotionTier[];
}

/** What makes a campaign. */
export interface CampaignDefinition {
	readonly id: string;
	readonly name: string;
	readonly campaignType: CampaignType;
	readonly codeConfig: CodeConfig;
	readonly codes: Codes;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	readonly settings: CampaignSettings;
}

export type CreationStatus = 'DRAFT' | 'IN_PROGRESS' | 'DONE' | 'MODIFYING' | 'FAILED';

/** A campaign with its codes. */
export class Campaign implements StockOwner {
	readonly id: string;
	readonly name: string;
	readonly campaignType: CampaignType;
	readonly createdAt: number;
	readonly idStem: string;
	readonly vouchers: VoucherStock;
	/** How far its creation is. */
	creationStatus: CreationStatus = 'DONE';
	/** How far the making of codes is. */
	generationStatus: CreationStatus = 'DONE';
	updatedAt: number | undefined;
	readonly #codeConfig: CodeConfig;
	#settings: CampaignSettings;
	#traits: VoucherTraits;

	constructor(definition: CampaignDefinition) {
		this.id = definition.id;
		this.name = definition.name;
		this.campaignType = definition.campaignType;
		this.createdAt = definition.createdAt;
		this.idStem = definition.id.slice('camp_'.length);
		this.#codeConfig = definition.codeConfig;
		this.#settings = definition.settings;
		this.#traits = this.#traitsOfSettings();
		this.vouchers = new VoucherStock(this, definition.codes);
	}

	get campaign(): Campaign {
		return this;
	}

	get settings(): CampaignSettings {
		return this.#settings;
	}

	/** What its codes are made with. */
	get traits(): VoucherTraits {
		return this.#traits;
	}

	get isGeneric(): boolean {
		return this.#settings.stockType === 'STANDALONE';
	}

	get isReferral(): boolean {
		return this.campaignType === 'REFERRAL_PROGRAM';
	}

	/** Members of a loyalty program have one card each, whatever the campaign's setting says. */
	get joinOnce(): boolean {
		return this.#settings.joinOnce || this.campaignType === 'LOYALTY_PROGRAM';
	}

	/** Codes that exist. */
	get codeCount(): number {
		return this.vouchers.count;
	}

	get publishedCount(): number {
		return this.vouchers.publishedCount;
	}

	/** The code at this place, which must be below `codeCount`. */
	voucher(place: number): Voucher {
		return this.vouchers.at(place);
	}

	/** The campaign's voucher with this code, if there is one. */
	findVoucher(code: string): Voucher | undefined {
		return this.vouchers.find(code);
	}

	/** The next codes that nobody holds, or undefined when there are fewer than `count`. They stay free until they are held. */
	freeVouchers(count: number): Voucher[] | undefined {
		if (this.campaignType === 'PROMOTION') return undefined;
		return this.vouchers.free(count, this.#settings.stockType === 'AUTO_UPDATE');
	}

	/** Changes settings at the instant `at`; codes follow unless they were changed themselves. */
	change(settings: Partial<CampaignSettings>, at: number): void {
		this.#settings = { ...this.#settings, ...settings };
		this.#traits = this.#traitsOfSettings();
		this.updatedAt = at;
	}

	/** The campaign as GET /v1/campaigns lists it. */
	toListedCampaign(): Record<string, unknown> {
		const { validity, activityDuration, category, categoryId } = this.#settings;
		return {
			...this.toEventCampaign(),
			validity_timeframe: null,
			validity_day_of_week: null,
			validity_hours: null,
			...validity,
			activity_duration_after_publishing: activityDuration,
			vouchers_count: this.codeCount,
			use_voucher_metadata_schema: true,
			creation_status: this.creationStatus,
			vouchers_generation_status: this.generationStatus,
			readonly: false,
			protected: false,
			category,
			category_id: categoryId,
			categories: [],
		};
	}

	/** The campaign as GET /v1/campaigns/{id} shows it. */
	toCampaign(): Record<string, unknown> {
		return {
			...this.toListedCampaign(),
			validation_rules_assignments: { object: 'list', data_ref: 'data', data: [], total: 0 },
			...(this.campaignType === 'PROMOTION' && { promotion: promotionTiers(this) }),
		};
	}

	/** The campaign in an event about something else. */
	toEventCampaign(): Record<string, unknown> {
		const {
			description,
			stockType,
			active,
			autoJoin,
			categoryId,
			metadata,
			startsAt,
			expiresAt,
			referralProgram,
		} = this.#settings;
		return {
			id: this.id,
			name: this.name,
			description,
			campaign_type: this.campaignType,
			type: stockType,
			...(this.campaignType !== 'PROMOTION' && { voucher: this.#template() }),
			...(this.isReferral && { referral_program: referralProgram }),
			auto_join: autoJoin,
			join_once: this.joinOnce,
			active,
			category_id: categoryId,
			metadata,
			start_date: isoOrNull(startsAt),
			expiration_date: isoOrNull(expiresAt),
			created_at: new Date(this.createdAt).toISOString(),
			updated_at: new Date(this.updatedAt ?? this.createdAt).toISOString(),
			object: 'campaign',
		};
	}

	#traitsOfSettings(): VoucherTraits {
		const {
			incentive,
			startsAt,
			expiresAt,
			voucherMetadata,
			redemptionQuantity,
			validity,
			category,
			categoryId,
		} = this.#settings;
		return {
			incentive,
			createdAt: this.createdAt,
			active: true,
			startsAt,
			expiresAt,
			metadata: voucherMetadata,
			additionalInfo: null,
			category,
			categoryId,
			redemptionQuantity,
			isReferral: this.isReferral,
			validity,
		};
	}

	#template(): Record<string, unknown> {
		const { incentive, redemptionQuantity } = this.#settings;
		return {
			type: voucherType(incentive),
			...(incentive.kind === 'discount' && { discount: incentive.discount }),
			...(incentive.kind === 'gift' && {
				gift: { amount: incentive.amount, effect: incentive.effect ?? 'APPLY_TO_ORDER' },
			}),
			...(incentive.kind === 'loyalty' && { loyalty_card: { points: incentive.points } }),
			redemption: { quantity: redemptionQuantity, redeemed_quantity: 0 },
			code_config: this.#codeConfig,
			is_referral_code: this.isReferral,
		};
	}
}
