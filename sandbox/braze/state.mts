import type { Clock } from '../common/clock.mts';
import { Random } from '../common/random.mts';
import { ApiKeys, type ApiKey } from './api-keys.mts';
import { Catalogs } from './catalogs.mts';
import { ContentBlocks } from './content-blocks.mts';
import { DEFAULT_ARRAY_LENGTH } from './attributes.mts';
import { DroppedValues } from './dropped-values.mts';
import { exportProfiles, type ExportAnswer } from './export.mts';
import type { Identifier } from './identifiers.mts';
import type { Json } from './json.mts';
import { KnownNames } from './known-names.mts';
import type { Profile } from './profile.mts';
import { Profiles } from './profiles.mts';
import { PromotionLists } from './promotion-lists.mts';
import { SegmentExports } from './segment-exports.mts';
import type { TrackTarget } from './track.mts';
import { trackRequest, type TrackLimits, type TrackResult } from './track-request.mts';
import { Sends } from './sends.mts';
import { Webhooks } from './webhooks.mts';
import { seedNames, WORKSPACE, type Workspace } from './workspace-seed.mts';

/** Object limits of users/track under Braze's contracts: all arrays together, or each for itself. */
export type BrazeObjectLimit = '75 combined' | '75 per array' | '50 combined';

/**
 * How the quota is told: `epoch` in X-RateLimit-Reset (the general form), `seconds left` in it, or on a 429 nothing but
 * X-Ratelimit-Retry-After; the latter two occur on some contracts.
 */
export type RateLimitHeaders = 'epoch' | 'seconds left' | 'retry after';

/** How the workspace is set up; may be changed while the sandbox runs. */
export interface BrazeSettings {
	objectLimit: BrazeObjectLimit;
	rateLimitHeaders: RateLimitHeaders;
	/** Most elements of array attributes. */
	arrayLength: number;
	/** Whether users/export/ids insists on `fields_to_export`, as it does for newer workspaces. */
	fieldsToExportRequired: boolean;
	/** How long the export of a segment takes by the clock. */
	exportMs: number;
	/** How long catalogs take by the clock to apply what was sent in bulk. */
	catalogMs: number;
	/** Whether the customer has connected their own cloud storage, which exports of segments then go to. */
	cloudStorage: boolean;
}

/** Settings and API keys that differ from the defaults. */
export interface BrazeOptions extends Partial<Readonly<BrazeSettings>> {
	/** Further API keys. */
	readonly keys?: readonly ApiKey[];
}

const DEFAULT_SETTINGS: BrazeSettings = {
	objectLimit: '75 combined',
	rateLimitHeaders: 'epoch',
	arrayLength: DEFAULT_ARRAY_LENGTH,
	fieldsToExportRequired: false,
	exportMs: 300,
	catalogMs: 300,
	cloudStorage: false,
};

/** What has happened since the start or the latest reset. */
export interface BrazeCounters {
	/** Requests to one of the track endpoints that were authorised. */
	trackRequests: number;
	/** Objects taken. */
	attributes: number;
	events: number;
	purchases: number;
	/** Objects refused with an error of their own. */
	rejected: number;
	dataPoints: number;
}

const OBJECT_LIMITS: Record<BrazeObjectLimit, TrackLimits> = {
	'75 combined': { combined: 75 },
	'75 per array': { perArray: 75 },
	'50 combined': { combined: 50 },
};
const BULK_LIMITS: TrackLimits = { combined: 1000, perUser: 100 };
const SYNC_LIMITS: TrackLimits = { combined: 1 };

/** A Braze workspace: its keys, its profiles, its promotion code lists, and what was done to them. */
export class BrazeState {
	readonly #clock: Clock;
	readonly #seed: number;
	readonly #initialSettings: BrazeSettings;
	readonly #furtherKeys: readonly ApiKey[];
	/** Key that may do everything. */
	readonly apiKey: string;
	/** Key with the permission users.track and no other. */
	readonly trackOnlyKey: string;
	readonly workspace: Workspace = WORKSPACE;
	settings: BrazeSettings;
	keys: ApiKeys;
	profiles: Profiles;
	names: KnownNames;
	promotionLists: PromotionLists;
	dropped: DroppedValues;
	counters: BrazeCounters;
	segmentExports: SegmentExports;
	catalogs: Catalogs;
	sends: Sends;
	contentBlocks: ContentBlocks;
	webhooks: Webhooks;
	/** External IDs that Braze refuses to take data for. */
	readonly blockedExternalIds = new Set<string>();

