import type { Campaign } from './campaign.mts';
import type { Customer } from './customer.mts';
import type { JsonObject } from './json.mts';
import type { Voucher } from './voucher.mts';

/** One or several codes that went to a customer. */
export class Publication {
	constructor(
		readonly id: string,
		/** Milliseconds since 1970. */
		readonly createdAt: number,
		readonly customer: Customer,
		/** Undefined when the code belongs to none. */
		readonly campaign: Campaign | undefined,
		readonly vouchers: readonly [Voucher, ...Voucher[]],
		readonly sourceId: string | undefined,
		readonly channel: string,
		readonly metadata: JsonObject,
	) {}

	/** The answer to POST /v1/publications: one whole voucher, or several bare codes. */
	toPublication(serviceUrl: string): Record<string, unknown> {
		const [first, ...more] = this.vouchers;
		return {
			...this.#base(),
			customer: this.customer.toCustomer(serviceUrl),
			...(more.length === 0 ? { voucher: first.toVoucher(serviceUrl) } : { vouchers: this.#codes() }),
		};
	}

	/** The publication as GET /v1/publications lists it: with a simplified voucher. */
	toListedPublication(): Record<string, unknown> {
		const [first, ...more] = this.vouchers;
		const { code, campaign, gift, discount, loyalty_card, is_referral_code } = first.toEventVoucher();
		const voucher = { code, object: 'voucher', campaign, gift, discount, loyalty_card, is_referral_code };
		return {
			...this.#base(),
			customer: this.customer.toPublicationCustomer(),
			...(more.length === 0 ? { voucher } : { vouchers: this.#codes() }),
		};
	}

	/** The publication as events show it. */
	toEventPublication(): Record<string, unknown> {
		const { tracking_id, ...base } = this.#base();
		return {
			...base,
			...(tracking_id !== null && { tracking_id }),
			customer: this.customer.toPublicationCustomer(),
		};
	}

	#codes(): string[] {
		return this.vouchers.map((voucher) => voucher.code);
	}

	#base() {
		return {
			id: this.id,
			object: 'publication',
			created_at: new Date(this.createdAt).toISOString(),
			customer_id: this.customer.id,
			tracking_id: this.customer.sourceId ?? null,
			metadata: this.metadata,
			channel: this.channel,
			source_id: this.sourceId ?? null,
			result: 'SUCCESS',
			vouchers_id: this.vouchers.map((voucher) => voucher.id),
		};
	}
}
