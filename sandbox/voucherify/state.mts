import type { Clock } from '../common/clock.mts';
import { Random } from '../common/random.mts';
import { Activities } from './activities.mts';
import { AsyncActions } from './async-actions.mts';
import { Balances } from './balances.mts';
import { Bin } from './bin.mts';
import { CampaignChanges } from './campaign-changes.mts';
import { seedCampaigns } from './campaign-seed.mts';
import { Campaigns } from './campaigns.mts';
import { seedCustomers, seedSegments } from './customer-seed.mts';
import { Customers } from './customers.mts';
import { campaignEvent, generationEvent } from './campaign-event.mts';
import { customerEvent, publicationEvents, segmentEvent, type VoucherifyEvent } from './event.mts';
import { Exports } from './exports/exports.mts';
import { LoyaltyTiers } from './loyalty/loyalty-tiers.mts';
import { Management } from './management.mts';
import { OAuth } from './oauth.mts';
import { Publications } from './publications.mts';
import { Sales } from './sales.mts';
import { Segments } from './segments.mts';
import { snapshotOf } from './snapshot.mts';
import { VoucherChanges } from './voucher-changes.mts';
import { balanceEvents, voucherEvent } from './voucher-event.mts';
import { Webhooks } from './webhooks.mts';

/** How a project is set up. */
export interface VoucherifyOptions {
	readonly clock: Clock;
	/** Decides on all ids and codes. */
	readonly seed: number;
	/** Customers at the start. */
	readonly customers: number;
	/** Codes of the large STATIC campaign. */
	readonly codes: number;
	/** How long an export takes. */
	readonly exportMs: number;
	/** How long an asynchronous action and the creation of a campaign take. */
	readonly asyncMs: number;
	/** What a repeated `source_id` of a publication gets. */
	readonly duplicateSourceId: 'return' | 'refuse';
	readonly webhookSecret: string;
	/** Whether the plan includes the Management API. */
	readonly hasManagement: boolean;
	/** A receiver of project webhooks that is there from the start. */
	readonly webhook: string | undefined;
}

interface Project {
	readonly campaigns: Campaigns;
	readonly campaignChanges: CampaignChanges;
	readonly voucherChanges: VoucherChanges;
	readonly balances: Balances;
	readonly asyncActions: AsyncActions;
	readonly activities: Activities;
	readonly bin: Bin;
	readonly oauth: OAuth;
	readonly management: Management;
	readonly customers: Customers;
	readonly segments: Segments;
	readonly publications: Publications;
	readonly exports: Exports;
	readonly webhooks: Webhooks;
	readonly sales: Sales;
}

/** A Voucherify project: its campaigns with their codes, its customers, and what was done with them. */
export class VoucherifyState {
	readonly #options: VoucherifyOptions;
	#project: Project;
	/** Where the service listens; part of the addresses in its answers. */
	url = '';

	constructor(options: VoucherifyOptions) {
		this.#options = options;
		this.#project = this.#fromSeed();
	}

	get campaigns(): Campaigns {
		return this.#project.campaigns;
	}

	get balances(): Balances {
		return this.#project.balances;
	}

	get campaignChanges(): CampaignChanges {
		return this.#project.campaignChanges;
	}

	get voucherChanges(): VoucherChanges {
		return this.#project.voucherChanges;
	}

	get asyncActions(): AsyncActions {
		return this.#project.asyncActions;
	}

	get activities(): Activities {
		return this.#project.activities;
	}

	get oauth(): OAuth {
		return this.#project.oauth;
	}

	get management(): Management {
		return this.#project.management;
	}

	get bin(): Bin {
		return this.#project.bin;
	}

	get customers(): Customers {
		return this.#project.customers;
	}

	get segments(): Segments {
		return this.#project.segments;
	}

	get publications(): Publications {
		return this.#project.publications;
	}

	get sales(): Sales {
		return this.#project.sales;
	}

	get exports(): Exports {
		return this.#project.exports;
	}

	get webhooks(): Webhooks {
		return this.#project.webhooks;
	}

	/** Milliseconds since 1970 by the sandbox's clock. */
	now(): number {
		return this.#options.clock.millis();
	}

	/** Back to the seed. */
	reset(): void {
		this.#project.webhooks.close();
		this.#project = this.#fromSeed();
	}

	/** Ends what runs by itself. */
	close(): void {
		this.#project.webhooks.close();
	}

	/** What the project holds, in numbers and objects; of each kind at most the `latest` ones. */
	snapshot(latest: number): Record<string, unknown> {
		return snapshotOf(this, latest);
	}

