import type { INodeProperties } from 'n8n-workflow';
import { asFailure, Failure } from './failure';
import type { Run } from './operation';
import { asNumber, type ItemParameters } from './parameters';
import { wait } from './wait';

/** Work that a service does in its own time. */
export interface Job<T> {
	/** What it is, for errors and the log: `campaign "Summer Sale"`. */
	readonly name: string;
	/** Asks for its result: `undefined` as long as there is none; throws when it ended with a failure. */
	readonly look: () => Promise<T | undefined>;
	/** What to do when it takes too long. */
	readonly remedy: string;
}

/** Pauses between two looks, in ms: short work is done in a second, long work takes minutes. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;

/** Time between two lines in the log while waiting, in ms. */
const LOG_EVERY = 10_000;

/** In minutes. */
const LONGEST_WAIT = 15;

/** The form field of how long an operation waits for such work; it stands in a collection. */
export const longestWaitField: INodeProperties = {
	displayName: 'Wait at Most (Minutes)',
	name: 'longestWaitForResult',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: LONGEST_WAIT,
	description: 'How long to wait until the service is done. It goes on by itself afterwards.',
};

/** The options of an operation that waits, where they are no more than how long. */
export const waitOptionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [longestWaitField],
};

/** The same for one whose field `waits` says whether it does. */
export const waitOptionsIfWaiting: INodeProperties = {
	...waitOptionsField,
	displayOptions: { show: { waits: [true] } },
};

/**
 * Reads how long to wait, in ms.
 * @param otherwise how long unless the user says something, in minutes
 */
export function readLongestWait(item: ItemParameters, otherwise = LONGEST_WAIT): number {
	const minutes = asNumber(item.option('options', 'longestWaitForResult') ?? otherwise);
	if (minutes > 0 && minutes <= 1440) return minutes * 60_000;
	throw item.invalid(
		'longestWaitForResult',
		`is ${String(minutes)}`,
		'Enter a number of minutes, at most 1,440.',
	);
}

/**
 * Waits for the end of work that a service took on a moment ago. Whatever keeps that end from being seen leaves open what came of it.
 * @throws {Failure} `uncertain`
 */
export async function endOfBegun<T>(end: Promise<T>): Promise<T> {
	return await end.catch(
		async (error: unknown) =>
			await Promise.reject(new Failure({ ...asFailure(error).details, uncertain: true })),
	);
}

/**
 * Waits until something is done, looking less and less often.
 * @param longestWait in ms
 * @throws {Failure} when it takes longer
 */
export async function untilDone<T>(run: Run, job: Job<T>, longestWait: number): Promise<T> {
	const started = Date.now();
	let logged = started;
	for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
		const left = started + longestWait - Date.now();
		if (left <= 0) {
			throw new Failure({
				message: `The ${job.name} is not done after ${Math.round(longestWait / 1000)} s`,
				description: `${run.client.service.name} goes on with it. ${job.remedy}`,
				code: 'not_done',
			});
		}
		await wait(Math.min(pause, left), run.signal);
		const result = await job.look();
		if (result !== undefined) return result;
		const now = Date.now();
		if (now - logged < LOG_EVERY) continue;
		logged = now;
		run.log(`waiting for the ${job.name}: ${Math.round((now - started) / 1000)} s`);
	}
}
