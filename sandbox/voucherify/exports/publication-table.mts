import type { Publication } from '../publication.mts';
import type { Voucher } from '../voucher.mts';
import { utc } from './source.mts';
import { fromArray, table } from './table.mts';

interface PublishedCode {
	readonly publication: Publication;
	readonly voucher: Voucher;
}

/** Published codes: a publication of several codes takes several rows. */
export const publicationTable = table<PublishedCode>({
	fields: {
		voucher_code: ({ voucher }) => voucher.code,
		customer_id: ({ publication }) => publication.customer.id,
		customer_source_id: ({ publication }) => publication.customer.sourceId ?? '',
		date: ({ publication }) => utc(publication.createdAt),
		channel: ({ publication }) => publication.channel,
		campaign: ({ publication }) => publication.campaign?.name ?? '',
		is_winner: () => '',
	},
	defaultFields: ['voucher_code', 'customer_id', 'date', 'channel'],
	metadataKeys: ['execution'],
	metadata: ({ publication }) => publication.metadata,
	filters: () => ({
		created_at: ({ publication }) => utc(publication.createdAt),
		campaign: ({ publication }) => publication.campaign?.name,
		campaign_name: ({ publication }) => publication.campaign?.name,
		customer: ({ publication }) => publication.customer.id,
		customer_id: ({ publication }) => publication.customer.id,
		voucher: ({ voucher }) => voucher.code,
		voucher_type: ({ voucher }) => voucher.type,
		is_referral_code: ({ publication }) => String(publication.campaign?.isReferral ?? false),
		parent_object_id: ({ publication }) => publication.campaign?.id,
		related_object_id: ({ voucher }) => voucher.id,
		source_id: ({ publication }) => publication.sourceId,
		result: () => 'SUCCESS',
		failure_code: () => undefined,
	}),
	orders: {
		created_at: 'stored',
		id: ({ publication }) => publication.id,
		voucher_code: ({ voucher }) => voucher.code,
		tracking_id: ({ publication }) => publication.customer.sourceId ?? '',
		customer_id: ({ publication }) => publication.customer.id,
		channel: ({ publication }) => publication.channel,
	},
	rows: ({ publications }) =>
		fromArray(
			publications.all.flatMap((publication) =>
				publication.vouchers.map((voucher): PublishedCode => ({ publication, voucher })),
			),
		),
});
