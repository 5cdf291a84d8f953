import type { Voucher } from '../voucher.mts';
import type { VoucherStock } from '../voucher-stock.mts';
import { decimal, utc } from './source.mts';
import { type Rows, table } from './table.mts';

const nothing = (): string => '';

/** Codes of one campaign, or of all. */
export const voucherTable = table<Voucher>({
	fields: {
		code: ({ code }) => code,
		voucher_type: ({ type }) => type,
		value,
		formula: nothing,
		discount_type: ({ discount }) => discount?.type ?? '',
		campaign: ({ campaign }) => campaign?.name ?? '',
		category: ({ traits }) => traits.category ?? '',
		start_date: ({ traits }) => utc(traits.startsAt),
		expiration_date: ({ traits }) => utc(traits.expiresAt),
		gift_balance: ({ giftBalance }) => decimal(giftBalance),
		loyalty_balance: ({ loyaltyBalance }) => String(loyaltyBalance ?? ''),
		redemption_quantity: ({ traits }) => String(traits.redemptionQuantity ?? ''),
		redemption_count: ({ redeemedQuantity }) => String(redeemedQuantity),
		active: ({ traits }) => String(traits.active),
		qr_code: (voucher, { url }) => voucher.assetUrl('qr', url),
		bar_code: (voucher, { url }) => voucher.assetUrl('barcode', url),
		id: ({ id }) => id,
		is_referral_code: ({ traits }) => String(traits.isReferral),
		created_at: ({ createdAt }) => utc(createdAt),
		updated_at: ({ updatedAt }) => utc(updatedAt),
		validity_timeframe_interval: nothing,
		validity_timeframe_duration: nothing,
		validity_day_of_week: nothing,
		discount_amount_limit: ({ discount }) => cell(discount?.['amount_limit']),
		campaign_id: ({ campaign }) => campaign?.id ?? '',
		additional_info: ({ traits }) => traits.additionalInfo ?? '',
		customer_id: ({ holderId }) => holderId ?? '',
		discount_effect: ({ discount }) => cell(discount?.['effect']),
		discount_unit_type: ({ discount }) => cell(discount?.['unit_type']),
		discount_unit_effect: ({ discount }) => (discount?.type === 'UNIT' ? cell(discount['effect']) : ''),
		validation_rules_id: nothing,
		customer_source_id: ({ holderId }, { customers }) =>
			holderId === undefined ? '' : (customers.find(holderId)?.sourceId ?? ''),
	},
	defaultFields: ['code', 'voucher_type', 'value', 'discount_type', 'campaign', 'expiration_date', 'active'],
	metadataKeys: ['season'],
	metadata: ({ traits }) => traits.metadata,
	filters: () => ({
		code: ({ code }) => code,
		created_at: ({ createdAt }) => utc(createdAt),
		created_date: ({ createdAt }) => utc(createdAt),
		updated_at: ({ updatedAt }) => utc(updatedAt) || undefined,
		start_date: ({ traits }) => utc(traits.startsAt) || undefined,
		expiration_date: ({ traits }) => utc(traits.expiresAt) || undefined,
		validity_timeframe: () => undefined,
		validity_day_of_week: () => undefined,
		active: ({ traits }) => String(traits.active),
		redemption_status: ({ redeemedQuantity }) => (redeemedQuantity > 0 ? 'redeemed' : 'not_redeemed'),
		categories: () => undefined,
		category_ids: () => undefined,
		vouchers: ({ code }) => code,
		holder_id: ({ holderId }) => holderId,
		published_for_customer_id: ({ holderId }) => holderId,
		is_referral_code: ({ traits }) => String(traits.isReferral),
		campaign_ids: ({ campaign }) => campaign?.id,
	}),
	orders: {
		// All codes of a campaign were made in one instant.
		created_at: 'stored',
		updated_at: ({ updatedAt, createdAt }) => updatedAt ?? createdAt,
		code: ({ code }) => code,
	},
	rows: ({ campaigns }, campaignId) =>
		concatenated(
			(campaignId === undefined ? campaigns.stocks : [campaigns.get(campaignId).vouchers]).map(codes),
		),
});

function value({ traits: { incentive } }: Voucher): string {
	switch (incentive.kind) {
		case 'gift':
			return decimal(incentive.amount);
		case 'loyalty':
			return String(incentive.points);
		case 'discount': {
			const { discount } = incentive;
			if (discount.type === 'AMOUNT') return decimal(discount.amount_off);
			if (discount.type === 'FIXED') return decimal(discount.fixed_amount);
			return String(discount.type === 'PERCENT' ? discount.percent_off : (discount.unit_off ?? ''));
		}
	}
}

function codes(stock: VoucherStock): Rows<Voucher> {
	return { count: stock.count, at: (place) => stock.at(place) };
}

function cell(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function concatenated(parts: readonly Rows<Voucher>[]): Rows<Voucher> {
	const [only] = parts;
	if (parts.length === 1 && only !== undefined) return only;
	return {
		count: parts.reduce((sum, part) => sum + part.count, 0),
		at: (index) => {
			let left = index;
			for (const part of parts) {
				if (left < part.count) return part.at(left);
				left -= part.count;
			}
			throw new RangeError(`There is no code ${index}.`);
		},
	};
}
