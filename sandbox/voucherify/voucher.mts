import type { Campaign } from './campaign.mts';
import { Credit } from './credit.mts';
import { type Discount, type VoucherType, voucherType } from './incentive.mts';
import type { VoucherStock } from './voucher-stock.mts';
import type { VoucherTraits } from './voucher-traits.mts';

/**
 * A code. One that nothing has happened to is made anew whenever it is looked at; its stock keeps it from the first
 * change on.
 */
export class Voucher {
	/** Customer that the code was published to; generic codes have no holder. */
	holderId: string | undefined;
	publications = 0;
	redeemedQuantity = 0;
	/** Milliseconds since 1970. */
	updatedAt: number | undefined;
	#changes: Partial<VoucherTraits> | undefined;
	#credit: Credit | undefined;

	constructor(
		readonly stock: VoucherStock,
		/** Number of the code within its stock. */
		readonly index: number,
		readonly code: string,
		own?: Partial<VoucherTraits>,
	) {
		this.#changes = own;
	}

	get id(): string {
		return `v_${this.stock.idStem}${this.index.toString(36).padStart(8, '0')}`;
	}

	/** Undefined for a code that belongs to none. */
	get campaign(): Campaign | undefined {
		return this.stock.campaign;
	}

	get traits(): VoucherTraits {
		return this.#changes === undefined ? this.stock.traits : { ...this.stock.traits, ...this.#changes };
	}

	get type(): VoucherType {
		return voucherType(this.traits.incentive);
	}

	get createdAt(): number {
		return this.traits.createdAt;
	}

	get discount(): Discount | null {
		const { incentive } = this.traits;
		return incentive.kind === 'discount' ? incentive.discount : null;
	}