	#fromSeed(): Project {
		const { clock, seed, duplicateSourceId } = this.#options;
		const start = clock.millis();
		const random = (name: string) => new Random(seed, `voucherify ${name}`);
		const activities = new Activities(clock, random('activities'));
		const { webhookSecret } = this.#options;
		const webhooks = new Webhooks(clock, random('webhooks'), webhookSecret, (event) => heard(event));
		const heard = (event: VoucherifyEvent): void => {
			activities.note(event);
			// Orders, points and redemptions change a customer without updating it.
			const customer = event.type.startsWith('customer.') ? customers.find(event.entityId) : undefined;
			if (customer !== undefined) segments.follow({ customer, change: 'updated' });
		};
		const oauth = new OAuth(clock, random('oauth'));
		const project = { id: webhooks.projectId, createdAt: start, webhookSecret };
		const management = new Management(project, webhooks, this.#options.hasManagement);
		const campaigns = new Campaigns(
			seedCampaigns(random('campaigns'), seed, this.#options.codes, start),
			random('vouchers').id(''),
		);
		const segments = new Segments(clock, random('segments'), (customer, segment, move) =>
			webhooks.emit(segmentEvent(customer, segment, move, this.url)),
		);
		const customers = new Customers(clock, random('customers'), (change) => {
			// Updates by the many are not told.
			if (!change.isBulk || change.change !== 'updated') webhooks.emit(customerEvent(change, this.url));
			segments.follow(change);
		});
		seedCustomers(customers, random('names'), this.#options.customers, start);
		seedSegments(segments, customers.ordered, start);
		const emit = (event: VoucherifyEvent) => webhooks.emit(event);
		const loyaltyTiers = new LoyaltyTiers(random('loyalty tiers'), emit);
		const publications = new Publications({
			clock,
			random: random('publications'),
			campaigns,
			customers,
			duplicateSourceId,
			published: (publication) => {
				const [card] = publication.vouchers;
				// A card that was handed out again is not a new one.
				const isNew = card.publications === 1;
				if (isNew) publication.customer.countPoints(card.loyaltyBalance ?? 0);
				for (const event of publicationEvents(publication, this.url)) emit(event);
				if (isNew) {
					loyaltyTiers.follow(card, publication.customer, undefined, publication.createdAt);
				}
			},
		});
		const balances = new Balances(clock, campaigns, (transaction, move) => {
			const { voucher, balance, amount, createdAt } = transaction;
			const holder = voucher.holderId === undefined ? undefined : customers.find(voucher.holderId);
			for (const event of balanceEvents(transaction, move, holder)) emit(event);
			if (holder === undefined || voucher.type !== 'LOYALTY_CARD') return;
			holder.countPoints(amount);
			loyaltyTiers.follow(voucher, holder, balance - amount, createdAt);
			segments.follow({ customer: holder, change: 'updated' });
		});
		const serviceUrl = (): string => this.url;
		const bin = new Bin();
		const asyncActions = new AsyncActions(clock, random('async actions'), this.#options.asyncMs, serviceUrl);
		const campaignChanges = new CampaignChanges({
			clock,
			random: random('campaign changes'),
			takesMs: this.#options.asyncMs,
			campaigns,
			asyncActions,
			bin,
			changed: (campaign, change) => webhooks.emit(campaignEvent(campaign, change)),
			generated: (campaign, count) => webhooks.emit(generationEvent(campaign, count, clock.millis())),
		});
		const voucherChanges = new VoucherChanges({
			clock,
			random: random('voucher changes'),
			campaigns,
			bin,
			changed: (voucher, change) => webhooks.emit(voucherEvent(voucher, change, this.url)),
		});
		const sales = new Sales({
			clock,
			random,
			campaigns,
			customers,
			publications,
			balances,
			loyaltyTiers,
			emit,
		});
		const source = {
			campaigns,
			balances,
			customers,
			publications,
			orders: sales.orders,
			redemptions: sales.redemptions,
			get url() {
				return serviceUrl();
			},
		};
		const exports = new Exports(clock, random('exports'), source, this.#options.exportMs);
		if (this.#options.webhook !== undefined) webhooks.addTarget('project', this.#options.webhook);
		return {
			campaigns,
			campaignChanges,
			voucherChanges,
			balances,
			asyncActions,
			activities,
			bin,
			oauth,
			management,
			customers,
			segments,
			publications,
			exports,
			webhooks,
			sales,
		};
	}
}
