import type { Clock } from '../common/clock.mts';
import { JobFailures } from '../common/job-failures.mts';
import type { Random } from '../common/random.mts';
import type { AsyncAction, AsyncActions } from './async-actions.mts';
import type { Bin } from './bin.mts';
import { Campaign } from './campaign.mts';
import { readCampaignRequest, readCampaignUpdate } from './campaign-request.mts';
import { type Campaigns, duplicate } from './campaigns.mts';
import { PatternCodes } from './code-pattern.mts';
import { invalid } from './errors.mts';

export type CampaignChange = 'created' | 'updated' | 'deleted' | 'enabled' | 'disabled';

/** What changing campaigns needs of the rest of Voucherify. */
export interface CampaignChangesContext {
	readonly clock: Clock;
	readonly random: Random;
	/** Milliseconds that the creation of a campaign takes. */
	readonly takesMs: number;
	readonly campaigns: Campaigns;
	readonly asyncActions: AsyncActions;
	readonly bin: Bin;
	readonly changed: (campaign: Campaign, change: CampaignChange) => void;
	/** Codes that were asked for are there. */
	readonly generated: (campaign: Campaign, count: number) => void;
}

/** Makes, changes and deletes campaigns as request bodies say. */
export class CampaignChanges {
	readonly #context: CampaignChangesContext;
	readonly #failures = new JobFailures();

	constructor(context: CampaignChangesContext) {
		this.#context = context;
	}

	/** Lets the next creations end with FAILED, without codes. */
	failNext(count: number): void {
		this.#failures.next(count);
	}

	/**
	 * Begins a campaign: a draft at first, after a third of the time in progress with half of its codes, then done.
	 * Throws 400, or 409 `duplicate_found` for a name that is taken.
	 */
	create(body: unknown): Campaign {
		const { clock, random, takesMs, campaigns, changed, generated } = this.#context;
		const { count, codeConfig, ...definition } = readCampaignRequest(body, random);
		if (campaigns.find(definition.name) !== undefined) {
			throw duplicate(`Campaign with name: '${definition.name}' already exists`);
		}
		const id = random.id('camp_');
		const now = clock.millis();
		const codes = new PatternCodes(codeConfig, id);
		if (count > codes.capacity) {
			const details = `The code_config allows for ${codes.capacity} codes, fewer than ${count}`;
			throw invalid('invalid_code_config', 'Invalid code config', details);
		}
		const fails = this.#failures.take();
		const campaign = new Campaign({ ...definition, id, codeConfig, codes, createdAt: now });
		setStatus(campaign, 'DRAFT');
		campaigns.add(campaign);
		clock.schedule(now + takesMs / 3, () => {
			setStatus(campaign, 'IN_PROGRESS');
			if (!fails && !campaign.isGeneric) campaign.vouchers.generate(Math.floor(count / 2));
		});
		clock.schedule(now + takesMs, () => {
			if (fails) return setStatus(campaign, 'FAILED');
			if (campaign.isGeneric) campaign.vouchers.add(codes.code(0), {});
			else campaign.vouchers.generate(count - Math.floor(count / 2));
			setStatus(campaign, 'DONE');
			if (count > 0) generated(campaign, count);
		});
		changed(campaign, 'created');
		return campaign;
	}

	/** Changes what the body mentions. Throws 400. */
	update(campaign: Campaign, body: unknown): void {
		campaign.change(readCampaignUpdate(body, campaign.settings), this.#context.clock.millis());
		this.#context.changed(campaign, 'updated');
	}

	/** Lets the campaign's codes be used, or not. */
	setActive(campaign: Campaign, active: boolean): void {
		if (campaign.settings.active !== active) campaign.change({ active }, this.#context.clock.millis());
		this.#context.changed(campaign, active ? 'enabled' : 'disabled');
	}

	/** Begins to delete a campaign with all its codes, into the bin unless `force` is set. */
	delete(campaign: Campaign, force: boolean): AsyncAction {
		const { asyncActions, bin, campaigns, changed, clock } = this.#context;
		return asyncActions.start('CAMPAIGN.VOUCHERS_DELETE', () => {
			const done = campaign.codeCount;
			campaigns.remove(campaign);
			const { id, name } = campaign;
			if (!force) bin.put({ id, object: 'campaign', name, deletedAt: clock.millis() });
			changed(campaign, 'deleted');
			return { done, failed: [] };
		});
	}

	/** Begins to make so many more codes. */
	generate(campaign: Campaign, count: number): AsyncAction {
		const work = () => {
			const done = campaign.vouchers.generate(count);
			campaign.generationStatus = 'DONE';
			this.#context.generated(campaign, done);
			return { done, failed: [] };
		};
		return this.#context.asyncActions.start('CAMPAIGN.VOUCHERS_GENERATE', work, () => {
			campaign.generationStatus = 'IN_PROGRESS';
		});
	}
}

function setStatus(campaign: Campaign, status: Campaign['creationStatus']): void {
	campaign.creationStatus = status;
	campaign.generationStatus = status;
}
