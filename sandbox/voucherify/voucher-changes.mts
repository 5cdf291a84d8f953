import type { Clock } from '../common/clock.mts';
import type { Random } from '../common/random.mts';
import type { Bin } from './bin.mts';
import { objectIn, readBody, textIn, wrongPayload } from './body.mts';
import { type Campaigns, duplicate } from './campaigns.mts';
import { PatternCodes, readCodeConfig } from './code-pattern.mts';
import { invalid } from './errors.mts';
import { voucherType } from './incentive.mts';
import type { JsonObject } from './json.mts';
import type { Voucher } from './voucher.mts';
import { mergedMetadata, readVoucherTraits, type VoucherTraits } from './voucher-traits.mts';

/** Draws before a pattern counts as used up. */
const MOST_DRAWS = 100;

export type VoucherChange = 'created' | 'updated' | 'deleted' | 'enabled' | 'disabled';

/** What changing vouchers needs of the rest of Voucherify. */
export interface VoucherChangesContext {
	readonly clock: Clock;
	readonly random: Random;
	readonly campaigns: Campaigns;
	readonly bin: Bin;
	readonly changed: (voucher: Voucher, change: VoucherChange) => void;
}

/** Makes, changes and deletes vouchers as request bodies say. */
export class VoucherChanges {
	readonly #context: VoucherChangesContext;

	constructor(context: VoucherChangesContext) {
		this.#context = context;
	}

	/**
	 * Makes a voucher, in a campaign when the body names one. Throws 400, 404 for an unknown campaign, 409
	 * `duplicate_found` for a code that exists.
	 * @param code instead of the body's `code`; without either the code is drawn by lot
	 */
	create(given: unknown, code?: string): Voucher {
		const body = readBody(given);
		const campaign = textIn(body, 'campaign') ?? textIn(body, 'campaign_id');
		const chosen = code ?? textIn(body, 'code');
		const voucher =
			campaign === undefined
				? this.#createLoose(body, chosen)
				: this.#createInCampaign(campaign, body, chosen);
		this.#context.changed(voucher, 'created');
		return voucher;
	}

	/** Adds a row of an import; `silently` tells nobody. Throws like `create`. */
	importRow(given: unknown, campaign: string | undefined, silently: boolean): Voucher {
		const body = readBody(given);
		const code = textIn(body, 'code');
		if (code === undefined) throw wrongPayload('Property .code is required');
		const voucher =
			campaign === undefined ? this.#createLoose(body, code) : this.#createInCampaign(campaign, body, code);
		if (!silently) this.#context.changed(voucher, 'created');
		return voucher;
	}

	/** Changes what the body mentions. Metadata is merged key by key. Throws 400. */
	update(voucher: Voucher, given: unknown): void {
		const body = readBody(given);
		const { incentive, metadata, ...traits } = readVoucherTraits(body);
		if (incentive !== undefined && (incentive.kind !== 'discount' || voucher.discount === null)) {
			throw wrongPayload('Only the discount of a discount voucher can be updated');
		}
		voucher.change(
			{
				...traits,
				...(incentive !== undefined && { incentive }),
				...(metadata !== undefined && { metadata: mergedMetadata(voucher.traits.metadata, metadata) }),
			},
			this.#now(),
		);
		this.#context.changed(voucher, 'updated');
	}

	/** Merges metadata into the voucher's without telling anybody, as bulk updates do. */
	mergeMetadata(voucher: Voucher, metadata: JsonObject): void {
		voucher.change({ metadata: mergedMetadata(voucher.traits.metadata, metadata) }, this.#now());
	}

	/** Lets a voucher be redeemed, or not. */
	setActive(voucher: Voucher, active: boolean): void {
		if (voucher.traits.active !== active) voucher.change({ active }, this.#now());
		this.#context.changed(voucher, active ? 'enabled' : 'disabled');
	}

	/** Deletes a voucher, into the bin unless `force` is set. */
	delete(voucher: Voucher, force: boolean): void {
		voucher.stock.remove(voucher);
		if (!force) {
			const { id, code } = voucher;
			this.#context.bin.put({ id, object: 'voucher', name: code, deletedAt: this.#now() });
		}
		this.#context.changed(voucher, 'deleted');
	}

	#createInCampaign(idOrName: string, body: JsonObject, code: string | undefined): Voucher {
		const campaign = this.#context.campaigns.get(idOrName);
		if (campaign.isGeneric || campaign.campaignType === 'PROMOTION') {
			const details = `Vouchers cannot be added to campaign ${campaign.name}`;
			throw invalid('campaign_not_extendable', 'Campaign cannot be extended', details);
		}
		const own = this.#ownTraits(body);
		const kind = own.incentive?.kind;
		if (kind !== undefined && kind !== campaign.settings.incentive.kind) {
			const type = voucherType(campaign.settings.incentive);
			throw wrongPayload(`Campaign ${campaign.name} holds vouchers of type ${type}`);
		}
		if (code !== undefined) {
			this.#refuseTaken(code);
			return campaign.vouchers.add(code, own);
		}
		if (objectIn(body, 'code_config') !== undefined) return campaign.vouchers.add(this.#draw(body), own);
		const made = campaign.vouchers.generateOne(own);
		if (made === undefined) throw usedUp();
		return made;
	}

	#createLoose(body: JsonObject, code: string | undefined): Voucher {
		const own = this.#ownTraits(body);
		if (own.incentive === undefined) {
			throw wrongPayload('One of .discount, .gift and .loyalty_card is required');
		}
		const type = textIn(body, 'type');
		if (type !== undefined && type !== voucherType(own.incentive)) {
			throw wrongPayload(`Property .type should be ${voucherType(own.incentive)}`);
		}
		if (code !== undefined) this.#refuseTaken(code);
		return this.#context.campaigns.loose.add(code ?? this.#draw(body), own);
	}

	#ownTraits(body: JsonObject): Partial<VoucherTraits> {
		return { ...readVoucherTraits(body), createdAt: this.#now() };
	}

	#refuseTaken(code: string): void {
		if (this.#context.campaigns.findVoucher(code) !== undefined) {
			throw duplicate(`Voucher with code: '${code}' already exists`);
		}
	}

	/** A code that follows the body's `code_config` and that nothing has yet. */
	#draw(body: JsonObject): string {
		const config = readCodeConfig(body['code_config']);
		for (let draw = 0; draw < MOST_DRAWS; draw++) {
			const code = new PatternCodes(config, this.#context.random.id('')).code(0);
			if (this.#context.campaigns.findVoucher(code) === undefined) return code;
		}
		throw usedUp();
	}

	#now(): number {
		return this.#context.clock.millis();
	}
}

function usedUp(): Error {
	const details = 'There is no code left that follows the code_config';
	return invalid('invalid_code_config', 'Invalid code config', details);
}
