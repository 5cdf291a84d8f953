import type { Clock } from '../../common/clock.mts';
import type { Random } from '../../common/random.mts';
import { objectIn, readBody, wrongPayload } from '../body.mts';
import { duplicate } from '../campaigns.mts';
import type { Customers } from '../customers.mts';
import { notFound, VoucherifyError } from '../errors.mts';
import type { JsonObject } from '../json.mts';
import { isObject } from '../json.mts';
import type { Voucher } from '../voucher.mts';

const MOST_HOLDERS = 100;

/** Somebody who holds a referral code: the one who hands it on, or one to whom it was handed. */
export interface ReferralHolder {
	readonly id: string;
	readonly customerId: string;
	readonly role: 'REFERRER' | 'REFEREE';
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	readonly voucher: Voucher;
	readonly metadata: JsonObject;
}

/** Who holds referral codes. The referrer is the customer that the code was published to. */
export class ReferralHolders {
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #customers: Customers;
	/** By id of the voucher, oldest first. */
	readonly #referees = new Map<string, ReferralHolder[]>();

	constructor(clock: Clock, random: Random, customers: Customers) {
		this.#clock = clock;
		this.#random = random;
		this.#customers = customers;
	}

	/** The holders of a code, the referrer first. */
	of(voucher: Voucher): ReferralHolder[] {
		const referees = this.#referees.get(voucher.id) ?? [];
		const { holderId, id, createdAt, updatedAt } = voucher;
		if (holderId === undefined) return [...referees];
		const referrer: ReferralHolder = {
			id: `rh_${id}`,
			customerId: holderId,
			role: 'REFERRER',
			createdAt: updatedAt ?? createdAt,
			voucher,
			metadata: {},
		};
		return [referrer, ...referees];
	}

	/** Hands a code on to the customers that a request's body names. Throws 400, or 409 `duplicate_found`. */
	add(voucher: Voucher, given: unknown): ReferralHolder[] {
		const body = readBody(given);
		const holders = body['holders'];
		if (!Array.isArray(holders) || holders.length === 0 || holders.length > MOST_HOLDERS) {
			throw wrongPayload(`Property .holders should be an array of 1 to ${MOST_HOLDERS}`);
		}
		const metadata = objectIn(body, 'metadata') ?? {};
		const customers = holders.map((holder: unknown) => {
			if (!isObject(holder)) throw wrongPayload('An item of .holders should be an object');
			return this.#customers.upsert(holder);
		});
		const known = new Set(this.of(voucher).map(({ customerId }) => customerId));
		const again = customers.find(({ id }) => known.has(id));
		if (again !== undefined) throw duplicate(`Customer ${again.id} already holds ${voucher.code}`);
		const createdAt = this.#clock.millis();
		const added = customers.map((customer): ReferralHolder => ({
			id: this.#random.id('rh_'),
			customerId: customer.id,
			role: 'REFEREE',
			createdAt,
			voucher,
			metadata,
		}));
		this.#referees.set(voucher.id, [...(this.#referees.get(voucher.id) ?? []), ...added]);
		return added;
	}

	/** Takes a code from one to whom it was handed. Throws 404, or 403 for the referrer. */
	remove(voucher: Voucher, holderId: string): void {
		const holder = this.of(voucher).find(({ id }) => id === holderId);
		if (holder === undefined) throw notFound('redeemable_holder', holderId);
		if (holder.role === 'REFERRER') {
			const details = `Holder ${holderId} is the referrer, who cannot be removed`;
			throw new VoucherifyError(403, 'forbidden', 'Forbidden', details);
		}
		const rest = (this.#referees.get(voucher.id) ?? []).filter((other) => other !== holder);
		this.#referees.set(voucher.id, rest);
	}
}

/** A holder as the referrals' routes show it. */
export function toHolder({ id, customerId, role, createdAt, voucher, metadata }: ReferralHolder) {
	return {
		id,
		created_at: new Date(createdAt).toISOString(),
		redeemable_id: voucher.id,
		redeemable_object: 'voucher',
		customer_id: customerId,
		holder_role: role,
		campaign_id: voucher.campaign?.id,
		campaign_type: voucher.campaign?.campaignType,
		voucher_type: voucher.type,
		metadata,
		object: 'redeemable_holder',
	};
}
