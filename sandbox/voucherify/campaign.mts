import { CODE_CHARSET, CODE_LENGTH, CodeSequence } from './code-sequence.mts';
import { type Incentive, voucherType } from './incentive.mts';
import { Voucher } from './voucher.mts';

export type CampaignType =
	'DISCOUNT_COUPONS' | 'GIFT_VOUCHERS' | 'LOYALTY_PROGRAM' | 'REFERRAL_PROGRAM' | 'PROMOTION';

/** How a campaign comes by its codes: it mints them on demand, has a fixed stock, or one code for everybody. */
export type CampaignStock =
	| { readonly type: 'AUTO_UPDATE' }
	| { readonly type: 'STATIC'; readonly codes: number }
	| { readonly type: 'STANDALONE'; readonly code: string };

/** What makes a campaign. */
export interface CampaignDefinition {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly campaignType: CampaignType;
	readonly stock: CampaignStock;
	readonly incentive: Incentive;
	/** Put in front of every code, for instance `SUMMER-`. */
	readonly prefix: string;
	readonly joinOnce: boolean;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	readonly expiresAt: number | undefined;
	readonly voucherMetadata: Readonly<Record<string, unknown>>;
	/** Of promotions, in order of their hierarchy. */
	readonly tiers: readonly PromotionTier[];
}

/** A step of a promotion: a discount for everybody who qualifies, without a code. */
export interface PromotionTier {
	readonly id: string;
	readonly name: string;
	readonly banner: string;
	readonly percentOff: number;
}

/** A campaign with its codes. */
export class Campaign {
	readonly id: string;
	readonly name: string;
	readonly stock: CampaignStock;
	readonly incentive: Incentive;
	readonly createdAt: number;
	readonly expiresAt: number | undefined;
	readonly voucherMetadata: Readonly<Record<string, unknown>>;
	readonly joinOnce: boolean;
	readonly #definition: CampaignDefinition;
	readonly #codes: CodeSequence;
	/** Codes that were published, by number; all others are as new. */
	readonly #published = new Map<number, Voucher>();
	#minted = 0;
	#next = 0;

	constructor(definition: CampaignDefinition, seed: number) {
		this.#definition = definition;
		this.#codes = new CodeSequence(definition.prefix, seed, definition.id);
		this.id = definition.id;
		this.name = definition.name;
		this.stock = definition.stock;
		this.incentive = definition.incentive;
		this.createdAt = definition.createdAt;
		this.expiresAt = definition.expiresAt;
		this.voucherMetadata = definition.voucherMetadata;
		// Members of a loyalty program have one card each, whatever the campaign's setting says.
		this.joinOnce = definition.joinOnce || definition.campaignType === 'LOYALTY_PROGRAM';
	}

	get campaignType(): CampaignType {
		return this.#definition.campaignType;
	}

	get isReferral(): boolean {
		return this.campaignType === 'REFERRAL_PROGRAM';
	}

	/** Times that a code may be redeemed; null stands for no limit. */
	get redemptionQuantity(): number | null {
		return this.campaignType === 'DISCOUNT_COUPONS' && this.stock.type !== 'STANDALONE' ? 1 : null;
	}

	/** Codes that exist. */
	get codeCount(): number {
		if (this.campaignType === 'PROMOTION') return 0;
		switch (this.stock.type) {
			case 'AUTO_UPDATE':
				return this.#minted;
			case 'STATIC':
				return this.stock.codes;
			case 'STANDALONE':
				return 1;
		}
	}

	get publishedCount(): number {
		return this.#published.size;
	}

	/** The code with this number, which must be below `codeCount`. */
	voucher(index: number): Voucher {
		return this.#published.get(index) ?? new Voucher(this, index, this.#code(index));
	}

	/** The campaign's voucher with this code, if there is one. */
	findVoucher(code: string): Voucher | undefined {
		if (this.stock.type === 'STANDALONE') return code === this.stock.code ? this.voucher(0) : undefined;
		const index = this.#codes.index(code);
		return index !== undefined && index < this.codeCount ? this.voucher(index) : undefined;
	}

