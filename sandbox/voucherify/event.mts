import type { Customer } from './customer.mts';
import type { CustomerChange } from './customers.mts';
import type { Publication } from './publication.mts';
import type { Segment } from './segments.mts';

/** Something that webhooks tell about. */
export interface VoucherifyEvent {
	readonly type: string;
	/** Project webhooks and distributions hear about different types of events. */
	readonly audience: 'project' | 'distribution';
	/** Start of the event's id, for instance `evcus_`. */
	readonly idPrefix: string;
	/** Id of the object that the event is about. */
	readonly entityId: string;
	/** The payload; asked for only when somebody listens. */
	readonly data: () => Record<string, unknown>;
}

/** The event of a customer that was created, updated or deleted. */
export function customerEvent(
	{ customer, change }: Pick<CustomerChange, 'customer' | 'change'>,
	serviceUrl: string,
): VoucherifyEvent {
	return {
		type: `customer.${change}`,
		audience: 'project',
		idPrefix: 'evcus_',
		entityId: customer.id,
		data: () => ({ customer: customer.toEventCustomer(serviceUrl) }),
	};
}

/** The event of a customer that entered or left a segment. */
export function segmentEvent(
	customer: Customer,
	segment: Segment,
	move: 'entered' | 'left',
	serviceUrl: string,
): VoucherifyEvent {
	return {
		type: `customer.segment.${move}`,
		audience: 'distribution',
		idPrefix: 'evcus_',
		entityId: customer.id,
		data: () => ({ customer: customer.toEventCustomer(serviceUrl), segment: segment.toReference() }),
	};
}

/** All events of a publication: one of itself, and two for each of its codes. */
export function publicationEvents(publication: Publication, serviceUrl: string): VoucherifyEvent[] {
	const { customer, campaign, vouchers } = publication;
	const common = () => ({
		customer: customer.toSimpleCustomer(),
		...(campaign !== undefined && { campaign: campaign.toEventCampaign() }),
		publication: publication.toEventPublication(),
	});
	const events: VoucherifyEvent[] = [
		{
			type: 'publication.succeeded',
			audience: 'project',
			idPrefix: 'evpub_',
			entityId: publication.id,
			data: () => ({ ...common(), vouchers: vouchers.map((voucher) => voucher.toEventVoucher()) }),
		},
	];
	for (const voucher of vouchers) {
		events.push({
			type: 'voucher.published',
			audience: 'project',
			idPrefix: 'evvou_',
			entityId: voucher.id,
			data: () => ({
				...common(),
				voucher: voucher.toEventVoucher(),
				created_at: new Date(publication.createdAt).toISOString(),
			}),
		});
		events.push({
			type: 'customer.publication.succeeded',
			audience: 'distribution',
			idPrefix: 'evcus_',
			entityId: customer.id,
			data: () => {
				const { publication: short, ...rest } = common();
				const { holder_id: holderId, ...whole } = voucher.toVoucher(serviceUrl);
				const published = holderId === null ? whole : { ...whole, holder_id: holderId };
				return { ...rest, publication: { ...short, voucher: published }, voucher: voucher.toEventVoucher() };
			},
		});
	}
	return events;
}