	/** @param seed the same seed gives the same keys and ids */
	constructor(clock: Clock, seed: number, options: BrazeOptions = {}) {
		this.#clock = clock;
		this.#seed = seed;
		const { keys = [], ...settings } = options;
		this.#furtherKeys = keys;
		this.#initialSettings = { ...DEFAULT_SETTINGS, ...settings };
		const random = new Random(seed, 'braze keys');
		this.apiKey = random.uuid();
		this.trackOnlyKey = random.uuid();
		this.settings = { ...this.#initialSettings };
		this.keys = this.#initialKeys();
		this.profiles = this.#noProfiles();
		this.names = this.#seedNames();
		this.promotionLists = new PromotionLists();
		this.dropped = new DroppedValues();
		this.counters = noCounts();
		this.webhooks = new Webhooks(clock);
		this.segmentExports = this.#noExports();
		this.catalogs = this.#seedCatalogs();
		this.contentBlocks = this.#seedContentBlocks();
		this.sends = this.#noSends();
	}

	/** Ends the calls that are under way. */
	close(): void {
		this.webhooks.close();
	}

	/** Back to the workspace as it was at the start. */
	reset(): void {
		this.settings = { ...this.#initialSettings };
		this.keys = this.#initialKeys();
		this.profiles = this.#noProfiles();
		this.names = this.#seedNames();
		this.promotionLists = new PromotionLists();
		this.dropped = new DroppedValues();
		this.counters = noCounts();
		this.webhooks.close();
		this.webhooks = new Webhooks(this.#clock);
		this.segmentExports = this.#noExports();
		this.catalogs = this.#seedCatalogs();
		this.contentBlocks = this.#seedContentBlocks();
		this.sends = this.#noSends();
		this.blockedExternalIds.clear();
	}

	/** The profile that an identifier belongs to. */
	getUser(identifier: Identifier): Profile | undefined {
		return this.profiles.find(identifier);
	}

	/** POST /users/track */
	track(body: Json | undefined): TrackResult {
		return this.#track(body, OBJECT_LIMITS[this.settings.objectLimit]);
	}

	/** POST /users/track/bulk */
	trackBulk(body: Json | undefined): TrackResult {
		return this.#track(body, BULK_LIMITS);
	}

	/** POST /users/track/sync */
	trackSync(body: Json | undefined): TrackResult {
		return this.#track(body, SYNC_LIMITS);
	}

	/** POST /users/export/ids */
	exportIds(body: Json | undefined): ExportAnswer {
		return exportProfiles(this.profiles, body, this.settings.fieldsToExportRequired);
	}

	/** What fits on one screen whatever the number of profiles: counts, lists, and the latest changed profiles. */
	summary(latest = 20): Record<string, unknown> {
		return {
			profiles: this.profiles.size,
			counters: this.counters,
			promotionLists: this.promotionLists,
			sends: this.sends.all.slice(-latest),
			contentBlocks: this.contentBlocks,
			segmentExports: this.segmentExports,
			webhooks: this.webhooks.deliveries.slice(-latest),
			dropped: { count: this.dropped.count, latest: this.dropped.latest.slice(-latest) },
			latestProfiles: this.profiles.recent().slice(0, latest),
		};
	}

	/** Everything, with every profile. */
	toJSON(): Record<string, unknown> {
		return {
			...this.summary(0),
			webhooks: this.webhooks.deliveries,
			dropped: this.dropped,
			users: [...this.profiles.all()],
		};
	}

	#track(body: Json | undefined, limits: TrackLimits): TrackResult {
		const result = trackRequest(this.#trackTarget(), body, limits);
		const { counters } = this;
		counters.trackRequests++;
		counters.attributes += result.processed.attributes ?? 0;
		counters.events += result.processed.events ?? 0;
		counters.purchases += result.processed.purchases ?? 0;
		counters.rejected += result.errors.length;
		counters.dataPoints += result.dataPoints;
		return result;
	}

	#trackTarget(): TrackTarget {
		return {
			clock: this.#clock,
			profiles: this.profiles,
			names: this.names,
			dropped: this.dropped,
			arrayLength: this.settings.arrayLength,
			blockedExternalIds: this.blockedExternalIds,
		};
	}

	#noSends(): Sends {
		return new Sends({
			clock: this.#clock,
			random: new Random(this.#seed, 'braze dispatches'),
			workspace: this.workspace,
			target: () => this.#trackTarget(),
		});
	}

	#initialKeys(): ApiKeys {
		return new ApiKeys([
			{ key: this.apiKey, permissions: 'all' },
			{ key: this.trackOnlyKey, permissions: ['users.track'] },
			...this.#furtherKeys,
		]);
	}

	#noProfiles(): Profiles {
		return new Profiles(this.#clock, new Random(this.#seed, 'braze ids'));
	}

	#noExports(): SegmentExports {
		return new SegmentExports(
			{
				clock: this.#clock,
				random: new Random(this.#seed, 'braze exports'),
				profiles: this.profiles,
				segments: this.workspace.segments,
				exportMs: () => this.settings.exportMs,
				cloudStorage: () => this.settings.cloudStorage,
			},
			(endpoint, url) =>
				this.webhooks.send({
					url: endpoint,
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ success: true, ...(url === null ? {} : { url }) }),
				}),
		);
	}

	#seedCatalogs(): Catalogs {
		return new Catalogs(this.#clock, () => this.settings.catalogMs, this.workspace.catalogs);
	}

	#seedContentBlocks(): ContentBlocks {
		const { campaigns, canvases, segments } = this.workspace;
		const tags = [...campaigns, ...canvases, ...segments].flatMap((tagged) => tagged.tags);
		return new ContentBlocks(this.#clock, new Random(this.#seed, 'braze content blocks'), tags);
	}

	#seedNames(): KnownNames {
		const names = new KnownNames(this.settings.arrayLength);
		seedNames(names);
		return names;
	}
}

function noCounts(): BrazeCounters {
	return { trackRequests: 0, attributes: 0, events: 0, purchases: 0, rejected: 0, dataPoints: 0 };
}