	/** The account of a gift or loyalty card; undefined for discounts. Changed only through `Balances`. */
	get credit(): Credit | undefined {
		if (this.#credit !== undefined) return this.#credit;
		const { incentive } = this.traits;
		if (incentive.kind === 'discount') return undefined;
		this.#credit = new Credit(incentive.kind === 'gift' ? incentive.amount : incentive.points);
		return this.#credit;
	}

	/** Cents. */
	get giftBalance(): number | undefined {
		return this.type === 'GIFT_VOUCHER' ? this.credit?.balance : undefined;
	}

	get loyaltyBalance(): number | undefined {
		return this.type === 'LOYALTY_CARD' ? this.credit?.balance : undefined;
	}

	/** Takes over what is given, at the instant `at`. */
	change(changes: Partial<VoucherTraits>, at: number): void {
		this.#changes = { ...this.#changes, ...changes };
		this.touch(at);
	}

	/** Takes note that the code was redeemed (1) or that this was taken back (-1). */
	redeem(times: number, at: number): void {
		this.redeemedQuantity += times;
		this.touch(at);
	}

	/** Has to be called after every change, or the change is lost. */
	touch(at: number): void {
		this.updatedAt = at;
		this.stock.keep(this);
	}

	/** Address of the code's picture; `shape` is `qr` or `barcode`. */
	assetUrl(shape: 'qr' | 'barcode', serviceUrl: string): string {
		return `${serviceUrl}/assets/${shape}/${encodeURIComponent(this.code)}`;
	}

	/** The voucher as GET /v1/vouchers/{code} and publications of one code show it. */
	toVoucher(serviceUrl: string): Record<string, unknown> {
		return {
			...this.toListedVoucher(),
			assets: {
				qr: { id: `qr_${this.id}`, url: this.assetUrl('qr', serviceUrl) },
				barcode: { id: `bar_${this.id}`, url: this.assetUrl('barcode', serviceUrl) },
			},
			validation_rules_assignments: { object: 'list', data_ref: 'data', data: [], total: 0 },
		};
	}

	/** The voucher as lists show it: without pictures. */
	toListedVoucher(): Record<string, unknown> {
		const { campaign, traits } = this;
		const path = `/v1/vouchers/${encodeURIComponent(this.code)}`;
		return {
			id: this.id,
			code: this.code,
			campaign: campaign?.name ?? null,
			campaign_id: campaign?.id ?? null,
			category: traits.category,
			category_id: traits.categoryId,
			categories: [],
			type: this.type,
			discount: this.discount,
			gift: this.#giftCard() ?? null,
			loyalty_card: this.#loyaltyCard() ?? null,
			start_date: isoOrNull(traits.startsAt),
			expiration_date: isoOrNull(traits.expiresAt),
			validity_timeframe: null,
			validity_day_of_week: null,
			validity_hours: null,
			...traits.validity,
			active: traits.active,
			additional_info: traits.additionalInfo,
			metadata: traits.metadata,
			is_referral_code: traits.isReferral,
			created_at: new Date(traits.createdAt).toISOString(),
			updated_at: isoOrNull(this.updatedAt),
			holder_id: this.holderId ?? null,
			object: 'voucher',
			publish: { object: 'list', count: this.publications, url: `${path}/publications?page=1&limit=10` },
			redemption: {
				...this.#redemption(),
				object: 'list',
				url: `${path}/redemptions?page=1&limit=10`,
			},
		};
	}

	/** The voucher in an event about something else: only what applies. */
	toEventVoucher(): Record<string, unknown> {
		const { campaign, traits, discount } = this;
		const gift = this.#giftCard();
		const card = this.#loyaltyCard();
		return {
			id: this.id,
			code: this.code,
			...(discount !== null && { discount }),
			...(gift !== undefined && { gift }),
			...(card !== undefined && { loyalty_card: card }),
			type: this.type,
			...(campaign !== undefined && { campaign: campaign.name, campaign_id: campaign.id }),
			is_referral_code: traits.isReferral,
			...(this.holderId !== undefined && { holder_id: this.holderId }),
			category_id: traits.categoryId,
			categories: [],
			active: traits.active,
			created_at: new Date(traits.createdAt).toISOString(),
			...(this.updatedAt !== undefined && { updated_at: new Date(this.updatedAt).toISOString() }),
			redemption: this.#redemption(),
			start_date: isoOrNull(traits.startsAt),
			expiration_date: isoOrNull(traits.expiresAt),
			metadata: traits.metadata,
			object: 'voucher',
		};
	}

	/** Sums of what was redeemed; amounts and points only of cards. */
	#redemption(): Record<string, unknown> {
		const { type, credit } = this;
		return {
			quantity: this.traits.redemptionQuantity,
			redeemed_quantity: this.redeemedQuantity,
			...(type === 'GIFT_VOUCHER' && { redeemed_amount: credit?.redeemed ?? 0 }),
			...(type === 'LOYALTY_CARD' && { redeemed_points: credit?.redeemed ?? 0 }),
		};
	}

	#giftCard(): Record<string, unknown> | undefined {
		const { incentive } = this.traits;
		const { credit } = this;
		if (incentive.kind !== 'gift' || credit === undefined) return undefined;
		const { total, subtracted, balance } = credit;
		return {
			amount: total,
			subtracted_amount: subtracted,
			balance,
			effect: incentive.effect ?? 'APPLY_TO_ORDER',
		};
	}

	#loyaltyCard(): Record<string, unknown> | undefined {
		const { credit } = this;
		if (this.type !== 'LOYALTY_CARD' || credit === undefined) return undefined;
		const { total, balance, pending, expired, subtracted } = credit;
		const card = {
			points: total,
			balance,
			pending_points: pending,
			expired_points: expired,
			subtracted_points: subtracted,
		};
		const { expiresAt } = this.traits;
		if (expiresAt === undefined) return card;
		const day = new Date(expiresAt).toISOString().slice(0, 10);
		return { ...card, next_expiration_date: day, next_expiration_points: balance };
	}
}

/** An instant as ISO 8601 in UTC. */
export function isoOrNull(at: number | undefined): string | null {
	return at === undefined ? null : new Date(at).toISOString();
}
