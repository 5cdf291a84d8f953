import type { IDataObject } from 'n8n-workflow';
import { asRecord } from '../../common/record';

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
	const data = asRecord(json.data) ?? json;
	const publication = asRecord(data.publication) ?? data;
	const voucher = voucherOf(data, publication);
	const tier = voucher
		? undefined
		: (asRecord(data.promotion_tier) ?? (data.object === 'promotion_tier' ? data : undefined));
	const given = voucher ?? tier;
	if (given === undefined) return undefined;
	const discount = asRecord(given.discount) ?? asRecord(asRecord(given.action)?.discount);
	const gift = asRecord(given.gift);
	const card = asRecord(given.loyalty_card);
	const assets = asRecord(given.assets);
	return {
		code: text(given.code) ?? text(data.code),
		value: valueOf(discount, gift, card),
		expiry: 'expiration_date' in given ? (text(given.expiration_date) ?? null) : undefined,
		qrUrl: text(asRecord(assets?.qr)?.url),
		barcodeUrl: text(asRecord(assets?.barcode)?.url),
		balance: money(gift?.balance),
		points: number(card?.balance) ?? number(card?.points),
		campaign: campaignName(data.campaign) ?? campaignName(given.campaign),
		deliveredAt: deliveredAt(data, publication),
	};
}

/** The voucher with the most to tell: a webhook may carry it twice, and only the publication's with its images. */
function voucherOf(data: IDataObject, publication: IDataObject): IDataObject | undefined {
	const found = [data.voucher, publication.voucher, first(data.vouchers), first(publication.vouchers)].map(
		asRecord,
	);
	const vouchers = found.filter((voucher) => voucher !== undefined);
	const illustrated = vouchers.find((voucher) => asRecord(voucher.assets) !== undefined);
	if (vouchers[0]) return illustrated ? { ...vouchers[0], assets: illustrated.assets } : vouchers[0];
	// Several codes at once come without their details.
	const code = text(first(data.vouchers)) ?? text(first(publication.vouchers));
	if (code !== undefined) return { code };
	const bare = data.object === 'voucher' || (text(data.code) !== undefined && data.object === undefined);
	return bare ? data : undefined;
}

function first(list: IDataObject[string]): IDataObject[string] {
	return Array.isArray(list) ? list[0] : undefined;
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
			const of = text(asRecord(discount.product)?.name) ?? text(discount.unit_type);
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
	return text(campaign) ?? text(asRecord(campaign)?.name);
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
