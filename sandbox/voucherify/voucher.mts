import type { Campaign } from './campaign.mts';
import type { Discount, VoucherType } from './incentive.mts';
import { voucherType } from './incentive.mts';

/** A code of a campaign. One that nobody holds is made anew whenever it is looked at. */
export class Voucher {
	/** Customer that the code was published to; generic codes have no holder. */
	holderId: string | undefined;
	publications = 0;
	/** Milliseconds since 1970. */
	updatedAt: number | undefined;

	constructor(
		readonly campaign: Campaign,
		/** Number of the code within the campaign. */
		readonly index: number,
		readonly code: string,
	) {}

	get id(): string {
		return `v_${this.campaign.id.slice('camp_'.length)}${this.index.toString(36).padStart(8, '0')}`;
	}

	get type(): VoucherType {
		return voucherType(this.campaign.incentive);
	}

	get discount(): Discount | null {
		const { incentive } = this.campaign;
		return incentive.kind === 'discount' ? incentive.discount : null;
	}

	/** Cents; nothing can be redeemed yet, so the balance is the amount. */
	get giftBalance(): number | undefined {
		const { incentive } = this.campaign;
		return incentive.kind === 'gift' ? incentive.amount : undefined;
	}

	get loyaltyBalance(): number | undefined {
		const { incentive } = this.campaign;
		return incentive.kind === 'loyalty' ? incentive.points : undefined;
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
		const { campaign } = this;
		const path = `/v1/vouchers/${encodeURIComponent(this.code)}`;
		return {
			id: this.id,
			code: this.code,
			campaign: campaign.name,
			campaign_id: campaign.id,
			category: null,
			category_id: null,
			categories: [],
			type: this.type,
			discount: this.discount,
			gift: campaign.incentive.kind === 'gift' ? giftCard(campaign.incentive.amount) : null,
			loyalty_card: campaign.incentive.kind === 'loyalty' ? loyaltyCard(campaign) : null,
			start_date: null,
			expiration_date: isoOrNull(campaign.expiresAt),
			validity_timeframe: null,
			validity_day_of_week: null,
			validity_hours: null,
			active: true,
			additional_info: null,
			metadata: campaign.voucherMetadata,
			is_referral_code: campaign.isReferral,
			created_at: new Date(campaign.createdAt).toISOString(),
			updated_at: isoOrNull(this.updatedAt),
			holder_id: this.holderId ?? null,
			object: 'voucher',
			publish: { object: 'list', count: this.publications, url: `${path}/publications?page=1&limit=10` },
			redemption: {
				quantity: campaign.redemptionQuantity,
				redeemed_quantity: 0,
				object: 'list',
				url: `${path}/redemptions?page=1&limit=10`,
			},
		};
	}

	/** The voucher as events show it: only what applies. */
	toEventVoucher(): Record<string, unknown> {
		const { campaign } = this;
		const { incentive } = campaign;
		return {
			id: this.id,
			code: this.code,
			...(incentive.kind === 'discount' && { discount: incentive.discount }),
			...(incentive.kind === 'gift' && { gift: giftCard(incentive.amount) }),
			...(incentive.kind === 'loyalty' && { loyalty_card: loyaltyCard(campaign) }),
			type: this.type,
			campaign: campaign.name,
			campaign_id: campaign.id,
			is_referral_code: campaign.isReferral,
			...(this.holderId !== undefined && { holder_id: this.holderId }),
			category_id: null,
			categories: [],
			active: true,
			created_at: new Date(campaign.createdAt).toISOString(),
			...(this.updatedAt !== undefined && { updated_at: new Date(this.updatedAt).toISOString() }),
			redemption: { quantity: campaign.redemptionQuantity, redeemed_quantity: 0 },
			start_date: null,
			expiration_date: isoOrNull(campaign.expiresAt),
			metadata: campaign.voucherMetadata,
			object: 'voucher',
		};
	}
}

function giftCard(amount: number) {
	return { amount, subtracted_amount: 0, balance: amount, effect: 'APPLY_TO_ORDER' };
}

function loyaltyCard(campaign: Campaign) {
	const points = campaign.incentive.kind === 'loyalty' ? campaign.incentive.points : 0;
	const card = { points, balance: points, pending_points: 0, expired_points: 0, subtracted_points: 0 };
	if (campaign.expiresAt === undefined) return card;
	const day = new Date(campaign.expiresAt).toISOString().slice(0, 10);
	return { ...card, next_expiration_date: day, next_expiration_points: points };
}

function isoOrNull(at: number | undefined): string | null {
	return at === undefined ? null : new Date(at).toISOString();
}
