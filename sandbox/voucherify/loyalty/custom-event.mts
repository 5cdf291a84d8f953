import type { Customer } from '../customer.mts';
import type { VoucherifyEvent } from '../event.mts';
import type { JsonObject } from '../json.mts';
import type { Voucher } from '../voucher.mts';

/** Something that a customer did, in the words of the one who tells. */
export class CustomEvent {
	constructor(
		readonly id: string,
		readonly name: string,
		readonly schemaId: string,
		readonly customer: Customer,
		readonly referral: { readonly voucher: Voucher; readonly referrer: Customer } | undefined,
		/** The card that the event is about; all of the customer's when undefined. */
		readonly card: Voucher | undefined,
		readonly metadata: JsonObject,
		/** Milliseconds since 1970. */
		readonly createdAt: number,
	) {}

	/** The answer to POST /v1/events. */
	toAnswer(): Record<string, unknown> {
		const { id, sourceId, fields } = this.customer;
		return {
			object: 'event',
			type: this.name,
			customer: {
				id,
				object: 'customer',
				...(sourceId !== undefined && { source_id: sourceId }),
				...(typeof fields.name === 'string' && { name: fields.name }),
				...(typeof fields.email === 'string' && { email: fields.email }),
				metadata: fields.metadata ?? {},
			},
			...this.#references(),
			metadata: this.metadata,
		};
	}

	/** The event that distributions hear of. */
	toEvent(): VoucherifyEvent {
		const { customer, referral, card } = this;
		return {
			type: 'customer.custom_event',
			audience: 'distribution',
			idPrefix: 'evcus_',
			entityId: customer.id,
			data: () => ({
				event: {
					id: this.id,
					object: 'event',
					type: this.name,
					customer: { id: customer.id },
					...this.#references(),
					metadata: this.metadata,
					created_at: new Date(this.createdAt).toISOString(),
				},
				event_schema: { id: this.schemaId, name: this.name },
				customer: customer.toSimpleCustomer(),
				referral: referral
					? { referrer: referral.referrer.toSimpleCustomer(), ...voucherAndCampaign(referral.voucher) }
					: null,
				loyalty: card ? voucherAndCampaign(card) : null,
			}),
		};
	}

	#references(): Record<string, unknown> {
		const { referral, card } = this;
		return {
			referral: referral
				? { id: referral.voucher.id, code: referral.voucher.code, referrer_id: referral.referrer.id }
				: null,
			loyalty: card ? { code: card.code } : null,
		};
	}
}

function voucherAndCampaign(voucher: Voucher): Record<string, unknown> {
	return { voucher: voucher.toEventVoucher(), campaign: voucher.campaign?.toEventCampaign() };
}
