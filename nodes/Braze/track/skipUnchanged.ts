import type { IDataObject } from 'n8n-workflow';
import { inRequests } from '../../common/batches';
import { Failure, InvalidInput } from '../../common/failure';
import type { Pace, Prepared, Run } from '../../common/operation';
import type { Part } from '../../common/packing';
import { PROFILE_REQUESTS, profileLimits, readProfiles } from '../profiles';
import { dataPointsOf } from './dataPoints';
import type { IdentifyBy } from './identifier';
import { fieldsToCompare, whatDiffers } from './unchanged';

/** Users of whom something was sent in this run, so that what is read of them may be older than that; a `Set`, or what needs less memory. */
export interface ChangedUsers {
	has(user: string): boolean;
	add(user: string): unknown;
}

/** What of some objects is to be sent. */
export interface Sifted {
	/** What becomes of each object, in the order given; `undefined` where the run stopped before its profile was read. */
	readonly prepared: ReadonlyArray<Prepared | undefined>;
	/** Data points that what is left out would have cost. */
	readonly saved: number;
}

/** What came out for one object: what is left of it, if anything, and whose it is. */
type Compared = Failure | { readonly user: string; readonly part: Part | undefined };

/** The attributes objects of one user. */
interface UserParts {
	readonly key: string;
	readonly parts: Part[];
}

/** Time between two lines in the log while profiles are read, in ms. */
const LOG_EVERY = 10_000;

/**
 * Reads the profiles of users, 50 in a request, and leaves out of their attributes what they have already. One object serves a whole
 * run; a run that is a stream gives it the objects of one window after another.
 */
export class SkipUnchanged {
	/**
	 * @param changed what remembers users across windows
	 * @throws {InvalidInput} for identifiers by which Braze gives the profiles one by one
	 */
	constructor(
		private readonly by: IdentifyBy,
		private readonly changed: ChangedUsers = new Set<string>(),
	) {
		if (PROFILE_REQUESTS[by].users > 1) return;
		throw new InvalidInput(
			'Skip Unchanged',
			'needs external IDs or user aliases: Braze gives the profiles of other identifiers only one by one',
			'Identify the users by external ID or by user alias, or switch the option off.',
		);
	}

	/**
	 * Tells what of these objects is to be sent. Objects other than attributes are left as they are; a user that Braze does not know, or
	 * of whom something was sent before, gets everything.
	 * @param parts in input order; the key of each is the identifier of its user as JSON, as `readIdentifier` gives it
	 */
	async sift(parts: readonly Part[], run: Run, pace: Pace): Promise<Sifted> {
		const compared = await this.compare(usersOf(parts), run, pace);
		let saved = 0;
		const prepared = parts.map((part): Prepared | undefined => {
			const { key } = part;
			if (part.lane !== 'attributes' || key === undefined) return { kind: 'send', part };
			const found = compared.get(part);
			if (found === undefined) return undefined;
			if (found instanceof Failure) return { kind: 'failed', failure: unreadable(found) };
			// What was sent before may have failed, or not be visible yet, so it is nothing to compare with.
			if (this.changed.has(found.user) || this.changed.has(key)) return { kind: 'send', part };
			saved += (part.cost ?? 0) - (found.part?.cost ?? 0);
			if (found.part === undefined) return { kind: 'unneeded' };
			this.changed.add(found.user);
			return { kind: 'send', part: found.part };
		});
		return { prepared, saved };
	}

	private async compare(
		users: readonly UserParts[],
		run: Run,
		pace: Pace,
	): Promise<ReadonlyMap<Part, Compared>> {
		const compared = new Map<Part, Compared>();
		const { lane } = PROFILE_REQUESTS[this.by];
		const questions = users.map(({ key }, owner): Part => {
			const [identifier] = Object.values(parsed(key));
			return { owner, lane, text: JSON.stringify(identifier) };
		});
		let read = 0;
		let lastLog = Date.now();
		await inRequests(
			questions,
			profileLimits(this.by),
			pace,
			async (some) => await this.ask(some, users, run),
			({ owner }, result) => {
				const { parts = [] } = users[owner] ?? {};
				parts.forEach((part, at) => {
					const outcome = result instanceof Failure ? result : result?.[at];
					if (outcome) compared.set(part, outcome);
				});
				read++;
				if (Date.now() - lastLog < LOG_EVERY) return;
				lastLog = Date.now();
				run.log(`${read} of ${users.length} profiles read`);
			},
		);
		return compared;
	}

	/** Reads the profiles of some users and compares their objects with them, so that no profile is kept. */
	private async ask(
		questions: readonly Part[],
		users: readonly UserParts[],
		run: Run,
	): Promise<ReadonlyArray<readonly Compared[]>> {
		const asked = questions.map(({ owner }) => {
			const { key = '', parts = [] } = users[owner] ?? {};
			return { key, objects: parts.map((part) => ({ part, sent: parsed(part.text) })) };
		});
		const fields = new Set(
			asked.flatMap(({ objects }) => objects.flatMap(({ sent }) => fieldsToCompare(sent))),
		);
		const profiles = fields.size === 0 ? [] : await readProfiles(questions, this.by, fields, run);
		return asked.map(({ key, objects }, at) => {
			const profile = profiles[at]?.[0];
			const id = profile?.braze_id;
			// Two aliases may be those of one user.
			const user = typeof id === 'string' ? id : key;
			return objects.map(({ part, sent }) => ({ user, part: profile ? left(part, sent, profile) : part }));
		});
	}
}

/** What of an object has to be sent to a user with this profile. */
function left(part: Part, sent: IDataObject, profile: IDataObject): Part | undefined {
	const differing = whatDiffers(sent, profile);
	if (differing === undefined) return undefined;
	return { ...part, text: JSON.stringify(differing), cost: dataPointsOf(differing) };
}

function usersOf(parts: readonly Part[]): readonly UserParts[] {
	const users = new Map<string, UserParts>();
	for (const part of parts) {
		if (part.lane !== 'attributes' || part.key === undefined) continue;
		const user = users.get(part.key);
		if (user) user.parts.push(part);
		else users.set(part.key, { key: part.key, parts: [part] });
	}
	return [...users.values()];
}

function unreadable({ details }: Failure): Failure {
	return new Failure({
		...details,
		message: `Skip Unchanged could not read the profile, and nothing was sent: ${details.message}`,
		// A read that was lost has changed nothing.
		uncertain: false,
		tooLarge: false,
	});
}

function parsed(text: string): IDataObject {
	return JSON.parse(text) as IDataObject;
}
