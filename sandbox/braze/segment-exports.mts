import type { Clock } from '../common/clock.mts';
import type { Random } from '../common/random.mts';
import { archive, type ArchiveFormat } from './export-archive.mts';
import { exportedUser, fieldsOf } from './export.mts';
import { isJsonArray, isJsonObject, own, type Json, type JsonObject } from './json.mts';
import type { Profile } from './profile.mts';
import type { Profiles } from './profiles.mts';
import { membersOf } from './segment-members.mts';
import type { BrazeSegment } from './workspace-seed.mts';

/** How long a finished archive can be fetched. */
const LIFE_MS = 4 * 60 * 60_000;
/** Most custom attributes that an export can name. */
const MOST_ATTRIBUTES = 500;

/** One export of a segment. */
interface SegmentExport {
	readonly prefix: string;
	readonly segmentId: string;
	readonly format: ArchiveFormat;
	/** Members when the export was started. */
	readonly users: readonly Profile[];
	readonly toJson: (profile: Profile) => unknown;
	/** Milliseconds since 1970. */
	readonly readyAt: number;
	/** Opens the archive to whoever has it; undefined for one in the customer's own storage. */
	readonly signature: string | undefined;
}

/** The export that a request has started, or why it has not. */
export type StartedExport =
	/** `url` is null where the customer's own cloud storage takes the archive. */
	| { readonly prefix: string; readonly url: string | null }
	| { readonly status: 400 | 429; readonly problem: string };

/** What the exports work on. */
export interface ExportSource {
	readonly clock: Clock;
	readonly random: Random;
	readonly profiles: Profiles;
	readonly segments: readonly BrazeSegment[];
	/** How long an export takes by the clock. */
	readonly exportMs: () => number;
	/** Whether the customer has connected their own cloud storage. */
	readonly cloudStorage: () => boolean;
}

/** POST /users/export/segment and the archives it leads to. */
export class SegmentExports {
	readonly #source: ExportSource;
	readonly #byPath = new Map<string, SegmentExport>();
	readonly #latestOfSegment = new Map<string, SegmentExport>();
	readonly #callback: (endpoint: string, url: string | null) => void;

	/** @param callback tells a `callback_endpoint` that an archive is ready */
	constructor(source: ExportSource, callback: (endpoint: string, url: string | null) => void) {
		this.#source = source;
		this.#callback = callback;
	}

	/** Starts an export; only one of a segment can be under way. `origin` is the address that archives are served from. */
	start(body: Json | undefined, origin: string): StartedExport {
		if (!isJsonObject(body)) return refused("'segment_id' is required");
		const segment = this.#source.segments.find(({ id }) => id === own(body, 'segment_id'));
		if (segment === undefined) return refused(`Segment with id ${String(own(body, 'segment_id'))} not found`);
		const fields = fieldsOf(body, true);
		if (typeof fields === 'string') return refused(fields);
		const format = own(body, 'output_format') ?? 'zip';
		if (format !== 'zip' && format !== 'gzip') return refused("'output_format' must be 'zip' or 'gzip'");
		const attributes = attributesOf(body);
		if (typeof attributes === 'string') return refused(attributes);
		const { clock, random, profiles } = this.#source;
		const now = clock.millis();
		if ((this.#latestOfSegment.get(segment.id)?.readyAt ?? 0) > now) {
			return { status: 429, problem: 'An export of this segment is already in progress' };
		}
		const day = new Date(now).toISOString().slice(0, 10);
		const prefix = `${random.uuid()}-${Math.floor(now / 1000)}`;
		const path = `/segment-export/${segment.id}/${day}/${prefix}/${segment.id}.${format === 'zip' ? 'zip' : 'gz'}`;
		const signature = this.#source.cloudStorage() ? undefined : random.id('', 64);
		const started: SegmentExport = {
			prefix,
			segmentId: segment.id,
			format,
			users: membersOf(segment.name, profiles.all()),
			toJson: toJsonOf(fields, attributes),
			readyAt: now + this.#source.exportMs(),
			signature,
		};
		this.#byPath.set(path, started);
		this.#latestOfSegment.set(segment.id, started);
		const callback = own(body, 'callback_endpoint');
		const url = signature === undefined ? null : `${origin}${path}?X-Amz-Signature=${signature}`;
		if (typeof callback === 'string') clock.schedule(started.readyAt, () => this.#callback(callback, url));
		return { prefix, url };
	}

	/**
	 * The archive under a path in chunks; undefined before it is ready, after it has expired, without its signature, and when there never
	 * was one.
	 */
	download(
		path: string,
		signature: string,
	): { readonly format: ArchiveFormat; readonly chunks: Iterable<Uint8Array> } | undefined {
		const found = this.#byPath.get(path);
		const now = this.#source.clock.millis();
		if (found?.signature !== signature || now < found.readyAt || now > found.readyAt + LIFE_MS)
			return undefined;
		return { format: found.format, chunks: archive(found.users, found.toJson, found.format) };
	}

	toJSON(): readonly unknown[] {
		return Array.from(this.#byPath, ([path, { segmentId, format, users, readyAt }]) => ({
			path,
			segment_id: segmentId,
			format,
			users: users.length,
			ready_at: new Date(readyAt).toISOString(),
		}));
	}
}

function attributesOf(body: JsonObject): ReadonlySet<Json> | undefined | string {
	const sent = own(body, 'custom_attributes_to_export');
	if (sent === undefined || sent === null) return undefined;
	if (!isJsonArray(sent) || sent.length > MOST_ATTRIBUTES) {
		return `'custom_attributes_to_export' must be an array of at most ${MOST_ATTRIBUTES} names`;
	}
	return new Set(sent);
}

/**
 * What an export holds of a user. Attributes that are named count only where the request does not ask for all of them by the field
 * `custom_attributes`.
 */
function toJsonOf(
	fields: ReadonlySet<string> | undefined,
	attributes: ReadonlySet<Json> | undefined,
): (profile: Profile) => Record<string, unknown> {
	if (fields === undefined || attributes === undefined || fields.has('custom_attributes'))
		return (profile) => exportedUser(profile, fields);
	const withAll = new Set([...fields, 'custom_attributes']);
	return (profile) => withAttributes(exportedUser(profile, withAll), attributes);
}

/** The user with no other custom attributes than those named. */
function withAttributes(
	{ custom_attributes: all, ...user }: Record<string, unknown>,
	names: ReadonlySet<Json>,
): Record<string, unknown> {
	const named = Object.entries(all ?? {}).filter(([name]) => names.has(name));
	return named.length === 0 ? user : { ...user, custom_attributes: Object.fromEntries(named) };
}

function refused(problem: string): StartedExport {
	return { status: 400, problem };
}
