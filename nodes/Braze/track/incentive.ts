import type { IDataObject } from 'n8n-workflow';

/** What a customer was given, in the forms that messages show. */
export interface Incentive {
	readonly code?: string | undefined;
	/** What it is worth, as text: "20%", "10.00", "2 units"; points of a loyalty card. */
	readonly value?: string | undefined;
	/** ISO 8601; `null` when it never expires. */
	readonly expiry?: string | null | undefined;
	readonly qrUrl?: string | undefined;
	readonly barcodeUrl?: string | undefined;
	/** What is left on a gift card, in units of the currency. */
	readonly balance?: number | undefined;
	/** What is left on a loyalty card. */
	readonly points?: number | undefined;
	readonly campaign?: string | undefined;
	/** When it was handed out, ISO 8601. */
	readonly deliveredAt?: string | undefined;
}

/** Voucherify counts money in hundredths of the currency's unit. */
const HUNDREDTHS = 100;

/**
 * What a customer was given, read from anything that Voucherify's API, its webhooks or the Voucherify nodes give: a publication, a
 * voucher, a redemption, a promotion tier, a webhook with or without its envelope.
 * @returns `undefined` when there is no voucher and no promotion tier in it
 */
export function incentiveOf(json: IDataObject): Incentive | undefined {
	const data = record(json.data) ?? json;
	const publication = record(data.publication) ?? data;
	const voucher = voucherOf(data) ?? voucherOf(publication);
	const tier = voucher
		? undefined
		: (record(data.promotion_tier) ?? (data.object === 'promotion_tier' ? data : undefined));
	const given = voucher ?? tier;
	if (given === undefined) return undefined;
	const discount = record(given.discount) ?? record(record(given.action)?.discount);
	const gift = record(given.gift);
	const card = record(given.loyalty_card);
	const assets = record(given.assets);
	return {
		code: text(given.code) ?? text(data.code),
		value: valueOf(discount, gift, card),
		expiry: 'expiration_date' in given ? (text(given.expiration_date) ?? null) : undefined,
		qrUrl: text(record(assets?.qr)?.url),
		barcodeUrl: text(record(assets?.barcode)?.url),
		balance: money(gift?.balance),
		points: number(card?.balance) ?? number(card?.points),
		campaign: campaignName(data.campaign) ?? campaignName(given.campaign),
		deliveredAt: deliveredAt(data, publication),
	};
}

function voucherOf(data: IDataObject): IDataObject | undefined {
	const voucher = record(data.voucher);
	if (voucher) return voucher;
	// Several codes at once come without their details.
	if (Array.isArray(data.vouchers) && typeof data.vouchers[0] === 'string') return { code: data.vouchers[0] };
	if (data.object === 'voucher' || (text(data.code) !== undefined && data.object === undefined)) return data;
	return undefined;
}

function valueOf(
	discount: IDataObject | undefined,
	gift: IDataObject | undefined,
	card: IDataObject | undefined,
): string | undefined {
	if (gift) return decimal(gift.amount ?? gift.balance);
	if (card) {
		const points = number(card.balance) ?? number(card.points);
		return points === undefined ? undefined : String(points);
	}
	switch (discount?.type) {
		case 'PERCENT':
			return number(discount.percent_off) === undefined ? undefined : `${number(discount.percent_off)}%`;
		case 'AMOUNT':
			return decimal(discount.amount_off);
		case 'FIXED':
			return decimal(discount.fixed_amount);
		case 'UNIT': {
			const units = number(discount.unit_off);
			const of = text(record(discount.product)?.name) ?? text(discount.unit_type);
			return units === undefined ? undefined : `${units} ${of ?? (units === 1 ? 'unit' : 'units')}`;
		}
		default:
			return undefined;
	}
}

/** The moment of the publication; of a bare voucher it isn't known. */
function deliveredAt(data: IDataObject, publication: IDataObject): string | undefined {
	if (
		publication !== data ||
		data.object === 'publication' ||
		data.vouchers_id !== undefined ||
		data.source_id !== undefined
	) {
		return text(publication.created_at);
	}
	return text(data.published_at);
}

function campaignName(campaign: IDataObject[string]): string | undefined {
	return text(campaign) ?? text(record(campaign)?.name);
}

function money(hundredths: IDataObject[string]): number | undefined {
	const value = number(hundredths);
	return value === undefined ? undefined : value / HUNDREDTHS;
}

function decimal(hundredths: IDataObject[string]): string | undefined {
	return money(hundredths)?.toFixed(2);
}

function number(value: IDataObject[string]): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function text(value: IDataObject[string]): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function record(value: IDataObject[string]): IDataObject | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
		? (value as IDataObject)
		: undefined;
}
