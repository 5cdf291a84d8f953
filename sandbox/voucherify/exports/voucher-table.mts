import type { Voucher } from '../voucher.mts';
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
		campaign: ({ campaign }) => campaign.name,
		category: nothing,
		start_date: nothing,
		expiration_date: ({ campaign }) => utc(campaign.expiresAt),
		gift_balance: ({ giftBalance }) => decimal(giftBalance),
		loyalty_balance: ({ loyaltyBalance }) => String(loyaltyBalance ?? ''),
		redemption_quantity: ({ campaign }) => String(campaign.redemptionQuantity ?? ''),
		redemption_count: () => '0',
		active: () => 'true',
		qr_code: (voucher, { url }) => voucher.assetUrl('qr', url),
		bar_code: (voucher, { url }) => voucher.assetUrl('barcode', url),
		id: ({ id }) => id,
		is_referral_code: ({ campaign }) => String(campaign.isReferral),
		created_at: ({ campaign }) => utc(campaign.createdAt),
		updated_at: ({ updatedAt }) => utc(updatedAt),
		validity_timeframe_interval: nothing,
		validity_timeframe_duration: nothing,
		validity_day_of_week: nothing,
		discount_amount_limit: nothing,
		campaign_id: ({ campaign }) => campaign.id,
		additional_info: nothing,
		customer_id: ({ holderId }) => holderId ?? '',
		discount_effect: ({ discount }) => discount?.effect ?? '',
		discount_unit_type: ({ discount }) => (discount?.type === 'UNIT' ? discount.unit_type : ''),
		discount_unit_effect: ({ discount }) => (discount?.type === 'UNIT' ? discount.effect : ''),
		validation_rules_id: nothing,
		customer_source_id: ({ holderId }, { customers }) =>
			holderId === undefined ? '' : (customers.find(holderId)?.sourceId ?? ''),
	},
	defaultFields: ['code', 'voucher_type', 'value', 'discount_type', 'campaign', 'expiration_date', 'active'],
	metadataKeys: ['season'],
	metadata: ({ campaign }) => campaign.voucherMetadata,
	filters: () => ({
		code: ({ code }) => code,
		created_at: ({ campaign }) => utc(campaign.createdAt),
		created_date: ({ campaign }) => utc(campaign.createdAt),
		updated_at: ({ updatedAt }) => utc(updatedAt) || undefined,
		start_date: () => undefined,
		expiration_date: ({ campaign }) => utc(campaign.expiresAt) || undefined,
		validity_timeframe: () => undefined,
		validity_day_of_week: () => undefined,
		active: () => 'true',
		redemption_status: () => 'not_redeemed',
		categories: () => undefined,
		category_ids: () => undefined,
		vouchers: ({ code }) => code,
		holder_id: ({ holderId }) => holderId,
		published_for_customer_id: ({ holderId }) => holderId,
		is_referral_code: ({ campaign }) => String(campaign.isReferral),
		campaign_ids: ({ campaign }) => campaign.id,
	}),
	orders: {
		// All codes of a campaign were made in one instant.
		created_at: 'stored',
		updated_at: ({ updatedAt, campaign }) => updatedAt ?? campaign.createdAt,
		code: ({ code }) => code,
	},
	rows: ({ campaigns }, campaignId) =>
		concatenated((campaignId === undefined ? campaigns.all : [campaigns.get(campaignId)]).map(codes)),
});

function value({ campaign: { incentive } }: Voucher): string {
	switch (incentive.kind) {
		case 'gift':
			return decimal(incentive.amount);
		case 'loyalty':
			return String(incentive.points);
		case 'discount': {
			const { discount } = incentive;
			if (discount.type === 'AMOUNT') return decimal(discount.amount_off);
			return String(discount.type === 'PERCENT' ? discount.percent_off : discount.unit_off);
		}
	}
}

function codes(campaign: { codeCount: number; voucher(index: number): Voucher }): Rows<Voucher> {
	return { count: campaign.codeCount, at: (index) => campaign.voucher(index) };
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
