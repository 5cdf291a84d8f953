import type { IDataObject } from 'n8n-workflow';
import { inParallel } from '../../../common/concurrency';
import { asFailure, Failure } from '../../../common/failure';
import type { Run } from '../../../common/operation';
import { cancelled } from '../../../common/wait';
import type { CustomerReference } from '../customer/customerReference';
import { slotsOf } from './slots';

/** What became of one member. */
export type MemberOutcome =
	| { readonly member: CustomerReference; readonly publication: IDataObject }
	| { readonly member: CustomerReference; readonly failure: Failure };

/** Answers that concern the credential, the plan or its limits, and so every member. */
const CONCERNS_ALL = new Set([401, 402, 403, 429]);

/** After so many failures in a row without any answer, or with an answer of a broken service, nobody else is tried. */
const MOST_BREAKDOWNS = 20;

/** Time between two lines in the log, in ms. */
export const LOG_EVERY = 10_000;

/**
 * Publishes to each member, several at once. A member that fails doesn't keep the others from their codes; when it is clear that all
 * others would fail too, they are not tried, and end with the same reason.
 * @returns an outcome for each member, in their order
 * @throws {Failure} when the execution is cancelled
 */
export async function eachMember(
	members: readonly CustomerReference[],
	concurrency: number,
	run: Run,
	publishTo: (member: CustomerReference) => Promise<IDataObject>,
): Promise<readonly MemberOutcome[]> {
	const outcomes = new Array<MemberOutcome | undefined>(members.length).fill(undefined);
	const slots = await slotsOf(run, concurrency);
	let breakdowns = 0;
	let stopped: Failure | undefined;
	const goesOn = (): boolean => stopped === undefined && run.signal?.aborted !== true;
	let done = 0;
	let logged = Date.now();
	await inParallel(
		members.length,
		concurrency,
		async (at) => {
			const member = members[at];
			if (member === undefined) return;
			const outcome = await slots.use(
				// It may have waited for another one after which nobody else is tried.
				async () => (goesOn() ? await attempt(member, publishTo) : undefined),
			);
			if (outcome === undefined) return;
			outcomes[at] = outcome;
			done++;
			if ('failure' in outcome) {
				const { status } = outcome.failure.details;
				breakdowns = status === undefined || status >= 500 ? breakdowns + 1 : 0;
				if (breakdowns >= MOST_BREAKDOWNS || (status !== undefined && CONCERNS_ALL.has(status)))
					stopped ??= outcome.failure;
			} else {
				breakdowns = 0;
			}
			const now = Date.now();
			if (now - logged < LOG_EVERY) return;
			logged = now;
			run.log(`${done} of ${members.length} members done`);
		},
		goesOn,
	);
	if (run.signal?.aborted === true) throw cancelled(done > 0);
	return members.map((member, at) => outcomes[at] ?? { member, failure: notTried(stopped) });
}

async function attempt(
	member: CustomerReference,
	publishTo: (member: CustomerReference) => Promise<IDataObject>,
): Promise<MemberOutcome> {
	try {
		return { member, publication: await publishTo(member) };
	} catch (error) {
		return { member, failure: asFailure(error) };
	}
}

function notTried(reason: Failure | undefined): Failure {
	const { message, description, status, code } = reason?.details ?? { message: 'the run stopped' };
	return new Failure({
		message: `Not published, because for another member: ${message}`,
		description,
		status,
		code,
	});
}