	/** The next codes that nobody holds, or undefined when there are fewer than `count`. They stay free until `hold`. */
	freeVouchers(count: number): Voucher[] | undefined {
		if (this.campaignType === 'PROMOTION') return undefined;
		if (this.stock.type === 'STANDALONE') return count === 1 ? [this.voucher(0)] : undefined;
		const limit = this.stock.type === 'STATIC' ? this.stock.codes : Infinity;
		const free: Voucher[] = [];
		for (let index = this.#next; free.length < count; index++) {
			if (index >= limit) return undefined;
			if (!this.#published.has(index)) free.push(new Voucher(this, index, this.#code(index)));
		}
		return free;
	}

	/** Takes note that a code went to a customer at `at`. */
	hold(voucher: Voucher, customerId: string, at: number): void {
		voucher.publications++;
		voucher.updatedAt = at;
		if (this.stock.type !== 'STANDALONE') voucher.holderId = customerId;
		this.#published.set(voucher.index, voucher);
		this.#minted = Math.max(this.#minted, voucher.index + 1);
		while (this.#published.has(this.#next)) this.#next++;
	}

	/** The campaign as GET /v1/campaigns lists it. */
	toListedCampaign(): Record<string, unknown> {
		const event = this.toEventCampaign();
		return {
			...event,
			validity_timeframe: null,
			validity_day_of_week: null,
			validity_hours: null,
			activity_duration_after_publishing: null,
			vouchers_count: this.codeCount,
			use_voucher_metadata_schema: true,
			creation_status: 'DONE',
			vouchers_generation_status: 'DONE',
			readonly: false,
			protected: false,
			category: null,
			category_id: null,
			categories: [],
		};
	}

	/** The campaign as GET /v1/campaigns/{id} shows it. */
	toCampaign(): Record<string, unknown> {
		return {
			...this.toListedCampaign(),
			validation_rules_assignments: { object: 'list', data_ref: 'data', data: [], total: 0 },
			...(this.campaignType === 'PROMOTION' && { promotion: this.#promotion() }),
		};
	}

	/** The campaign as events show it. */
	toEventCampaign(): Record<string, unknown> {
		const createdAt = new Date(this.createdAt).toISOString();
		return {
			id: this.id,
			name: this.name,
			description: this.#definition.description,
			campaign_type: this.campaignType,
			type: this.stock.type,
			...(this.campaignType !== 'PROMOTION' && { voucher: this.#template() }),
			...(this.isReferral && { referral_program: { conversion_event_type: 'redemption' } }),
			auto_join: false,
			join_once: this.joinOnce,
			active: true,
			category_id: null,
			metadata: {},
			start_date: null,
			expiration_date: this.expiresAt === undefined ? null : new Date(this.expiresAt).toISOString(),
			created_at: createdAt,
			updated_at: createdAt,
			object: 'campaign',
		};
	}

	#code(index: number): string {
		return this.stock.type === 'STANDALONE' ? this.stock.code : this.#codes.code(index);
	}

	#template(): Record<string, unknown> {
		const { incentive } = this;
		const { prefix } = this.#definition;
		return {
			type: voucherType(incentive),
			...(incentive.kind === 'discount' && { discount: incentive.discount }),
			...(incentive.kind === 'gift' && { gift: { amount: incentive.amount, effect: 'APPLY_TO_ORDER' } }),
			...(incentive.kind === 'loyalty' && { loyalty_card: { points: incentive.points } }),
			redemption: { quantity: this.redemptionQuantity, redeemed_quantity: 0 },
			code_config: {
				length: CODE_LENGTH,
				charset: CODE_CHARSET,
				prefix,
				postfix: '',
				pattern: prefix + '#'.repeat(CODE_LENGTH),
			},
			is_referral_code: this.isReferral,
		};
	}

	#promotion(): Record<string, unknown> {
		const createdAt = new Date(this.createdAt).toISOString();
		const tiers = this.#definition.tiers.map((tier, i) => ({
			id: tier.id,
			created_at: createdAt,
			updated_at: null,
			name: tier.name,
			banner: tier.banner,
			action: { discount: { type: 'PERCENT', percent_off: tier.percentOff, effect: 'APPLY_TO_ORDER' } },
			metadata: {},
			hierarchy: i + 1,
			promotion_id: this.id,
			campaign: { id: this.id, start_date: null, expiration_date: null, active: true, object: 'campaign' },
			campaign_id: this.id,
			active: true,
			start_date: null,
			expiration_date: null,
			object: 'promotion_tier',
			category_id: null,
			categories: [],
		}));
		return { object: 'list', data_ref: 'tiers', tiers, total: tiers.length, has_more: false };
	}
}
