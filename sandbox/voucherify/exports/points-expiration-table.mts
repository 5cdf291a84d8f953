import type { Voucher } from '../voucher.mts';
import { utc } from './source.mts';
import { fromArray, table } from './table.mts';

/** Points of loyalty cards that will expire: with their card, all at once. */
export const pointsExpirationTable = table<Voucher>({
	fields: {
		id: ({ id }) => `lopb_${id.slice('v_'.length)}`,
		campaign_id: ({ campaign }) => campaign?.id ?? '',
		voucher_id: ({ id }) => id,
		points: ({ loyaltyBalance }) => String(loyaltyBalance ?? 0),
		status: ({ traits }) => (traits.active ? 'ACTIVE' : 'INACTIVE'),
		expires_at: ({ traits }) => utc(traits.expiresAt),
	},
	defaultFields: ['id', 'campaign_id', 'voucher_id', 'points', 'status', 'expires_at'],
	metadataKeys: [],
	metadata: () => ({}),
	filters: () => ({
		campaign_id: ({ campaign }) => campaign?.id,
		voucher_id: ({ id }) => id,
	}),
	orders: { expires_at: ({ traits }) => traits.expiresAt ?? 0 },
	rows: ({ campaigns }, campaignId) => {
		const stocks = campaignId === undefined ? campaigns.stocks : [campaigns.get(campaignId).vouchers];
		const cards = stocks.flatMap((stock) => stock.touched);
		return fromArray(
			cards.filter(({ type, traits }) => type === 'LOYALTY_CARD' && traits.expiresAt !== undefined),
		);
	},
});
