import type { Campaign } from './campaign.mts';
import type { Codes } from './code-sequence.mts';
import { notFound, VoucherifyError } from './errors.mts';
import type { Voucher } from './voucher.mts';
import { VoucherStock } from './voucher-stock.mts';
import type { VoucherTraits } from './voucher-traits.mts';

/** Every code outside of campaigns is one that was given. */
const NO_CODES: Codes = { capacity: 0, code: () => '', index: () => undefined };

/** What a code outside of campaigns is made with; its incentive is always its own. */
const BARE: VoucherTraits = {
	incentive: { kind: 'discount', discount: { type: 'PERCENT', percent_off: 0 } },
	createdAt: 0,
	active: true,
	startsAt: undefined,
	expiresAt: undefined,
	metadata: {},
	additionalInfo: null,
	category: null,
	categoryId: null,
	redemptionQuantity: null,
	isReferral: false,
	validity: {},
};

/** All campaigns, found by id and name, and all codes. */
export class Campaigns {
	/** Codes that belong to no campaign. */
	readonly loose: VoucherStock;
	#all: readonly Campaign[];
	readonly #byIdOrName = new Map<string, Campaign>();

	/** @param looseIdStem part of the id of every code that belongs to no campaign */
	constructor(campaigns: readonly Campaign[], looseIdStem: string) {
		this.#all = [];
		for (const campaign of campaigns) this.add(campaign);
		const owner = { campaign: undefined, traits: BARE, idStem: looseIdStem, isGeneric: false };
		this.loose = new VoucherStock(owner, NO_CODES);
	}

	/** Oldest first. */
	get all(): readonly Campaign[] {
		return this.#all;
	}

	/** Where codes are: of every campaign, then those without one. */
	get stocks(): readonly VoucherStock[] {
		return [...this.#all.map(({ vouchers }) => vouchers), this.loose];
	}

	/** The campaign with this id or name. */
	find(idOrName: string): Campaign | undefined {
		return this.#byIdOrName.get(idOrName);
	}

	/** Like `find`, but throws 404. */
	get(idOrName: string): Campaign {
		const campaign = this.#byIdOrName.get(idOrName);
		if (campaign === undefined) throw notFound('campaign', idOrName);
		return campaign;
	}

	/** Throws 409 `duplicate_found` when there is a campaign of this name. */
	add(campaign: Campaign): void {
		if (this.#byIdOrName.has(campaign.name)) {
			throw duplicate(`Campaign with name: '${campaign.name}' already exists`);
		}
		this.#all = [...this.#all, campaign];
		this.#byIdOrName.set(campaign.name, campaign);
		this.#byIdOrName.set(campaign.id, campaign);
	}

	/** Removes a campaign with all its codes. */
	remove(campaign: Campaign): void {
		this.#all = this.#all.filter((other) => other !== campaign);
		this.#byIdOrName.delete(campaign.name);
		this.#byIdOrName.delete(campaign.id);
	}

	/** The voucher with this code. */
	findVoucher(code: string): Voucher | undefined {
		for (const campaign of this.#all) {
			const voucher = campaign.findVoucher(code);
			if (voucher !== undefined) return voucher;
		}
		return this.loose.find(code);
	}

	/** Like `findVoucher`, but throws 404. */
	getVoucher(code: string): Voucher {
		const voucher = this.findVoucher(code);
		if (voucher === undefined) throw notFound('voucher', code);
		return voucher;
	}
}

/** 409 for something that is there already. */
export function duplicate(details: string): VoucherifyError {
	return new VoucherifyError(409, 'duplicate_found', 'Duplicate resource found', details);
}
