import type { Campaign } from './campaign.mts';
import { notFound } from './errors.mts';
import type { Voucher } from './voucher.mts';

/** All campaigns, found by id and name. */
export class Campaigns {
	readonly #all: readonly Campaign[];
	readonly #byIdOrName = new Map<string, Campaign>();

	constructor(campaigns: readonly Campaign[]) {
		this.#all = campaigns;
		for (const campaign of campaigns) {
			this.#byIdOrName.set(campaign.name, campaign);
			this.#byIdOrName.set(campaign.id, campaign);
		}
	}

	/** Oldest first. */
	get all(): readonly Campaign[] {
		return this.#all;
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

	/** The voucher with this code. Throws 404. */
	getVoucher(code: string): Voucher {
		for (const campaign of this.#all) {
			const voucher = campaign.findVoucher(code);
			if (voucher !== undefined) return voucher;
		}
		throw notFound('voucher', code);
	}
}
